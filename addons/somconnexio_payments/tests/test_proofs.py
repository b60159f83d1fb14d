# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What a payer signed, a bank sent or a bank was sent stays as it was.

Everything is tried as the people who may write the records, not as the system.
"""

import base64
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .bank_common import BankCommon
from .debit_common import NOW
from .payments_common import IBANS

ROLES = ("agent", "billing_manager", "accountant", "admin")
#: The bank's file is of today.
DAY = date(2026, 10, 5)
SCAN = base64.b64encode(b"%PDF signed")


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestProofs(BankCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(
                cls.env, f"proof_{role}", f"somconnexio_base.group_telecom_{role}"
            )
            for role in ROLES
        }
        cls.account = cls._create_debtor("Maria Soler", IBANS[1])
        cls.mandate = cls.account.mandate_ids
        cls.bill = cls._create_bill(cls.account, 10)

    def _as(self, role, record):
        return record.with_user(self.users[role])

    def _draft(self, **vals):
        """Return a draft mandate that an agent made."""
        account = self._create_payer("Draft", IBANS[2])
        vals = {
            "partner_id": account.partner_id.id,
            "partner_bank_id": account.partner_bank_id.id,
            "telecom_billing_account_id": account.id,
            **vals,
        }
        return self._as("agent", self.Mandate).create(vals)

    def test_signed_mandate_is_deleted_by_nobody(self):
        for role in ("accountant", "admin"):
            with self.subTest(role), self.assertRaisesRegex(UserError, "kept as proof"):
                self._as(role, self.mandate).unlink()
        self._as("accountant", self._draft()).unlink()

    def test_state_and_creditor_of_a_mandate_are_written_by_its_steps_only(self):
        draft = self._draft(signature_date="2026-10-01")
        for name, value in (
            ("state", "valid"),
            ("state", "final"),
            ("lapse_date", "2099-01-01"),
            ("creditor_identifier", "ES65ZZZG87654321"),
            ("creditor_name", "Somebody else"),
        ):
            with self.subTest(name), self.assertRaisesRegex(UserError, "by hand"):
                draft.write({name: value})
        with self.assertRaisesRegex(UserError, "by hand"):
            self._draft(creditor_identifier="ES65ZZZG87654321")
        draft.validate()
        self.assertEqual(draft.state, "valid")
        draft.valid2final()
        draft.final2valid()
        self.assertEqual(draft.state, "valid")

    def test_consent_on_the_web_is_not_claimed_without_its_proof(self):
        with self.assertRaisesRegex(UserError, "proof of the web form"):
            self._draft(origin="web")
        draft = self._draft()
        with self.assertRaisesRegex(UserError, "proof of the web form"):
            draft.origin = "web"

    def test_scan_of_a_signed_mandate_comes_later_and_then_stays(self):
        mandate = self._as("agent", self.mandate)
        mandate.scan = SCAN
        for value in (False, base64.b64encode(b"%PDF other")):
            with self.assertRaisesRegex(UserError, "kept as proof"):
                mandate.scan = value
        scan = self.env["ir.attachment"].search(
            [("res_model", "=", mandate._name), ("res_field", "=", "scan")]
        )
        with self.assertRaisesRegex(UserError, "kept as proof"):
            self._as("admin", scan).unlink()

    def test_mandates_and_letters_of_another_company_are_out_of_reach(self):
        other = self.env["res.company"].create({"name": "Other"})
        stranger = new_test_user(
            self.env,
            "proof_stranger",
            "somconnexio_base.group_telecom_agent",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        with self.assertRaises(AccessError):
            self.mandate.with_user(stranger).write({"prenotice_days": 5})
        case = self.env["telecom.dunning.case"]._create_guarded(
            [{"billing_account_id": self.account.id, "company_id": self.company.id}]
        )
        with self.assertRaises(AccessError):
            case.with_user(stranger).action_print_letters()

    def test_file_for_the_bank_is_neither_changed_nor_deleted(self):
        run = self._bring_to(self._create_run(), "filed")
        order = self._as("accountant", run.order_ids)
        file = order.payment_file_id
        with self.assertRaisesRegex(UserError, "kept as proof"):
            file.unlink()
        with self.assertRaisesRegex(UserError, "kept as proof"):
            file.raw = b"<other/>"
        for name in ("sepa_sha256", "sepa_message_id", "date_prefered"):
            with self.subTest(name), self.assertRaisesRegex(UserError, "the buttons"):
                order.write({name: "due"})
        with self.assertRaisesRegex(UserError, "the buttons"):
            order.generate_payment_file()
        content = file.raw
        order.action_write_debit_file_again()
        self.assertEqual(order.payment_file_id.raw, content)

    def test_file_for_the_bank_is_handed_out_to_accountants_only(self):
        run = self._bring_to(self._create_run(), "filed")
        self._as("accountant", run.order_ids).action_download_debit_file()
        with self.assertRaises(AccessError):
            self._as("billing_manager", run.order_ids).action_download_debit_file()
        with self.assertRaises(AccessError):
            self._as("agent", run).action_view_entries()

    def test_file_of_a_bank_stays_whoever_may_write_bank_files(self):
        movement = self._movement("10", day=DAY)
        file = self._receive(self._bytes([movement], day=DAY))
        self.assertEqual(file.state, "checked", file.error_message)
        content = self.env["ir.attachment"].search(
            [
                ("res_model", "=", file._name),
                ("res_field", "=", "content"),
                ("res_id", "=", file.id),
            ]
        )
        for role in ("accountant", "admin"):
            with self.subTest(role), self.assertRaisesRegex(UserError, "as proof"):
                self._as(role, content).unlink()

    def test_agents_see_what_members_pay_and_not_the_wages(self):
        movements = [
            self._movement("10", day=DAY),
            self._movement("-900", day=DAY, text="WAGES OCTOBER"),
        ]
        file = self._receive(self._bytes(movements, day=DAY))
        file.book()
        self.assertEqual(len(file.entry_ids), 2)
        for role, amounts in (("agent", [10]), ("accountant", [-900, 10])):
            with self.subTest(role):
                own = self._as(role, file)
                entries = self.env["telecom.bank.entry"].with_user(self.users[role])
                found = entries.search([("file_id", "=", file.id)])
                self.assertEqual(sorted(found.mapped("amount")), amounts)
                self.assertEqual(sorted(self._parts(own).mapped("amount")), amounts)
        with self.assertRaises(AccessError):
            self._as("agent", file).read(["statement_facts"])

    def test_upload_leaves_files_of_other_records_alone(self):
        attachment = self.env["ir.attachment"].create(
            {
                "name": "statement.xml",
                "raw": self._bytes([self._movement("10")]),
                "res_model": "account.journal",
                "res_id": self.journal.id,
            }
        )
        upload = self._as("accountant", self.env["telecom.bank.upload"]).create(
            {"attachment_ids": [(6, 0, attachment.ids)]}
        )
        upload.action_upload()
        self.assertTrue(attachment.exists())

    def test_name_of_a_file_is_a_printable_text(self):
        File = self._as("accountant", self.File)
        answer = File.upload("a\x00b\u202ec.xml", base64.b64encode(b"x").decode())
        self.assertEqual(answer[0]["name"], "abc.xml")
        for name in (5, ["x"], "", "\x00"):
            with self.subTest(name), self.assertRaisesRegex(UserError, "a name"):
                File.upload(name, "eA==")

    def test_key_of_a_receipt_is_not_written_by_hand(self):
        Payment = self._as("accountant", self.env["account.payment"])
        vals = {
            "payment_type": "inbound",
            "partner_type": "customer",
            "partner_id": self.account.partner_id.id,
            "amount": 5,
            "journal_id": self.journal.id,
        }
        with self.assertRaisesRegex(UserError, "booked twice"):
            Payment.create({**vals, "receipt_key": "gateway:1:77:1"})
        payment = Payment.create(vals)
        with self.assertRaisesRegex(UserError, "booked twice"):
            payment.receipt_key = "gateway:1:77:1"

    def test_payment_plan_takes_bills_of_its_own_account_only(self):
        other = self._create_bill(self._create_debtor("Other", IBANS[3]), 20)
        with self.assertRaisesRegex(ValidationError, "not a bill of"):
            self._as("agent", self.env["telecom.payment.plan"]).create(
                {
                    "billing_account_id": self.account.id,
                    "bill_ids": [(6, 0, other.ids)],
                }
            )

    def test_claim_that_was_decided_is_not_rewritten(self):
        claim = self._as("agent", self.env["telecom.payment.dispute"]).create(
            {"bill_id": self.bill.id, "amount": 5, "reason": "Roaming"}
        )
        claim.action_close_rejected()
        for vals in ({"amount": 10}, {"reason": "Other"}):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "was decided"):
                claim.write(vals)
        claim.note = "Told by phone"
