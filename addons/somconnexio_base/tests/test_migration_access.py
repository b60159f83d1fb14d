# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.service.model import get_public_method
from odoo.tests import new_test_user, tagged

from ..takeover.sample import make_delivery
from .common import NOW
from .migration_common import MigrationCommon

ROLES = ("agent", "billing_manager", "technician", "accountant", "admin")
PREFIX = "telecom.migration"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMigrationAccess(MigrationCommon):
    """Migrations are the administrator's; earlier bills everybody's to read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(
                cls.env, f"mig_{role}", f"somconnexio_base.group_telecom_{role}"
            )
            for role in ROLES
        }
        cls.run_done = cls._take_over(make_delivery(12, has_defects=False))

    def _rights(self, role, model_name):
        model = self.env[model_name].with_user(self.users[role])
        operations = ("read", "write", "create", "unlink")
        return " ".join(name for name in operations if model.has_access(name))

    def test_rights_of_each_role_on_each_model(self):
        everything = "read write create unlink"
        own = ("profile", "layout", "layout.column", "run", "file")
        results = ("step", "row", "ledger", "issue", "total")
        table = {f"{PREFIX}.{name}": ("",) * 4 + (everything,) for name in own}
        table |= {f"{PREFIX}.{name}": ("",) * 4 + ("read",) for name in results}
        table["telecom.bill.history"] = (
            "read",
            "read",
            "read",
            "read write",
            everything,
        )
        table["telecom.bill.history.tax"] = ("read",) * 4 + ("read create unlink",)
        for model_name, rights in table.items():
            for role, allowed in zip(ROLES, rights, strict=True):
                with self.subTest(f"{role} {model_name}"):
                    self.assertEqual(self._rights(role, model_name), allowed)

    def test_administrator_takes_a_delivery_over(self):
        run = self._receive(make_delivery(12, seed=5, has_defects=False, first=50))
        run = run.with_user(self.users["admin"])
        run.try_now()
        run.work_now()
        self.assertEqual(run.state, "done")
        self.assertTrue(run.is_reconciled)
        self.assertEqual(self._found("partner", "51").create_uid, self.users["admin"])

    def test_others_see_no_migration(self):
        for role in ROLES[:-1]:
            with self.subTest(role), self.assertRaises(AccessError):
                self.run_done.with_user(self.users[role]).read(["name"])

    def test_administrator_of_another_company_sees_no_migration(self):
        other = self.env["res.company"].create({"name": "Other cooperative"})
        user = new_test_user(
            self.env,
            "mig_other",
            "somconnexio_base.group_telecom_admin",
            company_id=other.id,
            company_ids=[other.id],
        )
        for record in (
            self.run_done,
            self.run_done.step_ids,
            self.run_done.file_ids,
            self.run_done.total_ids,
            self.profile,
            self.profile.layout_ids,
            self._found("bill", "F2026/08/000001"),
            self._found("bill", "F2026/08/000001").tax_ids,
        ):
            with self.subTest(record._name), self.assertRaises(AccessError):
                record.with_user(user).read(["display_name"])

    def test_agent_reads_earlier_bills_of_a_customer_and_changes_none(self):
        partner = self._found("partner", "1").with_user(self.users["agent"])
        self.assertEqual(partner.telecom_bill_history_count, 2)
        bills = self.env["telecom.bill.history"].with_user(self.users["agent"])
        action = partner.action_view_telecom_bill_history()
        found = bills.search(action["domain"])
        self.assertEqual(len(found), 2)
        with self.assertRaises(AccessError):
            found[0].note = "x"

    def test_work_is_not_reached_by_rpc(self):
        for model, name in (
            ("run", "work_now"),
            ("run", "try_now"),
            ("file", "receive"),
            ("profile", "load_document"),
        ):
            with self.subTest(name), self.assertRaises(AccessError):
                get_public_method(self.env[f"{PREFIX}.{model}"], name)

    def test_wizards_read_profiles_and_files_in(self):
        env = self.env(user=self.users["admin"])
        loader = env[f"{PREFIX}.profile.load"].create({"profile_id": self.profile.id})
        loader.action_save()
        again = env[f"{PREFIX}.profile.load"].create({"document": loader.document})
        action = again.action_load()
        self.assertEqual(action["res_id"], self.profile.id)
        run = env[f"{PREFIX}.run"].create({"profile_id": self.profile.id})
        upload = env[f"{PREFIX}.upload"].create({"run_id": run.id})
        with self.assertRaisesRegex(UserError, "Choose one or more"):
            upload.action_add()
        upload.attachment_ids = env["ir.attachment"].create(
            {"name": "recursos.csv", "raw": b"TIPO;VALOR\n"}
        )
        upload.action_add()
        self.assertEqual(run.file_ids.kind, "resource")
