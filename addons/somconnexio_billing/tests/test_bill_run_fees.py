# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.tests import tagged

from .bill_run_common import BillRunCommon


@tagged("post_install", "-at_install")
class TestBillRunFees(BillRunCommon):
    """Fees in advance, and the three ways to bill part of a month."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.offering_mobile.telecom_fee_timing = "advance"
        cls.subscription = cls._create_subscriber(start="2026-10-22")
        cls.line = cls.subscription.contract_line_ids

    def _run(self, month, until="post"):
        return self._go(self._create_run(period_start=month), until)

    def _fees(self, run):
        """Return ``[(first day, day count, amount)]`` of the fees of a run."""
        lines = run.line_ids.filtered(lambda li: li.kind in ("fee", "fee_credit"))
        return [
            (f"{li.period_from:%m-%d}", li.day_count, li.amount_untaxed)
            for li in lines.sorted(lambda li: (li.period_from, li.kind))
        ]

    def test_fee_in_advance_bills_what_is_past_once_and_the_next_month(self):
        self.assertEqual(
            self._fees(self._run("2026-10-01")),
            [("10-22", 10, 3.23), ("11-01", 30, 10.0)],
        )
        self.assertEqual(self._fees(self._run("2026-11-01")), [("12-01", 31, 10.0)])

    def test_line_may_be_billed_otherwise_than_its_product(self):
        self.line.telecom_fee_timing = "arrears"
        self.assertEqual(self._fees(self._run("2026-10-01")), [("10-22", 10, 3.23)])

    def test_days_paid_in_advance_are_given_back_when_the_service_ends(self):
        self._run("2026-10-01")
        self.subscription.terminate(self.reason_terminate, "2026-11-10")
        run = self._run("2026-11-01")
        self.assertEqual(self._fees(run), [("11-11", 20, -6.67)])
        self.assertEqual(
            run.check_ids.filtered_domain([("state", "=", "fail")]).mapped("code"),
            ["bill_negative"],
        )
        self.assertEqual(run.account_ids.hold_code, "bill_negative")

    def test_days_given_back_can_be_billed_again(self):
        self._run("2026-10-01")
        self.line.date_end = "2026-11-10"
        self._run("2026-11-01").account_ids.sudo().release("Looked at")
        run = self.env["telecom.bill.run"].search([("period_start", "=", "2026-11-01")])
        run.action_invoice()
        run.action_post()
        self.line.date_end = False
        extra = self._create_run(
            kind="off_cycle",
            period_start="2026-11-01",
            only_account_ids=self.subscription.telecom_billing_account_id.ids,
        )
        self._go(extra, "preview")
        self.assertEqual(self._fees(extra), [("11-11", 20, 6.67)])
        self.assertEqual(extra.line_ids.generation, 1)

    def test_thirtieths_bill_a_day_alike_in_any_month(self):
        self.offering_mobile.telecom_fee_timing = "arrears"
        self.offering_mobile.telecom_fee_proration = "thirty_days"
        self.assertEqual(self._fees(self._run("2026-10-01")), [("10-22", 10, 3.33)])
        self.assertEqual(self._fees(self._run("2026-11-01")), [("11-01", 30, 10.0)])

    def test_whole_month_is_billed_for_any_of_its_days(self):
        self.offering_mobile.telecom_fee_timing = "arrears"
        self.offering_mobile.telecom_fee_proration = "full_month"
        run = self._run("2026-10-01")
        self.assertEqual(self._fees(run), [("10-22", 10, 10.0)])
        self.assertFalse(run.line_ids.is_pro_rata)

    def test_parts_of_a_month_add_up_to_its_price(self):
        self.offering_mobile.telecom_fee_timing = "arrears"
        for proration, amounts in (
            ("days_of_month", [3.23, 6.77]),
            ("thirty_days", [3.33, 6.67]),
            ("full_month", [10.0, 0.0]),
        ):
            with self.subTest(proration), self.cr.savepoint() as savepoint:
                self.offering_mobile.telecom_fee_proration = proration
                first = self._fees(self._run("2026-10-01"))
                self.line.date_start = "2026-10-01"
                account = self.subscription.telecom_billing_account_id
                extra = self._create_run(kind="off_cycle", only_account_ids=account.ids)
                second = self._fees(self._go(extra, "preview"))
                self.assertEqual([first[0][2], second[0][2]], amounts)
                savepoint.rollback()
            self.env.invalidate_all()
