# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Who may do what with each model of the addon, and what RPC reaches.

The expectations are in two files beside this one. A new model or a new public method
without a row fails: whoever adds one decides who may use it, and writes it down.
"""

import csv
from pathlib import Path

from odoo.exceptions import AccessError
from odoo.service.model import get_public_method
from odoo.tests import new_test_user, tagged

from odoo.addons.somconnexio_base.tests.common import SomconnexioCommon

MODULE = "somconnexio_payments"
FOLDER = Path(__file__).parent
OPERATIONS = {"r": "read", "w": "write", "c": "create", "d": "unlink"}
ROLES = ("agent", "billing_manager", "technician", "accountant", "admin")
#: Models of OCA that hold payers' money and accounts.
OF_OTHERS = [
    "account.banking.mandate",
    "account.payment.order",
    "account.payment.line",
    "account.payment.lot",
    "payment.return",
    "payment.return.line",
]
#: Who has no business with payments at all.
OTHERS = {
    "employee": "base.group_user",
    "portal": "base.group_portal",
    "public": "base.group_public",
}


@tagged("post_install", "-at_install")
class TestAccessMatrix(SomconnexioCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = {role: f"somconnexio_base.group_telecom_{role}" for role in ROLES}
        cls.users = {
            name: new_test_user(cls.env, f"matrix_{name}", group)
            for name, group in (groups | OTHERS).items()
        }
        cls.models = {
            name: cls.env[name]
            for name in cls.env.registry
            if cls.env[name]._original_module == MODULE and not cls.env[name]._abstract
        }

    def _rights(self, name, model_name):
        """Return the rights of a user on a model, as letters."""
        model = self.env[model_name].with_user(self.users[name])
        return "".join(
            letter
            for letter, operation in OPERATIONS.items()
            if model.has_access(operation)
        )

    def _table(self):
        """Return {model: {role: letters}} of the file."""
        with (FOLDER / "access_matrix.csv").open(encoding="utf-8") as file:
            return {row.pop("model"): row for row in csv.DictReader(file)}

    def test_each_role_has_the_rights_of_the_table_on_each_model(self):
        table = self._table()
        self.assertEqual(sorted(table), sorted(self.models), "access_matrix.csv")
        for model_name, row in table.items():
            for role in ROLES:
                with self.subTest(f"{role} {model_name}"):
                    self.assertEqual(self._rights(role, model_name), row[role])

    def test_who_has_no_role_has_no_right(self):
        for model_name in self.models:
            for name in OTHERS:
                with self.subTest(f"{name} {model_name}"):
                    self.assertEqual(self._rights(name, model_name), "")

    def test_no_right_is_given_to_everybody(self):
        rights = self.env["ir.model.access"].search(
            [("model_id.model", "in", list(self.models)), ("group_id", "=", False)]
        )
        self.assertFalse(rights.mapped("name"))

    def test_each_model_of_a_company_is_kept_within_it(self):
        """Reading, writing, making and deleting: a rule that leaves one out is none."""
        names = [
            name
            for name, model in self.models.items()
            if not model._transient and "company_id" in model._fields
        ]
        rules = self.env["ir.rule"].search(
            [("model_id.model", "in", names + OF_OTHERS), ("global", "=", True)]
        )
        own = rules.filtered(lambda rule: "company_ids" in (rule.domain_force or ""))
        for name in names + OF_OTHERS:
            for operation in OPERATIONS.values():
                guarding = own.filtered(
                    lambda rule, name=name, operation=operation: (
                        rule.model_id.model == name and rule[f"perm_{operation}"]
                    )
                )
                with self.subTest(f"{operation} {name}"):
                    self.assertTrue(guarding)

    def _own_public_methods(self):
        """Yield ``model.method`` of what RPC reaches and this addon wrote."""
        for model_name in self.env.registry:
            model = self.env[model_name]
            names = {
                name
                for base in type(model).__mro__
                if base.__module__.startswith(f"odoo.addons.{MODULE}.")
                for name, value in vars(base).items()
                if callable(value) and not name.startswith("_")
            }
            for name in names - {"create", "write", "unlink", "copy", "copy_data"}:
                try:
                    get_public_method(model, name)
                except AccessError:
                    continue
                yield f"{model_name}.{name}"

    def test_rpc_reaches_what_is_meant_to_be_reached(self):
        with (FOLDER / "public_methods.csv").open(encoding="utf-8") as file:
            meant = {row["method"] for row in csv.DictReader(file)}
        self.assertEqual(sorted(self._own_public_methods()), sorted(meant))
