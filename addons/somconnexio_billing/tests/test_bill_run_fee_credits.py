# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import date

from odoo import Command
from odoo.tests import tagged

from .bill_run_common import BillRunCommon


@tagged("post_install", "-at_install")
class TestBillRunFeeCredits(BillRunCommon):
    """Fees in arrears of days that were not owed: the next bill gives them back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.subscription = cls._create_subscriber(start="2026-09-01")
        cls.line = cls.subscription.contract_line_ids
        cls.account = cls.subscription.telecom_billing_account_id

    def setUp(self):
        super().setUp()
        self.september = self._run("2026-09-01", "post")

    def _run(self, month="2026-10-01", until="preview", **vals):
        return self._go(self._create_run(period_start=month, **vals), until)

    def _given_back(self, run):
        """Return ``[(first day, day count, amount)]`` of what a run gives back."""
        lines = run.line_ids.filtered(lambda line: line.kind == "fee_credit")
        return [
            (f"{line.period_from:%m-%d}", line.day_count, line.amount_untaxed)
            for line in lines.sorted("period_from")
        ]

    def _end(self, day):
        self.subscription.terminate(self.reason_terminate, day)

    def _release(self, run):
        """Have a run post the bills that its controls hold back."""
        run.account_ids.sudo().release("Looked at")
        run.action_invoice()
        run.action_post()

    def test_days_billed_past_a_late_termination_come_back_by_themselves(self):
        self._end("2026-09-20")
        run = self._run()
        # 10.00 were billed, 20 of 30 days cost 6.67.
        self.assertEqual(self._given_back(run), [("09-21", 10, -3.33)])
        self.assertIn("(21/09 – 30/09)", run.line_ids.name)
        self.assertEqual(run.account_ids.billing_account_id, self.account)
        self.assertEqual(run.account_ids.hold_code, "bill_negative")
        self._release(run)
        self.assertFalse(self._run("2026-11-01").account_ids)

    def test_other_services_of_the_account_are_billed_less_what_comes_back(self):
        self._create_subscription(
            self.offering_fibre, self.account, state="active", start="2026-10-01"
        )
        self._end("2026-09-20")
        run = self._run(until="post")
        self.assertEqual(
            self._lines(run), [("fee_credit", 10, -3.33), ("fee", 31, 30.0)]
        )
        self.assertEqual(run.move_ids.amount_untaxed, 26.67)
        self.assertEqual(run.difference, 0)

    def test_end_moved_twice_gives_back_what_the_whole_is_worth(self):
        self.line.date_end = "2026-09-20"
        first = self._run()
        self._release(first)
        self.line.date_end = "2026-09-10"
        second = self._run("2026-11-01")
        self.assertEqual(self._given_back(first), [("09-21", 10, -3.33)])
        # 10 of 30 days cost 3.33: -6.67 in all.
        self.assertEqual(self._given_back(second), [("09-11", 10, -3.34)])

    def test_both_ends_moved_give_back_what_the_whole_is_worth(self):
        self.line.write({"date_start": "2026-09-11", "date_end": "2026-09-20"})
        self.assertEqual(
            self._given_back(self._run()),
            [("09-01", 10, -3.33), ("09-21", 10, -3.34)],
        )

    def test_preview_repeated_gives_back_once(self):
        self._end("2026-09-20")
        run = self._run()
        run.action_preview()
        self.assertEqual(self._given_back(run), [("09-21", 10, -3.33)])

    def test_fee_of_any_day_of_the_month_is_kept_by_its_convention(self):
        self.offering_mobile.telecom_fee_proration = "full_month"
        self._end("2026-09-20")
        self.assertFalse(self._run().account_ids)

    def test_service_that_never_was_gives_back_all_of_it(self):
        self.offering_mobile.telecom_fee_proration = "full_month"
        self.line.is_canceled = True
        self.assertEqual(self._given_back(self._run()), [("09-01", 30, -10.0)])

    def test_fee_that_was_only_previewed_is_not_given_back(self):
        october = self._run()
        self._end("2026-10-20")
        self.assertFalse(self._given_back(self._run("2026-11-01")))
        october.action_preview()
        self.assertEqual(self._lines(october), [("fee", 20, 6.45)])

    def test_what_a_person_has_given_back_stays_the_person_s(self):
        self._end("2026-09-20")
        credit = self.env["telecom.bill.credit"].create(
            {"move_id": self.september.move_ids.id, "reason": "Ended on the 20th"}
        )
        credit.line_ids.amount = 3.33
        credit.action_credit()
        self.assertFalse(self._run().account_ids)

    def test_bill_reversed_by_a_person_gives_nothing_back(self):
        self._end("2026-09-20")
        self.september.move_ids._reverse_moves()
        self.assertFalse(self._run().account_ids)

    def test_tariff_changed_late_waits_until_its_heir_is_billed(self):
        self.subscription.change_offering(self.offering_mobile_large, date(2026, 9, 16))
        october = self._run(until="post")
        self.assertEqual(self._lines(october), [("fee", 31, 20.0)])
        extra = self._run(
            "2026-09-01",
            kind="off_cycle",
            only_account_ids=[Command.set(self.account.ids)],
        )
        self.assertEqual(
            self._lines(extra), [("fee", 15, 10.0), ("fee_credit", 15, -5.0)]
        )
