# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .dunning_common import DunningCommon


@tagged("post_install", "-at_install")
class TestDunningRestoring(DunningCommon):
    """Paying gives the service back at once, whatever the way of the money."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bill = cls._create_service_bill({cls.mobile: 30})
        cls._reach_suspension()

    def setUp(self):
        super().setUp()
        self.assertEqual(self.mobile.telecom_state, "suspended")

    def _check_restored(self):
        self.assertEqual(self.mobile.telecom_state, "active")
        case = self._case()
        self.assertEqual(case.state, "clear")
        self.assertFalse(case.step_id or case.next_step_id or case.stop)
        self.assertEqual(self._kinds()[-2:], ["restored", "cleared"])
        self.assertEqual(len(self._told("service_restored")), 1)
        self.assertFalse(self._told("subscription_resumed"))

    def test_payment_by_a_banks_app(self):
        self._receive("30.00", "2026-11-06")
        self._check_restored()

    @freeze_time("2026-11-06 10:00:00")
    def test_payment_registered_on_the_bill(self):
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=self.bill.ids
        ).create({"journal_id": self.bank_journal.id})._create_payments()
        self._check_restored()

    @freeze_time("2026-11-06 10:00:00")
    def test_payment_without_an_entry_of_its_own(self):
        methods = self.bank_journal.inbound_payment_method_line_ids
        methods.payment_account_id = False
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=self.bill.ids
        ).create({"journal_id": self.bank_journal.id})._create_payments()
        self.assertIn(self.bill.payment_state, ("paid", "in_payment"))
        self._check_restored()

    @freeze_time("2026-11-06 10:00:00")
    def test_entry_of_a_debit_order_matched_with_the_bill(self):
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "journal_id": self.bank_journal.id,
                "line_ids": [
                    Command.create(
                        {"account_id": self.account_outstanding.id, "debit": 30}
                    ),
                    Command.create(
                        {
                            "account_id": self.account_receivable.id,
                            "partner_id": self.account.partner_id.id,
                            "credit": 30,
                        }
                    ),
                ],
            }
        )
        entry.action_post()
        lines = (entry | self.bill).line_ids.filtered(
            lambda line: line.account_id == self.account_receivable
        )
        lines.reconcile()
        self._check_restored()

    @freeze_time("2026-11-06 10:00:00")
    def test_credit_note(self):
        self.bill._reverse_moves([{"invoice_date": "2026-11-06"}], cancel=True)
        self._check_restored()

    @freeze_time("2026-11-06 10:00:00")
    def test_payment_with_the_rest_written_off(self):
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=self.bill.ids
        ).create(
            {
                "journal_id": self.bank_journal.id,
                "amount": 20,
                "payment_difference_handling": "reconcile",
                "writeoff_account_id": self.account_income.id,
            }
        )._create_payments()
        self._check_restored()

    @freeze_time("2026-11-06 10:00:00")
    def test_line_of_a_bank_statement_matched_with_the_bill(self):
        self.bank_journal.suspense_account_id = self._create_account(
            "572T98", "asset_current"
        )
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.bank_journal.id,
                "date": "2026-11-06",
                "payment_ref": self.bill.name,
                "partner_id": self.account.partner_id.id,
                "amount": 30,
            }
        )
        _liquidity, suspense, _other = line._seek_for_lines()
        suspense.account_id = self.account_receivable
        receivable = self.bill.line_ids.filtered(
            lambda one: one.account_id == self.account_receivable
        )
        (suspense | receivable).reconcile()
        self._check_restored()

    def test_instalment_of_a_plan_that_left_the_service_suspended(self):
        plan = self.env["telecom.payment.plan"].create(
            {
                "billing_account_id": self.account.id,
                "instalment_count": 2,
                "first_date": "2026-12-01",
                "collection_method": "transfer",
                "restores_service": False,
            }
        )
        with freeze_time("2026-11-06 10:00:00"):
            plan.action_agree()
        self._receive("15.00", "2026-11-10")
        self.assertEqual(self.mobile.telecom_state, "suspended")
        self._receive("15.00", "2026-11-11")
        self.assertEqual(plan.state, "done")
        self._check_restored()

    def test_part_of_the_money_leaves_it_suspended(self):
        self._receive("20.00", "2026-11-06")
        self.assertEqual(self.mobile.telecom_state, "suspended")
        self.assertEqual(self._case().owed_amount, 10)

    def test_all_but_a_cent_gives_it_back_as_nothing_is_done_for_so_little(self):
        self._receive("29.99", "2026-11-06")
        self.assertEqual(self.mobile.telecom_state, "active")
        case = self._case()
        self.assertEqual((case.state, case.stop), ("open", "minimum"))
        self.assertEqual(case.owed_amount, 0.01)
        self.assertEqual(case.restored_subscription_ids, self.mobile)
        notice = self._told("service_restored")
        notice._word(notice.kind_id, "en_US")
        self.assertIn(self.mobile.display_name, notice.body)
        self.assertIn("Still to pay", notice.body)
        # The ladder begins anew with the next bill, with all its notices.
        self._create_service_bill({self.mobile: 30}, due_date="2026-12-04")
        self._act("2026-12-05")
        self.Case._begin_newcomers(self.company, self._case().evaluated_date)
        self.assertEqual(self._case().cycle, 1)
        self._act("2026-12-07")
        self.Case._begin_newcomers(self.company, self._case().evaluated_date)
        self.assertEqual((self._case().cycle, self._case().step_id.id), (2, False))
        self.assertEqual(self.mobile.telecom_state, "active")

    def test_debit_under_way_gives_nothing_back_until_it_is_booked(self):
        small = patch.object(type(self.Case), "debited_amount", 29.99)
        with small:
            self.assertFalse(self._case()._owes_too_little())

    def test_service_whose_bill_is_paid_comes_back_while_another_is_owed(self):
        late = self._create_service_bill(
            {self.other: 20}, bill_date="2026-10-15", due_date="2026-10-20"
        )
        self._receive("30.00", "2026-11-06", bills=self.bill)
        self.assertEqual(self.mobile.telecom_state, "active")
        case = self._case()
        self.assertEqual((case.state, case.owed_amount), ("open", 20))
        self.assertEqual(late.amount_residual, 20)

    def test_what_another_reason_suspended_stays_suspended(self):
        fraud = self.env.ref("somconnexio_base.lifecycle_reason_fraud")
        with freeze_time("2026-11-06 09:00:00"):
            self.mobile.resume()
            self.mobile.suspend(fraud)
        self._receive("30.00", "2026-11-06")
        self.assertEqual(self.mobile.telecom_state, "suspended")
        self.assertEqual(self.mobile.suspension_reason_id, fraud)
        self.assertEqual(self._case().state, "clear")

    def test_restriction_by_dunning_is_lifted_and_another_one_stays(self):
        reason = self.env.ref("somconnexio_base.lifecycle_reason_non_payment")
        fraud = self.env.ref("somconnexio_base.lifecycle_reason_fraud")
        self._create_service_bill({self.other: 20}, due_date="2026-10-06")
        self._act("2026-11-06")
        lines = self._case().line_ids
        with freeze_time("2026-11-06 09:00:00"):
            self.mobile.restrict("data", reason)
            self.other.restrict("data", fraud)
            lines.restricted_kind = "data"
        self._receive("50.00", "2026-11-06")
        self.assertFalse(self.mobile.restriction_kind)
        self.assertEqual(self.other.restriction_kind, "data")

    def test_fault_in_giving_back_keeps_the_money_and_parks_the_case(self):
        broken = patch.object(
            type(self.mobile), "resume", side_effect=UserError("No such line")
        )
        with broken, mute_logger("odoo.addons.somconnexio_payments"):
            payment = self._receive("30.00", "2026-11-06")
        self.assertEqual(payment.state, "in_process")
        self.assertIn(self.bill.payment_state, ("paid", "in_payment"))
        case = self._case()
        self.assertEqual((case.state, case.error), ("suspended", "No such line"))
        case.action_retry()
        self._act("2026-11-09")
        self._check_restored()

    def test_returned_debit_begins_the_ladder_anew_with_its_notices(self):
        payment = self._receive("30.00", "2026-11-06")
        with freeze_time("2026-11-12 10:00:00"):
            payment.move_id.line_ids.remove_move_reconcile()
            self.bill._dunning_debit_returned("MD06")
        case = self._case()
        self.assertEqual((case.state, case.cycle), ("open", 2))
        self.assertFalse(case.step_id)
        self.assertEqual(case.return_class, "refund")
        self.assertEqual(self.mobile.telecom_state, "active")
        self.assertEqual(str(case.oldest_due_date), "2026-10-05")
        taken = self._walk("2026-11-12", "2026-12-10")
        # Overdue for long: reminders come one after the other, the notice of
        # suspension gets its 15 days again, to a Wednesday after days off.
        self.assertEqual(
            taken,
            {
                "First reminder": "2026-11-12",
                "Second reminder": "2026-11-19",
                "Notice of suspension": "2026-11-23",
                "Suspension": "2026-12-09",
            },
        )
        self.assertEqual(self.mobile.telecom_state, "suspended")
