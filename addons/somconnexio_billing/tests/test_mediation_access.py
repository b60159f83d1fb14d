# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.exceptions import AccessError
from odoo.service.model import get_public_method
from odoo.tests import new_test_user, tagged

from .mediation_common import UsageCommon, wholesale_bytes, wholesale_line

ROLES = ("agent", "billing_manager", "technician", "accountant", "admin")
MODELS = {
    "telecom.usage.type": ("read", "read", "", "read", "read write create unlink"),
    "telecom.usage.format": ("read", "read", "", "read", "read write create unlink"),
    "telecom.usage.format.field": (
        "read",
        "read",
        "",
        "read",
        "read write create unlink",
    ),
    "telecom.usage.file": (
        "read",
        "read write",
        "",
        "read",
        "read write unlink",
    ),
    "telecom.usage.rejection": ("read", "read", "", "read", "read"),
    "telecom.usage.event": ("read", "read", "", "read", "read"),
    "telecom.usage.discard": ("read", "read", "", "read", "read"),
    "telecom.usage.suspense": ("read", "read", "", "read", "read"),
    "telecom.usage.reason": (
        "",
        "read write create unlink",
        "",
        "",
        "read write create unlink",
    ),
}


@tagged("post_install", "-at_install")
class TestMediationAccess(UsageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(
                cls.env,
                f"test_{role}",
                groups=f"somconnexio_base.group_telecom_{role}",
            )
            for role in ROLES
        }
        cls.file = cls._load(
            wholesale_line(),
            wholesale_line(ORIGEN="699000456"),
            wholesale_line(CANTIDAD="x"),
        )

    def test_rights_of_each_role_on_each_model(self):
        for model_name, rights in MODELS.items():
            for role, allowed in zip(ROLES, rights, strict=True):
                model = self.env[model_name].with_user(self.users[role])
                found = {
                    operation
                    for operation in ("read", "write", "create", "unlink")
                    if model.has_access(operation)
                }
                self.assertEqual(found, set(allowed.split()), f"{role} {model_name}")

    def test_employee_without_a_role_reads_nothing(self):
        employee = new_test_user(self.env, "test_employee", "base.group_user")
        for record in (self.file, self._events(self.file), self.file.rejection_ids):
            with self.subTest(record._name), self.assertRaises(AccessError):
                record.with_user(employee).read(["display_name"])

    def test_billing_manager_receives_loads_and_recycles(self):
        File = self.File.with_user(self.users["billing_manager"])
        file = File.receive(
            wholesale_bytes(
                wholesale_line(HORA="12:00:00"), wholesale_line(CANTIDAD="y")
            ),
            "MW_CDR_20261004_0002.csv",
        )
        file.action_load()
        file.action_recycle()
        file.rejection_ids.discard("Never usage")
        self.assertEqual((file.state, file.event_count), ("loaded", 1))
        self.assertEqual(file.rejection_ids.state, "discarded")

    def test_agent_reads_but_neither_loads_nor_recycles(self):
        agent = self.users["agent"]
        file = self._receive(wholesale_line(HORA="12:00:00"))
        self.env.invalidate_all()
        for operation in (
            file.with_user(agent).action_load,
            self.file.with_user(agent).action_recycle,
            self.file.rejection_ids.with_user(agent).action_recycle,
            self.file.rejection_ids.with_user(agent).action_discard,
            self._events(self.file).with_user(agent).action_recycle,
        ):
            with self.subTest(operation.__name__), self.assertRaises(AccessError):
                operation()
        self.assertEqual(file.state, "received")

    def test_billing_manager_writes_no_fact_of_a_file(self):
        file = self.file.with_user(self.users["billing_manager"])
        for name, value in (
            ("state", "received"),
            ("row_count", 7),
            ("content_sha256", "0" * 64),
            ("back_out_reason", "Never happened"),
        ):
            with self.subTest(name), self.assertRaisesRegex(AccessError, "follow from"):
                file.write({name: value})

    def test_agent_does_not_get_the_original_file(self):
        agent = self.users["agent"]
        with self.assertRaises(AccessError):
            self.file.with_user(agent).read(["content"])
        with (
            self.assertRaises(AccessError),
            self.file.with_user(agent)._open_content(),
        ):
            pass

    def test_calls_from_outside_reach_no_path_on_the_server(self):
        for name in ("receive", "load_usage", "reload_rejected"):
            with self.subTest(name), self.assertRaises(AccessError):
                get_public_method(self.File, name)

    def test_other_company_sees_nothing(self):
        other = self.env["res.company"].create({"name": "Other cooperative"})
        user = new_test_user(
            self.env,
            "test_other",
            groups="somconnexio_base.group_telecom_billing_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        for model_name in (
            "telecom.usage.file",
            "telecom.usage.event",
            "telecom.usage.rejection",
        ):
            with self.subTest(model_name):
                self.assertFalse(self.env[model_name].with_user(user).search([]))
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self._events(self.file).with_user(user).read(["served_number"])

    def test_format_without_company_is_shared_and_another_companys_is_not(self):
        other = self.env["res.company"].create({"name": "Other cooperative"})
        theirs = self.format.copy({"code": "theirs", "company_id": other.id})
        seen = (
            self.env["telecom.usage.format"].with_user(self.users["agent"]).search([])
        )
        self.assertIn(self.format, seen)
        self.assertNotIn(theirs, seen)
