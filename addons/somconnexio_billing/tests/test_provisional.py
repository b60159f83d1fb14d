# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The daily rating: only what changed, with the same result as rating all."""

from decimal import Decimal

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import SQL

from ..company_lock import LOCK_SPACE
from .rating_common import NOWHERE, RatingCommon, madrid

COLUMNS = ("event_id", "amount", "allowance_quantity", "charged_quantity", "is_late")
#: Later than anything that the test writes: all of it is one instant.
LATER = "2999-01-01 00:00:00"


@tagged("post_install", "-at_install")
@freeze_time("2026-10-20 02:30:00")
class TestProvisionalRating(RatingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_rate("0.10")
        cls._create_allowance(120)
        cls.second = cls._create_subscription(cls.offering, state="active")
        cls.first_event = cls._add_event(90, madrid(2026, 10, 2, 12))
        cls.second_event = cls._add_event(
            90, madrid(2026, 10, 2, 12), subscription_id=cls.second.id
        )

    def _rate_provisionally(self):
        return self.Rated._rate_provisionally(self.company)

    def _rate_once(self):
        """Rate all, and let later changes be the only ones."""
        self._rate_provisionally()
        self.company.telecom_rated_at = LATER

    def _rated(self):
        return sorted(self._rows("telecom_rated_usage", *COLUMNS))

    def _rated_from_scratch(self):
        savepoint = self.env.cr.savepoint()
        self.env.cr.execute("DELETE FROM telecom_rated_usage")
        self.env.cr.execute("DELETE FROM telecom_allowance_balance")
        self.Rated._rate(self.company, *self._period())
        rows, balances = self._rated(), self._balances()
        savepoint.close(rollback=True)
        return rows, balances

    def _period(self):
        month = "2026-09-01", "2026-11-01"
        return [
            self.env["telecom.bill.run"]._fields["period_start"].to_date(d)
            for d in month
        ]

    def _balances(self):
        return sorted(
            self._rows("telecom_allowance_balance", "owner_key", "month_date", "used")
        )

    def test_first_time_everything_is_rated(self):
        self.assertIsNone(self._rate_provisionally())
        self.assertEqual(len(self._rated()), 2)
        self.assertTrue(self.company.telecom_rated_at)

    def test_nothing_new_rates_nothing(self):
        self._rate_once()
        self.assertEqual(self._rate_provisionally(), 0)

    def test_only_subscriptions_with_new_usage_are_rated(self):
        self._rate_once()
        self._add_event(90, madrid(2026, 10, 1, 12), subscription_id=self.second.id)
        account = self.second.telecom_billing_account_id
        neighbours = self.env["contract.contract"].search_count(
            [("telecom_billing_account_id", "=", account.id)]
        )
        self.assertEqual(self._rate_provisionally(), neighbours)
        # The earlier call takes its turn first: the later one finds 30 s left.
        self._assert_costs(self.second_event, "0.1")

    def test_rating_a_part_gives_what_rating_all_gives(self):
        self._rate_once()
        for day in (1, 3, 19):
            self._add_event(
                45, madrid(2026, 10, day, 8), subscription_id=self.second.id
            )
        self._add_event(30, madrid(2026, 9, 30, 12), subscription_id=self.second.id)
        nowhere = self._add_event(
            30, other_number=NOWHERE, subscription_id=self.second.id
        )
        self._rate_provisionally()
        self.assertEqual(self._reason(nowhere), "no_destination")
        self.assertEqual((self._rated(), self._balances()), self._rated_from_scratch())

    def test_event_that_moves_to_another_subscription_is_rated_there(self):
        self._rate_once()
        self.env.cr.execute(
            "UPDATE telecom_usage_event SET subscription_id = %s WHERE id = %s",
            [self.second.id, self.first_event],
        )
        self._rate_provisionally()
        self.assertEqual((self._rated(), self._balances()), self._rated_from_scratch())

    def test_new_price_rates_everything_again(self):
        self._rate_once()
        self._create_rate("0.20", destination_id=self.to_mobile.id)
        self.assertIsNone(self._rate_provisionally())

    def test_tariff_line_that_changed_is_rated_again(self):
        self._rate_once()
        self.company.telecom_rated_at = "2000-01-01 00:00:00"
        self.assertGreater(self._rate_provisionally(), 0)

    def test_usage_of_last_month_is_not_late_until_it_is_billed(self):
        event = self._add_event(60, madrid(2026, 9, 20, 12))
        self._rate_provisionally()
        self.assertFalse(self.Rated.browse(event).is_late)
        run = self._create_run(period_start="2026-09-01")
        run.state = "posted"
        first = self.Rated._first_open_month(
            self.company, self.subscription._usage_month(None)
        )
        self.assertEqual(str(first.start_date), "2026-10-01")

    def test_billed_usage_stays_as_it_is(self):
        run = self._create_run(period_start="2026-10-01")
        self._rate(run=run)
        self._invoice(run)
        before = self._usage(self.first_event)
        self._create_rate("0.90", destination_id=self.to_mobile.id)
        self._rate_provisionally()
        self.assertEqual(self._usage(self.first_event), before)

    def test_company_that_a_run_is_at_work_on_is_left_alone(self):
        run = self._create_run()
        run.step_ids[:1].state = "running"
        self.assertIsNone(self._rate_provisionally())
        self.assertFalse(self._rated())

    def test_company_that_the_command_bills_is_left_alone(self):
        self.env.cr.execute(
            "SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_SPACE, self.company.id]
        )
        self._rate_provisionally()
        self.assertFalse(self._rated())

    def test_no_view_hides_a_table_afterwards(self):
        self._rate_once()
        self._add_event(60)
        self._rate_provisionally()
        hidden = self.env.execute_query(
            SQL("SELECT viewname FROM pg_views WHERE schemaname LIKE %s", "pg\\_temp%")
        )
        self.assertEqual(hidden, [])

    def test_cron_rates_each_company_and_commits(self):
        commits = []
        cron = type(self.env["ir.cron"])
        self.patch(
            cron,
            "_commit_progress",
            lambda _self, processed=0, **_values: commits.append(processed) or 1,
        )
        self.Rated._cron_rate_provisionally()
        companies = self.env["res.company"].search_count([])
        self.assertEqual(commits, [0] + [1] * companies)
        self.assertEqual(len(self._rated()), 2)

    def test_number_of_queries_does_not_grow_with_the_usage(self):
        self._rate_once()
        counts = []
        for size in (5, 300):
            for number in range(size):
                self._add_event(number, madrid(2026, 10, 4, 12))
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._rate_provisionally()
            counts.append(self.env.cr.sql_log_count - before)
            self.company.telecom_rated_at = LATER
        self.assertLessEqual(counts[1], counts[0])

    def test_usage_this_month_tells_usage_and_allowances(self):
        self._add_event(90, madrid(2026, 10, 3, 12))
        self._rate_provisionally()
        month = self.subscription.usage_this_month()
        self.assertEqual(month["month"], "2026-10-01")
        self.assertTrue(month["rated_at"])
        [voice] = month["usage"]
        self.assertEqual((voice["event_count"], voice["quantity"]), (2, 180))
        self.assertEqual(Decimal(str(month["amount"])), Decimal("0.1"))
        [allowance] = month["allowances"]
        self.assertEqual((allowance["used"], allowance["remaining"]), (120, 0))
        self.assertEqual(self.subscription.usage_this_month("2026-08-15")["usage"], [])
