# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .bill_run_common import BillRunCommon


@tagged("post_install", "-at_install")
class TestBillRunAdjustments(BillRunCommon):
    """Compensations: on the next bill, once; taxes by where the service is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.subscription = cls._create_subscriber()

    def _compensate(self, amount=-2.5, day="2026-10-20", **vals):
        return self.env["telecom.bill.adjustment"].create(
            {
                "name": "Two days without service",
                "subscription_id": self.subscription.id,
                "product_id": self.discount.id,
                "amount_untaxed": amount,
                "effective_date": day,
                **vals,
            }
        )

    def test_compensation_is_on_the_next_bill_once(self):
        compensation = self._compensate()
        run = self._go(self._create_run(), "post")
        self.assertEqual(self._lines(run), [("fee", 31, 10.0), ("adjustment", 0, -2.5)])
        self.assertEqual(compensation.bill_id, run.move_ids)
        later = self._go(self._create_run(period_start="2026-11-01"), "preview")
        self.assertEqual(later.account_ids.amount_untaxed, 10.0)

    def test_compensation_of_a_later_day_waits(self):
        self._compensate(day="2026-11-01")
        run = self._go(self._create_run(), "preview")
        self.assertEqual(run.account_ids.amount_untaxed, 10.0)

    def test_account_with_nothing_but_a_charge_takes_part(self):
        gone = self._create_subscriber(name="Pere Pons", start="2026-09-01")
        gone.terminate(self.reason_terminate, "2026-09-30")
        self._compensate(7.0, subscription_id=gone.id)
        run = self._go(self._create_run(), "post")
        self.assertEqual(self._lines(run, gone), [("adjustment", 0, 7.0)])

    def test_cancelled_compensation_is_not_billed(self):
        self._compensate().action_cancel()
        run = self._go(self._create_run(), "preview")
        self.assertEqual(run.account_ids.amount_untaxed, 10.0)

    def test_compensation_on_a_bill_cannot_change(self):
        compensation = self._compensate()
        self._go(self._create_run(), "invoice")
        for change in (
            lambda: compensation.write({"amount_untaxed": -3}),
            compensation.action_cancel,
            compensation.unlink,
        ):
            with self.assertRaisesRegex(UserError, "stays as it is"):
                change()
        compensation.note = "Storm"

    def test_compensation_of_nothing_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "does nothing"):
            self._compensate(0)

    def test_service_in_the_canaries_is_taxed_there_whoever_pays(self):
        self.position_igic.write(
            {
                "auto_apply": True,
                "country_id": self.env.ref("base.es").id,
                "state_ids": [(6, 0, self.env.ref("base.state_es_gc").ids)],
            }
        )
        spain = {"country_id": self.env.ref("base.es").id}
        account = self.subscription.telecom_billing_account_id
        account.partner_id.write(
            {**spain, "state_id": self.env.ref("base.state_es_b").id}
        )
        there = self._create_partner(
            "Maria, summer house", state_id=self.env.ref("base.state_es_gc").id, **spain
        )
        self._create_subscription(
            self.offering_fibre, account, state="active", service_partner_id=there.id
        )
        run = self._go(self._create_run(), "post")
        taxes = {line.amount_untaxed: line.tax_ids for line in run.line_ids}
        self.assertEqual(taxes, {10.0: self.tax_21, 30.0: self.tax_igic})
        self.assertEqual(run.move_ids.amount_tax, 4.20)
        self.assertEqual(run.difference, 0)
        account.fiscal_position_id = self.position_exempt
        run = self._go(self._create_run(period_start="2026-11-01"), "preview")
        self.assertEqual(run.account_ids.amount_tax, 0)

    def test_off_cycle_run_leaves_the_usage_of_others_to_the_month(self):
        other = self._create_subscriber(name="Pere Pons")
        self._add_usage(self.subscription, "1.00")
        self._add_usage(other, "2.00")
        account = self.subscription.telecom_billing_account_id
        extra = self._create_run(kind="off_cycle", only_account_ids=account.ids)
        self._go(extra, "post")
        self.assertEqual(extra.move_ids.amount_untaxed, 11.0)
        month = self._go(self._create_run(), "post")
        self.assertEqual(month.move_ids.amount_untaxed, 12.0)
        self.assertEqual(self._account(month, other).amount_untaxed, 12.0)
