# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.exceptions import UserError
from odoo.tests import tagged

from .bill_run_common import BillRunCommon


@tagged("post_install", "-at_install")
class TestBillRunLifecycle(BillRunCommon):
    """A run from its draft to the delivered bills, and back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.subscription = cls._create_subscriber()

    def test_run_new_has_name_month_and_pending_steps(self):
        run = self._create_run()
        self.assertTrue(run.name.startswith("BR"))
        self.assertEqual(str(run.period_end), "2026-11-01")
        self.assertEqual(str(run.invoice_date), "2026-11-01")
        self.assertEqual(set(run.step_ids.mapped("state")), {"pending"})
        self.assertEqual(run.progress, 0)

    def test_run_default_period_is_the_month_before(self):
        run = self.env["telecom.bill.run"].create({})
        self.assertEqual(str(run.period_start), "2026-10-01")

    def test_run_through_all_steps_ends_delivered(self):
        run = self._go(self._create_run())
        self.assertEqual(run.state, "delivered")
        self.assertEqual(set(run.step_ids.mapped("state")), {"done"})
        self.assertEqual(run.progress, 100)
        account = self._account(run, self.subscription)
        self.assertEqual(account.state, "delivered")
        self.assertEqual(account.move_id.state, "posted")

    def test_bill_holds_fee_and_usage(self):
        self._add_usage(self.subscription, "0.1234", "0.1211")
        run = self._go(self._create_run(), "post")
        self.assertEqual(self._lines(run), [("fee", 31, 10.0), ("usage", 0, 0.24)])
        bill = self._account(run, self.subscription).move_id
        self.assertEqual(bill.amount_untaxed, 10.24)
        self.assertEqual(bill.amount_tax, 2.15)
        self.assertEqual(
            bill.invoice_line_ids.telecom_subscription_id, self.subscription
        )

    def test_usage_in_allowance_is_previewed_but_not_invoiced(self):
        self._add_usage(self.subscription, "0", "0")
        run = self._go(self._create_run(), "invoice")
        usage = run.line_ids.filtered(lambda line: line.kind == "usage")
        self.assertEqual((usage.event_count, usage.amount_untaxed), (2, 0))
        self.assertEqual(usage.allowance_quantity, 120)
        bill = self._account(run, self.subscription).move_id
        self.assertEqual(len(bill.invoice_line_ids), 1)

    def test_step_out_of_turn_is_refused(self):
        run = self._create_run()
        with self.assertRaisesRegex(UserError, "comes after state Rated"):
            run.action_check()
        with self.assertRaisesRegex(UserError, "comes after state Invoiced"):
            run.action_post()

    def test_step_repeated_gives_the_same(self):
        self._add_usage(self.subscription, "1.005")
        run = self._go(self._create_run(), "preview")
        first = self._lines(run)
        for code in ("load", "rate", "check", "preview"):
            getattr(run, f"action_{code}")()
        self.assertEqual(self._lines(run), first)
        self.assertEqual(run.state, "previewed")

    def test_invoice_repeated_makes_no_second_bill(self):
        run = self._go(self._create_run(), "invoice")
        bill = self._account(run, self.subscription).move_id
        run.action_invoice()
        self.assertEqual(run.move_ids, bill)

    def test_control_totals_follow_the_steps(self):
        self._add_usage(self.subscription, "0.5", "0")
        run = self._go(self._create_run(), "preview")
        self.assertEqual((run.rated_count, run.allowance_count), (2, 1))
        self.assertEqual(run.charged_amount, 0.5)
        self.assertEqual(run.amount_untaxed, 10.5)
        self.assertEqual(run.invoiced_total, 0)
        run.action_invoice()
        self.assertEqual(run.invoiced_total, run.amount_total)
        self.assertEqual(run.difference, 0)

    def test_account_without_usage_is_billed_its_fee(self):
        run = self._go(self._create_run(), "post")
        self.assertEqual(self._lines(run), [("fee", 31, 10.0)])

    def test_account_with_usage_only_is_billed_its_usage(self):
        gone = self._create_subscriber(name="Pere Pons", start="2026-09-01")
        gone.terminate(self.reason_terminate, "2026-09-30")
        self._add_usage(gone, "2.5")
        run = self._go(self._create_run(), "post")
        self.assertEqual(self._lines(run, gone), [("usage", 0, 2.5)])
        self.assertEqual(self._account(run, gone).move_id.amount_untaxed, 2.5)

    def test_account_with_nothing_to_pay_gets_no_bill(self):
        gone = self._create_subscriber(name="Pere Pons", start="2026-09-01")
        gone.terminate(self.reason_terminate, "2026-09-30")
        self._add_usage(gone, "0")
        run = self._go(self._create_run(), "post")
        self.assertEqual(self._account(run, gone).state, "nothing")
        self.assertFalse(self._account(run, gone).move_id)
        self.assertEqual(run.state, "posted")

    def test_pending_subscription_is_not_billed(self):
        pending = self._create_subscriber(name="Pere Pons", state="pending")
        run = self._go(self._create_run(), "preview")
        self.assertFalse(self._account(run, pending))

    def test_back_from_bills_removes_the_drafts(self):
        run = self._go(self._create_run(), "invoice")
        run.action_back()
        self.assertEqual(run.state, "previewed")
        self.assertFalse(run.move_ids)
        self.assertEqual(self._account(run, self.subscription).state, "pending")
        run.action_invoice()
        self.assertEqual(len(run.move_ids), 1)

    def test_back_from_preview_leads_to_an_empty_draft(self):
        run = self._go(self._create_run(), "preview")
        run.action_back()
        self.assertEqual(run.state, "draft")
        self.assertFalse(run.account_ids)
        self.assertFalse(run.line_ids)

    def test_back_after_posting_is_refused(self):
        run = self._go(self._create_run(), "post")
        with self.assertRaisesRegex(UserError, "posted bills"):
            run.action_back()
        with self.assertRaisesRegex(UserError, "posted bills"):
            run.action_cancel()

    def test_cancelled_run_makes_room_for_another(self):
        run = self._go(self._create_run(), "invoice")
        run.action_cancel()
        self.assertEqual(run.state, "cancelled")
        self.assertFalse(run.move_ids)
        other = self._go(self._create_run(), "post")
        self.assertEqual(other.amount_untaxed, 10)

    def test_run_all_goes_through_every_step(self):
        run = self._create_run()
        run.action_run_all()
        self.assertEqual(run.state, "delivered")
        self.assertFalse(run.run_until)
        with self.assertRaisesRegex(UserError, "nothing left"):
            run.action_run_all()

    def test_recompute_when_all_are_billed_is_refused(self):
        run = self._go(self._create_run(), "invoice")
        with self.assertRaisesRegex(UserError, "nothing left to compute"):
            run.action_rate()

    def test_header_after_draft_is_fixed(self):
        run = self._go(self._create_run(), "load")
        with self.assertRaisesRegex(UserError, "cannot change any more"):
            run.period_start = "2026-09-01"
        run.invoice_date = "2026-11-02"
        self._go(run, "invoice")
        with self.assertRaisesRegex(UserError, "cannot change any more"):
            run.invoice_date = "2026-11-03"

    def test_run_is_never_deleted(self):
        with self.assertRaisesRegex(UserError, "cancel it instead"):
            self._create_run().unlink()

    def test_off_cycle_run_bills_what_the_month_left_open(self):
        self._go(self._create_run(), "post")
        late = self._create_subscription(
            self.offering_fibre,
            self.subscription.telecom_billing_account_id,
            state="active",
            start="2026-10-22",
        )
        account = self.subscription.telecom_billing_account_id
        extra = self._create_run(kind="off_cycle", only_account_ids=account.ids)
        self._go(extra, "post")
        self.assertEqual(self._lines(extra), [("fee", 10, 9.68)])
        self.assertEqual(extra.line_ids.subscription_id, late)

    def test_draft_cancelled_by_hand_is_held_not_posted(self):
        run = self._go(self._create_run(), "invoice")
        account = self._account(run, self.subscription)
        account.move_id.button_cancel()
        run.action_post()
        self.assertEqual(account.state, "held")
        self.assertIn("cancelled", account.hold_reason)

    def test_hold_of_a_billed_account_is_refused(self):
        run = self._go(self._create_run(), "invoice")
        with self.assertRaisesRegex(UserError, "waits for its bill"):
            self._account(run, self.subscription).action_hold()
        with self.assertRaisesRegex(UserError, "Only a held account"):
            self._account(run, self.subscription).release("Looked at")

    def test_bill_of_a_run_cannot_be_removed_behind_its_back(self):
        run = self._go(self._create_run(), "invoice")
        bill = self._account(run, self.subscription).move_id
        with self.assertRaises(UserError):
            bill.unlink()
