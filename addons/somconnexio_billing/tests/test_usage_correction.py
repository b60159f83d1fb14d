# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .rating_common import RatingCommon, madrid


@tagged("post_install", "-at_install")
class TestUsageCorrection(RatingCommon):
    """Billed usage priced anew, with the rating itself: October, corrected later."""

    @classmethod
    def setUpClass(cls):
        cls.startClassPatcher(freeze_time("2026-11-02 08:00:00"))
        super().setUpClass()
        if not cls.company.chart_template:
            cls.env["account.chart.template"].try_loading("generic_coa", cls.company)
        cls.env = cls.env(context={**cls.env.context, "queue_job__no_delay": True})
        cls.account = cls.subscription.telecom_billing_account_id
        cls.category.product_id = cls.one_shot
        cls.rate = cls._create_rate("0.10")
        cls.event_ids = [cls._add_event(60), cls._add_event(120)]
        cls.run_ = cls._bill("2026-10-01", "2026-11-01")
        cls.bill = cls.run_.move_ids

    @classmethod
    def _bill(cls, first, after):
        """Return a run that has posted the bill of the account for some days."""
        run = cls.env["telecom.bill.run"].create(
            {
                "kind": "off_cycle",
                "period_start": first,
                "period_end": after,
                "only_account_ids": cls.account.ids,
            }
        )
        for code in ("load", "rate", "check", "preview", "invoice", "post"):
            run.run_stage(code)
        return run

    def _correct(self, **vals):
        correction = self.env["telecom.usage.correction"].create(
            {
                "name": "Price was wrong",
                "month_date": "2026-10-15",
                "account_ids": self.account.ids,
                **vals,
            }
        )
        correction.action_correct()
        return correction

    def _amounts(self, correction):
        return correction.adjustment_ids.mapped("amount_untaxed")

    def test_raised_price_is_charged_and_lowered_one_given_back_once(self):
        self.assertEqual(self.bill.amount_untaxed, 10.30)
        self.rate.unit_price = 0.15
        self.assertEqual(self._amounts(self._correct()), [0.15])
        self.assertEqual(self._amounts(self._correct()), [])
        self.rate.unit_price = 0.05
        self.assertEqual(self._amounts(self._correct()), [-0.30])

    def test_corrected_usage_and_its_bill_stay_as_they_are(self):
        self.rate.unit_price = 0.15
        before = self._rows("telecom_rated_usage", "id", "amount", "bill_run_id")
        self._correct()
        rows = self._rows("telecom_rated_usage", "id", "amount", "bill_run_id")
        self.assertEqual(sorted(rows), sorted(before))
        self.assertEqual(self.bill.amount_untaxed, 10.30)

    def test_next_bill_takes_the_correction(self):
        self.rate.unit_price = 0.15
        correction = self._correct()
        run = self._bill("2026-11-01", "2026-12-01")
        adjusted = run.line_ids.filtered(lambda li: li.kind == "adjustment")
        self.assertEqual(adjusted.amount_untaxed, 0.15)
        self.assertIn("10/2026", adjusted.name)
        self.assertEqual(correction.adjustment_ids.bill_id, run.move_ids)
        self.assertEqual(run.account_ids.amount_total, run.move_ids.amount_total)

    def test_correction_of_another_category_moves_the_amount(self):
        other = self._billing_ref("usage_category_voice_international")
        other.product_id = self.one_shot
        self.rate.category_id = other
        correction = self._correct()
        amounts = {a.category_id: a.amount_untaxed for a in correction.adjustment_ids}
        self.assertEqual(amounts, {self.category: -0.30, other: 0.30})

    def test_allowance_given_afterwards_is_counted_in_the_order_of_the_events(self):
        self._create_allowance(90)
        correction = self._correct()
        self.assertEqual(self._amounts(correction), [-0.15])
        self.assertEqual(correction.adjustment_ids.event_count, 2)

    def test_tariff_that_priced_nothing_corrects_nothing(self):
        other = self._create_tariff("OTHER")
        with self.assertRaisesRegex(UserError, "No usage of that month"):
            self._correct(tariff_id=other.id)
        self.rate.unit_price = 0.15
        self.assertEqual(self._amounts(self._correct(tariff_id=self.tariff.id)), [0.15])

    def test_month_without_bills_corrects_nothing(self):
        with self.assertRaisesRegex(UserError, "No usage of that month"):
            self._correct(month_date="2026-09-15")

    def test_done_correction_is_not_done_again(self):
        self.rate.unit_price = 0.15
        with self.assertRaisesRegex(UserError, "make a new one"):
            self._correct().action_correct()

    def test_manager_corrects_and_agent_reads(self):
        self.rate.unit_price = 0.15
        manager, agent = (
            new_test_user(
                self.env,
                f"test_{role}",
                groups=f"somconnexio_base.group_telecom_{role}",
            )
            for role in ("billing_manager", "agent")
        )
        correction = self._correct.__func__(_As(self, manager))
        self.assertEqual(self._amounts(correction), [0.15])
        self.assertEqual(correction.with_user(agent).amount_untaxed, 0.15)
        with self.assertRaises(AccessError):
            correction.with_user(agent).name = "Other"

    def test_off_cycle_run_prices_and_takes_its_own_accounts_only(self):
        other = self._create_subscription(self.offering, state="active")
        event = self._add_event(60, subscription_id=other.id)
        own = self._add_event(60, started_at=madrid(2026, 11, 1, 12))
        run = self._bill("2026-11-01", "2026-11-03")
        self.assertEqual(self._usage(own)["bill_run_id"], run.id)
        self.assertFalse(self._usage(event))

    def test_preview_of_the_account_is_its_bill_with_the_rating_itself(self):
        self._add_event(600, started_at=madrid(2026, 11, 1, 12))
        self._create_allowance(240)
        result = self.account.preview_bill(
            *(self.run_.period_end.replace(month=month) for month in (11, 12))
        )
        rows = self._rows("telecom_rated_usage", "event_id")
        self.assertEqual(len(rows), 2)
        run = self._bill("2026-11-01", "2026-12-01")
        self.assertEqual(result["amount_total"], run.move_ids.amount_total)
        self.assertEqual(result["amount_untaxed"], 10.60)

    def test_minimum_usage_bills_what_is_missing_of_the_month(self):
        self.tariff.write(
            {"minimum_spend": 5, "minimum_spend_product_id": self.one_shot.id}
        )
        self._add_event(600, started_at=madrid(2026, 11, 1, 12))
        run = self._bill("2026-11-01", "2026-12-01")
        minimum = run.line_ids.filtered(lambda li: li.kind == "minimum")
        self.assertEqual(minimum.amount_untaxed, 4.0)
        self.assertEqual(run.move_ids.amount_untaxed, 15.0)
        # Part of a month has no minimum.
        self.assertFalse(
            self._bill("2026-12-01", "2026-12-11").line_ids.filtered(
                lambda li: li.kind == "minimum"
            )
        )

    def test_minimum_usage_counts_the_days_of_the_tariff(self):
        self.tariff.write(
            {"minimum_spend": 3, "minimum_spend_product_id": self.one_shot.id}
        )
        self.subscription.contract_line_ids.date_end = "2026-11-10"
        run = self._bill("2026-11-01", "2026-12-01")
        minimum = run.line_ids.filtered(lambda li: li.kind == "minimum")
        self.assertEqual(minimum.amount_untaxed, 1.0)


class _As:
    """A test whose environment is that of another user."""

    def __init__(self, test, user):
        self.env = test.env(user=user)
        self.account = test.account
