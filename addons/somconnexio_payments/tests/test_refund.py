# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from decimal import Decimal

from bank_simulator import status_writer
from freezegun import freeze_time
from lxml import etree
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import file_open, mute_logger

from odoo.addons.somconnexio_base.tests.common import NOW

from .desk_common import DeskCommon
from .payments_common import IBANS

XSD = "account_payment_sepa_credit_transfer/data/pain.001.001.09.xsd"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRefund(DeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["telecom.notice.kind"].search([]).channel_plan = "mail"

    def _capital_refund(self, iban=IBANS[0]):
        """Return the refund of a member who left, written down by an accountant."""
        leaving = self._left_member(iban=iban)
        self._as("accountant", leaving).action_refund()
        return leaving.telecom_refund_ids

    def _overpaid(self, name="Payer", amount="25.00", iban=IBANS[1]):
        """Return the billing account of somebody who paid too much."""
        account = self._create_payer(name, iban)
        self._age(account.partner_bank_id)
        account._receive_payment(
            Decimal(amount), "2026-10-10", self.bank_journal, "twice"
        )
        return account

    def _refund_overpaid(self, **vals):
        account = self._overpaid(**vals)
        self._as("accountant", account).action_refund_credit()
        return account.telecom_refund_ids

    def _approved(self):
        refund = self._capital_refund()
        refund.with_user(self.second).action_approve()
        return refund

    def _sent(self):
        refund = self._approved()
        self._as("accountant", refund).action_order()
        refund.order_id.generated2uploaded()
        return refund

    def test_capital_of_who_left_waits_as_a_debt_until_it_is_transferred(self):
        refund = self._capital_refund()
        self.assertEqual((refund.amount, refund.state), (100, "draft"))
        self.assertEqual(refund.leaving_id.state, "closed")
        self.assertEqual(refund.credit_line_id.account_id, self.account_payable)
        self.assertEqual(self._ledger(self.account_payable), -100)
        refund.with_user(self.second).action_approve()
        self._as("accountant", refund).action_order()
        self.assertEqual(refund.state, "ordered")
        self.assertEqual(self._ledger(self.account_payable), -100)
        refund.order_id.generated2uploaded()
        self.assertEqual(refund.state, "sent")
        self.assertEqual(self._ledger(self.account_payable), 0)
        self.assertEqual(self._ledger(self.account_under_way), -100)
        self.assertTrue(refund.credit_line_id.reconciled)

    def test_without_transfers_set_up_capital_is_paid_by_hand_as_before(self):
        self.company.telecom_refund_method_line_id = False
        leaving = self._left_member(iban=IBANS[0])
        self._as("accountant", leaving).action_refund()
        self.assertEqual(leaving.state, "closed")
        self.assertFalse(leaving.telecom_refund_ids)
        self.assertEqual(self._ledger(self.account_payable), 0)

    def test_who_wrote_it_down_does_not_approve_it(self):
        refund = self._capital_refund()
        with self.assertRaisesRegex(UserError, "somebody else approves it"):
            self._as("accountant", refund).action_approve()
        self.company.telecom_refund_four_eyes = False
        self._as("accountant", refund).action_approve()
        self.assertEqual(refund.state, "approved")

    def test_new_iban_needs_the_word_of_the_member(self):
        refund = self._capital_refund()
        refund.partner_bank_id.acc_number = IBANS[2]
        self.assertIn("changed on 2026-10-15", refund.iban_warning)
        second = refund.with_user(self.second)
        with self.assertRaisesRegex(UserError, "ask the member, by a channel"):
            second.action_approve()
        second.is_iban_confirmed = True
        second.action_approve()
        self.assertEqual(refund.approved_iban, IBANS[2])

    def test_missing_wrong_or_anothers_account_is_refused(self):
        refund = self._capital_refund(iban=None)
        with self.assertRaisesRegex(UserError, "ask the member for an IBAN"):
            refund.with_user(self.second).action_approve()
        other = self._create_bank_account(self._create_partner("Other"), IBANS[3])
        with self.assertRaisesRegex(ValidationError, "member's own account only"):
            refund.partner_bank_id = other
        wrong = self._create_bank_account(refund.partner_id, "12345")
        refund.partner_bank_id = wrong
        with self.assertRaisesRegex(UserError, "is not an IBAN"):
            refund.with_user(self.second).action_approve()

    def test_account_changed_after_the_approval_stops_the_order(self):
        refund = self._approved()
        refund.partner_bank_id.acc_number = IBANS[4]
        with self.assertRaisesRegex(UserError, "changed after the approval"):
            self._as("accountant", refund).action_order()
        with self.assertRaisesRegex(UserError, "take the approval back"):
            self._as("accountant", refund).write({"text": "Other"})
        self._as("accountant", refund).action_back_to_draft()
        self.assertFalse(refund.approved_iban)

    def test_file_is_valid_says_the_refund_and_is_the_same_each_time(self):
        refund = self._approved()
        self._as("accountant", refund).action_order()
        order = refund.order_id
        payload = order.payment_file_id.raw
        with freeze_time("2026-10-16 09:00:00"):
            self.assertEqual(order.generate_payment_file(), (payload, "xml"))
        with file_open(XSD, "rb") as xsd:
            etree.XMLSchema(etree.parse(xsd)).assertValid(etree.fromstring(payload))
        texts = {
            etree.QName(node).localname: node.text
            for node in etree.fromstring(payload).iter()
        }
        self.assertEqual(texts["EndToEndId"], refund.name)
        self.assertEqual(texts["InstdAmt"], "100.00")
        self.assertEqual(texts["CtrlSum"], "100.00")
        self.assertEqual(texts["MsgId"], order.name)
        self.assertIn(f"<IBAN>{IBANS[0]}</IBAN>".encode(), payload)

    def test_refunds_of_several_members_go_in_one_order(self):
        refunds = self._approved()
        others = self._refund_overpaid() | self._refund_overpaid(
            name="Third", iban=IBANS[2], amount="7.35"
        )
        others.with_user(self.second).action_approve()
        refunds |= others
        self._as("accountant", refunds).action_order()
        self.assertEqual(len(refunds.order_id), 1)
        self.assertEqual(len(refunds.payment_id), 3)
        order = refunds.order_id
        self.assertEqual(order.total_company_currency, 132.35)
        self.assertEqual(
            sorted(order.payment_ids.mapped("memo")), sorted(refunds.mapped("name"))
        )
        order.generated2uploaded()
        self.assertEqual(set(refunds.mapped("state")), {"sent"})
        self.assertTrue(all(refunds.credit_line_id.mapped("reconciled")))

    def test_credit_on_account_is_refunded_once_and_only_when_nothing_is_owed(self):
        account = self._overpaid()
        bill = self._create_bill(account, 10)
        action = self._as("accountant", account).action_refund_credit
        with self.assertRaisesRegex(UserError, "still owes"):
            action()
        bill.button_draft()
        bill.button_cancel()
        action()
        refund = account.telecom_refund_ids
        self.assertEqual((refund.amount, refund.kind), (25, "overpayment"))
        with self.assertRaisesRegex(UserError, "no credit that is not being refunded"):
            action()
        self._as("accountant", refund).action_cancel()
        action()
        self.assertEqual(len(account.telecom_refund_ids), 2)

    def test_credit_used_meanwhile_is_not_paid_again(self):
        refund = self._refund_overpaid()
        bill = self._create_bill(refund.billing_account_id, 10)
        receivable = bill.line_ids.filtered(
            lambda line: line.account_id == self.account_receivable
        )
        (receivable | refund.credit_line_id).reconcile()
        with self.assertRaisesRegex(UserError, r"only .*15.00.* are still owed"):
            refund.with_user(self.second).action_approve()

    @mute_logger("odoo.sql_db")
    def test_database_refuses_a_second_refund_and_a_second_line(self):
        refund = self._approved()
        vals = refund.copy_data()[0] | {"name": "RF-OTHER", "state": "draft"}
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env["telecom.refund"]._create_guarded([vals])
        self._as("accountant", refund).action_order()
        line = refund.order_id.payment_line_ids
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            line.copy({"telecom_refund_id": refund.id, "name": "twice"})
            self.env.flush_all()
        with self.assertRaisesRegex(UserError, "cannot become"):
            self._as("accountant", refund).action_order()

    def test_statement_makes_it_paid(self):
        refund = self._sent()
        line = refund.payment_id.move_id.line_ids.filtered(
            lambda one: one.account_id == self.account_under_way
        )
        entry = self.env["account.move"].create(
            {
                "journal_id": self.bank_journal.id,
                "line_ids": [
                    (0, 0, {"account_id": self.account_under_way.id, "debit": 100}),
                    (0, 0, {"account_id": self.account_bank.id, "credit": 100}),
                ],
            }
        )
        entry.action_post()
        (line | entry.line_ids.filtered("debit")).reconcile()
        self.env.flush_all()
        self.assertEqual(refund.state, "paid")
        self.assertEqual(str(refund.paid_date), "2026-10-15")

    def test_transfer_that_came_back_is_owed_again_and_can_be_ordered_anew(self):
        refund = self._sent()
        Refund = self.env["telecom.refund"]
        self.assertEqual(Refund._came_back(self.company, refund.name, "AC04"), refund)
        self.assertFalse(Refund._came_back(self.company, refund.name, "AC04"))
        self.assertFalse(Refund._came_back(self.company, "RF99999", "AC04"))
        self.assertEqual((refund.state, refund.failure_reason), ("failed", "AC04"))
        self.assertEqual(refund.credit_line_id.amount_residual, -100)
        self.assertEqual(self._ledger(self.account_payable), -100)
        self.assertEqual(self._ledger(self.account_under_way), 0)
        self.assertTrue(refund.activity_ids)
        self._as("accountant", refund).action_back_to_draft()
        refund.partner_bank_id = self._create_bank_account(refund.partner_id, IBANS[2])
        refund.is_iban_confirmed = True
        refund.with_user(self.second).action_approve()
        first = refund.order_id
        self._as("accountant", refund).action_order()
        self.assertNotEqual(refund.order_id, first)
        refund.order_id.generated2uploaded()
        self.assertEqual(self._ledger(self.account_payable), 0)

    def _answered(self, refund, status, batches=()):
        """Book the bank's answer to the order of a refund."""
        content = status_writer.write(
            "ANSWER1",
            refund.order_id.name,
            "pain.001.001.09",
            "2026-10-15T10:00:00",
            status,
            batches,
        )
        file = self.env["telecom.bank.file"].receive(content, "answer.xml")
        self.assertEqual(file.state, "checked", file.error_message)
        file.book()

    def test_rejection_before_the_order_was_noted_as_sent_is_not_lost(self):
        """The bank's answer tells that it has the file."""
        refund = self._approved()
        self._as("accountant", refund).action_order()
        self.assertEqual(refund.state, "ordered")
        rejected = {
            "status": "RJCT",
            "reason": "AC01",
            "end_to_end_id": refund.name,
            "amount": Decimal(100),
            "bank_reference": "S1",
        }
        batch = {"id": "B1", "status": "PART", "transactions": [rejected]}
        self._answered(refund, {"status": "PART"}, [batch])
        self.assertEqual((refund.state, refund.failure_reason), ("failed", "AC01"))
        self.assertEqual(refund.order_id.state, "uploaded")
        self.assertEqual(self._ledger(self.account_payable), -100)

    def test_acceptance_before_the_order_was_noted_as_sent_notes_it(self):
        refund = self._approved()
        self._as("accountant", refund).action_order()
        self._answered(refund, {"status": "ACSP"})
        self.assertEqual((refund.state, refund.failure_reason), ("sent", False))

    def test_cancelled_order_lets_its_refunds_wait_for_another(self):
        refund = self._approved()
        self._as("accountant", refund).action_order()
        order = refund.order_id
        order.action_cancel()
        self.assertEqual((refund.state, refund.order_id.id), ("approved", False))
        self._as("accountant", refund).action_order()
        refund.order_id.generated2uploaded()
        with self.assertRaisesRegex(UserError, "has been sent"):
            refund.order_id.action_cancel()

    def test_member_is_told_when_it_is_sent_and_when_it_came_back(self):
        refund = self._sent()
        self.env["telecom.refund"]._came_back(self.company, refund.name, "AC04")
        notices = self.env["telecom.notice"].search(
            [("res_id", "=", refund.id), ("model", "=", "telecom.refund")]
        )
        codes = set(notices.mapped("kind_id.code"))
        self.assertEqual(codes, {"refund_sent", "refund_failed"})
        for kind in notices.kind_id:
            words = kind._render(refund.ids, "en_US")[refund.id]
            self.assertIn("100", words.subject + words.body)

    def test_state_and_amount_are_written_by_nobody(self):
        refund = self._capital_refund()
        for vals in ({"state": "paid"}, {"amount": 1000}, {"approved_iban": "X"}):
            with (
                self.subTest(vals),
                self.assertRaisesRegex(UserError, "use the buttons"),
            ):
                self._as("accountant", refund).write(vals)
        with self.assertRaisesRegex(UserError, "not created by hand"):
            self._as("accountant", self.env["telecom.refund"]).create({"amount": 5})

    def test_agent_reads_refunds_and_decides_none(self):
        refund = self._capital_refund()
        self.assertEqual(self._as("agent", refund).amount, 100)
        for name in ("action_approve", "action_order", "action_cancel"):
            with self.subTest(name), self.assertRaises(UserError):
                getattr(self._as("agent", refund), name)()
        with self.assertRaises(AccessError):
            self._as("technician", refund).read(["amount"])

    def test_refunds_without_a_way_out_say_where_to_set_it_up(self):
        refund = self._approved()
        self.refund_method.payment_account_id = False
        with self.assertRaisesRegex(UserError, "no account of outstanding payments"):
            self._as("accountant", refund).action_order()
        self.company.telecom_refund_method_line_id = False
        with self.assertRaisesRegex(UserError, "have no way out"):
            self._as("accountant", refund).action_order()
