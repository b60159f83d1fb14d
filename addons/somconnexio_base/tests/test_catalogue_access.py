# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.service.model import get_public_method
from odoo.tests import new_test_user, tagged

from .catalogue_common import CatalogueCommon
from .common import NOW, TODAY

ROLES = ("agent", "billing_manager", "technician", "accountant", "admin")
ALL = "read write create unlink"
KEPT = "read write create"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCatalogueAccess(CatalogueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(
                cls.env, f"cat_{role}", groups=f"somconnexio_base.group_telecom_{role}"
            )
            for role in ROLES
        }
        cls.employee = new_test_user(cls.env, "cat_employee", "base.group_user")
        cls.account = cls._create_billing_account()

    def test_rights_of_each_role_on_each_model(self):
        catalogue = ("read", ALL, "read", "read", ALL)
        table = {
            "telecom.eligibility.rule": catalogue,
            "telecom.offering.compatibility": catalogue,
            "telecom.pack": catalogue,
            "telecom.pack.slot": catalogue,
            "telecom.pack.effect": catalogue,
            "telecom.pack.group": (KEPT, KEPT, "read", "read", ALL),
            "telecom.pack.member": (ALL, ALL, "read write unlink", "read", ALL),
            "telecom.price.change": catalogue,
            "telecom.price.change.item": catalogue,
            "telecom.price.change.line": ("read",) * 5,
            "telecom.catalogue.import": ("", ALL, "", "", ALL),
            "telecom.catalogue.export": ("", ALL, "", "", ALL),
            "telecom.pack.simulator": (ALL, ALL, "", "", ALL),
        }
        for model_name, by_role in table.items():
            for role, allowed in zip(ROLES, by_role, strict=True):
                model = self.env[model_name].with_user(self.users[role])
                found = {
                    operation
                    for operation in ALL.split()
                    if model.has_access(operation)
                }
                with self.subTest(model=model_name, role=role):
                    self.assertEqual(found, set(allowed.split()))
            outsider = self.env[model_name].with_user(self.employee)
            self.assertFalse(outsider.has_access("read"), model_name)

    def test_other_companies_packs_are_not_seen(self):
        other = self.env["res.company"].create({"name": "Other cooperative"})
        pack = self.env["telecom.pack"].create(
            {"name": "Theirs", "code": "TEST_THEIRS", "company_id": other.id}
        )
        change = self.env["telecom.price.change"].create(
            {"name": "Theirs", "date": "2027-01-01", "company_id": other.id}
        )
        for record in (pack, change):
            seen = record.with_user(self.users["billing_manager"])
            self.assertFalse(seen.search([("id", "=", record.id)]))

    def test_technician_who_ends_a_service_lets_the_pack_follow(self):
        line = self._create_member(self.fibre)
        mobile = self._create_member()
        (line | mobile).join_pack(self.pack, self._day(TODAY))
        technician = self.users["technician"]
        line.with_user(technician).terminate(self.reason_terminate, self._day(TODAY))
        self._assert_offering(mobile, self.single, "2026-10-16")

    def test_billing_manager_plans_prices_and_imports(self):
        manager = self.users["billing_manager"]
        self.single.default_code = "TEST_MOBILE"
        self._create_member()
        change = (
            self.env["telecom.price.change"]
            .with_user(manager)
            .create(
                {
                    "name": "2027",
                    "date": "2027-01-01",
                    "item_ids": [
                        (
                            0,
                            0,
                            {
                                "product_tmpl_id": self.single.product_tmpl_id.id,
                                "new_price": 12,
                            },
                        )
                    ],
                }
            )
        )
        change.action_plan()
        self.assertEqual(change.line_count, 1)
        change.action_cancel()
        Catalogue = self.env["telecom.catalogue"].with_user(manager)
        rows = {"offerings": [(2, {"code": "TEST_MOBILE", "price": "11"})]}
        Catalogue._apply(Catalogue._compare_rows(rows))
        self.assertEqual(self.single.list_price, 11)
        agent = Catalogue.with_user(self.users["agent"])
        rows["offerings"][0][1]["price"] = "9"
        with self.assertRaises(AccessError):
            agent._apply(agent._compare_rows(rows))

    def test_remote_calls_reach_the_api_only(self):
        for model_name, names in (
            ("telecom.pack", ("simulate", "join", "leave")),
            ("product.template", ("available_offerings",)),
        ):
            for name in names:
                self.assertTrue(get_public_method(self.env[model_name], name))
        for name in ("join_pack", "leave_pack", "_apply_pack_effects"):
            with self.assertRaises(AccessError):
                get_public_method(self.env["contract.contract"], name)
