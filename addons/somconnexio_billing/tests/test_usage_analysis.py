# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import date, datetime

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .. import sql_steps
from .bill_common import BillCommon

MEASURES = ["event_count:sum", "amount:sum", "wholesale_cost:sum", "margin:sum"]
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


@tagged("post_install", "-at_install")
class TestUsageAnalysis(BillCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "queue_job__no_delay": True})
        cls.company.telecom_timezone = "Europe/Madrid"
        cls.Summary = cls.env["telecom.usage.summary"]
        sql_steps.ensure_month_partitions(
            cls.env.cr, "telecom_rated_usage", [OCTOBER, NOVEMBER]
        )
        # Two calls with a known cost, one without, one that costs more than it earns.
        cls._rate(amount="0.5", wholesale_cost="0.2")
        cls._rate(amount="0.7", wholesale_cost="0.1")
        cls._rate(amount="0.3", wholesale_cost=None)
        cls._rate_included(wholesale_cost="0.05")

    def _sums(self, *groupby):
        """Refresh the company's months and sum them by some fields."""
        self.Summary._refresh(self.company)
        domain = [("company_id", "=", self.company.id)]
        return self.Summary._read_group(domain, list(groupby), MEASURES)

    def _round(self, *values):
        return tuple(round(value, 6) for value in values)

    def test_sums_are_those_of_the_rated_usage(self):
        ((count, amount, cost, margin),) = self._sums()
        self.assertEqual(count, 4)
        self.assertEqual(self._round(amount, cost), (1.5, 0.35))
        # The call of 0.3 has no known cost and so no margin.
        self.assertEqual(round(margin, 6), 0.85)

    def test_margin_is_told_by_line_offering_and_destination(self):
        other = self._create_subscription(self.account)
        self._rate(subscription=other, amount="0.1", wholesale_cost="0.4")
        by_line = {line: margin for line, *_, margin in self._sums("subscription_id")}
        self.assertEqual(round(by_line[other], 6), -0.3)
        self.assertEqual(round(by_line[self.subscription], 6), 0.85)
        ((offering, *_),) = self._sums("product_id")
        self.assertEqual(offering, self.offering)
        self.assertIn(self.france, [row[0] for row in self._sums("destination_id")])

    def test_month_is_the_civil_one_of_the_company(self):
        # 00:30 of 1 November in Madrid
        self._rate(started_at=datetime(2026, 10, 31, 23, 30), amount="9")
        months = {month: count for month, count, *_ in self._sums("month:month")}
        self.assertEqual(months, {OCTOBER: 4, NOVEMBER: 1})

    def test_refresh_twice_gives_the_same_and_forgets_what_is_gone(self):
        self.assertEqual(self._sums(), self._sums())
        self.env.cr.execute("DELETE FROM telecom_rated_usage WHERE amount = 0.7")
        self.assertEqual(self._sums()[0][0], 3)
        self.env.cr.execute("DELETE FROM telecom_rated_usage")
        self.Summary._refresh(self.company, [OCTOBER])
        self.assertEqual(self._sums()[0][0], 0)

    def test_refresh_keeps_months_whose_usage_retention_dropped(self):
        self._rate(started_at=datetime(2026, 11, 3), amount="9")
        self._sums()
        self.env.cr.execute(
            "DELETE FROM telecom_rated_usage WHERE started_at < '2026-11-01'"
        )
        months = {month: count for month, count, *_ in self._sums("month:month")}
        self.assertEqual(months, {OCTOBER: 4, NOVEMBER: 1})

    def test_refresh_of_a_month_leaves_the_others_alone(self):
        self._rate(started_at=datetime(2026, 11, 3), amount="9")
        self._sums()
        self._rate(started_at=datetime(2026, 11, 4), amount="9")
        self._rate(amount="5")
        self.Summary._refresh(self.company, [NOVEMBER])
        domain = [("company_id", "=", self.company.id)]
        months = dict(self.Summary._read_group(domain, ["month:month"], MEASURES[:1]))
        self.assertEqual(months, {OCTOBER: 4, NOVEMBER: 2})

    def test_months_cost_no_query_each(self):
        self._sums()
        with self.assertQueryCount(3):
            self.Summary._refresh(self.company, [OCTOBER, NOVEMBER])

    def test_rated_months_of_a_run_are_listed_for_the_refresh(self):
        self._rate(started_at=datetime(2026, 9, 20), is_late=True)
        rows = sql_steps.fetch(
            self.env,
            "88_list_run_months",
            run_id=self.bill_run.id,
            time_zone="Europe/Madrid",
        )
        self.assertEqual([row["month"] for row in rows], [date(2026, 9, 1), OCTOBER])

    def test_rating_of_a_run_refreshes_its_months(self):
        run = self.bill_run.sudo().with_env(self.env(su=True))
        run.state = "loaded"
        self._patch_rating()
        run.action_rate()
        domain = [("company_id", "=", self.company.id)]
        self.assertEqual(sum(self.Summary.search(domain).mapped("event_count")), 4)

    def _patch_rating(self):
        owner = type(self.env["telecom.rated.usage"])
        self.patch(owner, "_rate", lambda *_args, **_kwargs: {})

    def test_billing_manager_and_accountant_see_margins_and_agents_do_not(self):
        self._sums()
        for role in ("billing_manager", "accountant"):
            user = new_test_user(
                self.env, f"a_{role}", f"somconnexio_base.group_telecom_{role}"
            )
            self.assertTrue(self.Summary.with_user(user).search([], limit=1))
            with self.assertRaises(AccessError):
                self.Summary.with_user(user).search([], limit=1).unlink()
        agent = new_test_user(
            self.env, "a_agent", "somconnexio_base.group_telecom_agent"
        )
        with self.assertRaises(AccessError):
            self.Summary.with_user(agent).search([], limit=1)

    def test_margins_of_another_company_are_not_seen(self):
        self._sums()
        company = self.env["res.company"].create({"name": "Another"})
        user = new_test_user(
            self.env,
            "a_other",
            "somconnexio_base.group_telecom_billing_manager",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        self.assertFalse(self.Summary.with_user(user).search([]))
