# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.service.model import get_public_method
from odoo.tests import new_test_user, tagged

from odoo.addons.somconnexio_base.tests.common import NOW

from .gateway_common import GatewayCommon

ROLES = ("agent", "billing_manager", "technician", "accountant", "admin")


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestGatewayAccess(GatewayCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gateway = cls._create_profile("plain")
        cls.users = {
            role: new_test_user(
                cls.env, f"gw_{role}", groups=f"somconnexio_base.group_telecom_{role}"
            )
            for role in ROLES
        }

    def test_accountant_compares_and_books_and_agent_does_not(self):
        Register = self.env["telecom.payment.gateway.register"]
        register = Register.with_user(self.users["accountant"])._compare_file(
            self.gateway,
            NOW[:10],
            f"txn_id;account;sum\n5;{self.account.code};9".encode(),
        )
        line = register.line_ids
        with self.assertRaises(AccessError):
            line.with_user(self.users["agent"]).action_book()
        line.action_book()
        self.assertEqual(line.state, "done")
        payment = line.transaction_ref_id.payment_ids
        self.assertEqual(payment.create_uid, self.users["accountant"])

    def test_only_administrators_try_calls_and_make_secrets(self):
        for model in ("trial", "secret.wizard"):
            for role in ("agent", "accountant"):
                with self.assertRaises(AccessError):
                    self.env[f"telecom.payment.gateway.{model}"].with_user(
                        self.users[role]
                    ).create({"gateway_id": self.gateway.id, "identifier": "x"})

    def test_other_companies_see_nothing(self):
        self._pay(self.gateway)
        company = self.env["res.company"].create({"name": "Other cooperative"})
        stranger = new_test_user(
            self.env,
            "gw_stranger",
            groups="somconnexio_base.group_telecom_admin",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        parts = ("field", "code", "identifier", "secret", "transaction", "message")
        for name in ("", *parts, "register", "register.line"):
            model = self.env[f"telecom.payment.gateway.{name}".rstrip(".")]
            self.assertFalse(model.with_user(stranger).search([]), name)

    def test_rpc_reaches_nothing_that_books_or_tells_secrets(self):
        for record, name in (
            (self.account, "_receive_payment"),
            (self.gateway, "_do_pay"),
            (self.gateway, "_answer"),
            (self.gateway.secret_ids, "_make"),
            (self.env["telecom.payment.gateway.register"], "_compare_file"),
        ):
            with self.assertRaises(AccessError):
                get_public_method(record, name)
