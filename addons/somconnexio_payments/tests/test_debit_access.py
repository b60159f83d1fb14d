# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.service.model import get_public_method
from odoo.tests import new_test_user, tagged

from .debit_common import NOW, DebitCommon
from .payments_common import IBANS

ROLES = ("agent", "billing_manager", "technician", "accountant", "admin")


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestDebitAccess(DebitCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(
                cls.env,
                f"debit_{role}",
                groups=f"somconnexio_base.group_telecom_{role}",
            )
            for role in ROLES
        }
        cls.account = cls._create_debtor("Maria Soler", IBANS[0])
        cls.bill = cls._create_bill(cls.account, 10)

    def _as(self, role, record):
        return record.with_user(self.users[role])

    def test_mandates_are_kept_by_agents_and_deleted_by_accountants(self):
        operations = ("read", "write", "create", "unlink")
        for role, allowed in zip(ROLES, (3, 3, 0, 4, 4), strict=True):
            mandates = self._as(role, self.env["account.banking.mandate"])
            found = [one for one in operations if mandates.has_access(one)]
            with self.subTest(role):
                self.assertEqual(found, [*operations[:allowed]])

    def test_manager_proposes_and_accountant_runs(self):
        Run = self._as("billing_manager", self.Run)
        run = Run.create({"cutoff_date": "2026-10-31"})
        run.action_propose()
        self.assertEqual(run.line_count, 1)
        for name in ("action_confirm", "action_cancel"):
            with self.assertRaisesRegex(AccessError, "Accountant"):
                getattr(run, name)()
        with self.assertRaisesRegex(AccessError, "Accountant"):
            run.line_ids._leave_out("no")
        with self.assertRaises(AccessError):
            run.amount_total = 5
        run = self._as("accountant", run)
        self._bring_to(run, "booked")
        self.assertIn("/web/content/", run.action_download()["url"])
        self.assertEqual(run.state, "booked")

    def test_agent_handles_mandates_and_nothing_else(self):
        account = self._as("agent", self._create_payer("New", IBANS[1]))
        wizard = self.env["telecom.mandate.sign"].with_user(self.users["agent"])
        wizard.create(
            {
                "billing_account_id": account.id,
                "iban": IBANS[1],
                "is_signed": True,
                "signature_date": "2026-10-01",
            }
        ).action_make()
        self.assertEqual(account.mandate_ids.state, "valid")
        stop = self.env["telecom.mandate.stop"].with_user(self.users["agent"])
        stop.create({"mandate_id": account.mandate_ids.id, "reason": "x"}).action_stop()
        self.assertEqual(account.mandate_ids.state, "cancel")
        with self.assertRaises(AccessError):
            self._as("agent", self.Run).search([])
        with self.assertRaises(AccessError):
            self._as("technician", self.account).mandate_ids.read(["partner_bank_id"])

    def test_other_company_sees_nothing(self):
        run = self._create_run()
        other = self.env["res.company"].create({"name": "Other"})
        user = self.users["accountant"]
        user.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        for records in (run, run.line_ids, run.order_ids, self.account.mandate_ids):
            found = records.with_user(user).search([("id", "in", records.ids)])
            self.assertFalse(found, records._name)

    def test_programs_cannot_call_what_only_steps_may(self):
        for model, names in {
            "telecom.debit.run": ("_propose", "_undo", "_collection_files"),
            "account.banking.mandate": ("_stop", "amend_reference", "form_pdf"),
            "telecom.billing.account": ("sign_mandate_online",),
            "account.move": ("_collect", "_debit_again", "_debit_part"),
        }.items():
            for name in names:
                with self.subTest(name), self.assertRaises(AccessError):
                    get_public_method(self.env[model], name)

    def test_debits_of_a_run_cannot_be_imported_or_deleted(self):
        run = self._create_run()
        with self.assertRaisesRegex(UserError, "debit run"):
            self.env["account.payment.line"].create(
                {"order_id": run.order_ids.id, "partner_id": self.partner.id}
            )
        for records in (run.line_ids, run.order_ids):
            with self.assertRaisesRegex(UserError, "debit run"):
                records.unlink()
        with self.assertRaisesRegex(UserError, "kept as history"):
            run.unlink()
