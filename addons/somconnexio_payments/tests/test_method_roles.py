# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Who may call each public method: role by method, against a table.

``public_methods.csv`` has a row for each method that RPC reaches and this addon wrote.
Its ``kind`` is ``opens`` for what only returns an action that opens something, which
shows nothing by itself; ``theirs`` for what another addon's method decides, which this
one only adds to; ``never`` for what nobody may; and ``does`` for the rest. A cell is
``y`` where the method goes to work for that role, whatever it then finds, and empty
where the role is refused.

A new method without a row is red, in :mod:`test_access_matrix`, and so is one that
forgets to ask who calls.
"""

import csv
from pathlib import Path

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .bank_common import BankCommon
from .debit_common import NOW
from .desk_common import ROLES, DeskCommon
from .gateway_common import GatewayCommon
from .payments_common import IBANS

FILE = Path(__file__).with_name("public_methods.csv")
#: Whoever has no role stands for all of them.
OTHERS = {"employee": "base.group_user", "portal": "base.group_portal"}
ARGUMENTS = {
    "hold": ("2026-12-01", "x"),
    "note_handed_over": ("2026-10-05", "x"),
    "upload": ("x.xml", "eA=="),
}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMethodRoles(DeskCommon, GatewayCommon, BankCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = cls.users | {
            name: new_test_user(cls.env, f"method_{name}", group)
            for name, group in OTHERS.items()
        }
        with FILE.open(encoding="utf-8") as file:
            cls.table = list(csv.DictReader(file))
        debtor = cls._create_debtor("Debtor", IBANS[1])
        cls.bill = cls._create_bill(debtor, 10)
        cls._create_run()
        cls._create_records(debtor)

    @classmethod
    def _create_records(cls, debtor):
        """Let there be a record of each model that tells by itself who may do what."""
        cls.env["telecom.payment.dispute"].create(
            {"bill_id": cls.bill.id, "amount": 1, "reason": "x"}
        )
        cls.env["telecom.payment.plan"].create({"billing_account_id": debtor.id})
        cls.env["telecom.dunning.run"].create({"date": NOW[:10]})
        cls.env["telecom.dunning.case"]._create_guarded(
            [{"billing_account_id": debtor.id, "company_id": cls.company.id}]
        )
        gateway = cls._create_profile("plain")
        cls.env["telecom.payment.gateway.register"]._compare_file(
            gateway, NOW[:10], b"txn_id;account;sum\n9;x;7\n"
        )
        cls.env["telecom.month.close"].create({"month_date": "2026-09-01"})
        cls.env["telecom.debit.wish"]._ask(cls.bill, "retry", NOW[:10])

    def _target(self, model_name):
        """Return the ids of a record that a method is called on; none for wizards."""
        model = self.env[model_name].sudo()
        if model._abstract or model._transient:
            return []
        domain = []
        if model_name == "account.move":
            domain = [("id", "=", self.bill.id)]
        return model.search(domain, limit=1).ids

    def _is_refused(self, user, model_name, name):
        """Tell whether a method turns a user away; what it does is undone."""
        model = self.env[model_name].with_user(user)
        if model._transient:
            return not model.has_access("create")
        method = getattr(model.browse(self._target(model_name)), name)
        with self.env.cr.savepoint(flush=False) as savepoint:
            try:
                method(*ARGUMENTS.get(name, ()))
                return False
            except AccessError:
                return True
            except UserError as error:
                return "Only these roles" in str(error)
            except ValueError:  # there is no record: it got that far
                return False
            finally:
                savepoint.rollback()
                self.env.transaction.clear()

    @mute_logger("odoo.models.unlink", "odoo.addons.somconnexio_payments")
    def test_each_method_works_for_the_roles_of_the_table_and_for_no_other(self):
        for row in self.table:
            model_name, name = row["method"].rsplit(".", 1)
            if row["kind"] != "does":
                continue
            for role in (*ROLES, *OTHERS):
                expected = "" if role in OTHERS else row[role]
                with self.subTest(f"{role} {row['method']}"):
                    is_refused = self._is_refused(self.users[role], model_name, name)
                    self.assertEqual("" if is_refused else "y", expected)

    def test_what_nobody_may_is_refused_whoever_asks(self):
        for row in self.table:
            model_name, name = row["method"].rsplit(".", 1)
            if row["kind"] == "never":
                record = self.env[model_name].browse(self._target(model_name))
                with self.subTest(row["method"]), self.assertRaises(UserError):
                    getattr(record, name)()

    def test_what_only_opens_something_opens_it(self):
        for row in self.table:
            model_name, name = row["method"].rsplit(".", 1)
            model = self.env[model_name]
            target = self._target(model_name)
            if row["kind"] != "opens" or not target:
                continue
            with self.subTest(row["method"]):
                action = getattr(model.browse(target), name)()
                self.assertIn(
                    action["type"], ("ir.actions.act_window", "ir.actions.act_url")
                )
