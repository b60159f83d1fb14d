# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A cooperative that pays back: its bank journal transfers, its ledger has a debt
account, and its users have roles."""

from odoo.tests import new_test_user

from odoo.addons.somconnexio_base.tests.membership_common import MembershipCommon

from .payments_common import PaymentsCommon

ROLES = ("agent", "billing_manager", "technician", "accountant", "admin")


class DeskCommon(PaymentsCommon, MembershipCommon):
    """``cls.users`` by role; ``cls.second`` is another accountant."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account_payable = cls._create_account(
            "410T01", "liability_payable", reconcile=True
        )
        cls.account_under_way = cls._create_account(
            "520T01", "asset_current", reconcile=True
        )
        cls.env["ir.default"].set(
            "res.partner",
            "property_account_payable_id",
            cls.account_payable.id,
            company_id=cls.company.id,
        )
        cls.company.cooperative_refund_months = 0
        cls._set_up_refunds()
        cls.users = {
            role: new_test_user(
                cls.env, f"desk_{role}", f"somconnexio_base.group_telecom_{role}"
            )
            for role in ROLES
        }
        cls.second = new_test_user(
            cls.env, "desk_second", "somconnexio_base.group_telecom_accountant"
        )

    @classmethod
    def _create_account(cls, code, account_type, **vals):
        """Override of the parent: the two worlds have an account of this code each."""
        code = "572T11" if code == "572T01" else code
        return super()._create_account(code, account_type, **vals)

    @classmethod
    def _set_up_refunds(cls):
        cls.company.action_prepare_telecom_refunds()
        cls.refund_method = cls.company.telecom_refund_method_line_id
        cls.refund_method.payment_account_id = cls.account_under_way
        cls.refund_method.payment_method_id.pain_version = "pain.001.001.09"

    def _as(self, role, record):
        """Return a record or model as a user of a role sees it."""
        return record.with_user(self.users[role])

    def _left_member(self, name="Núria Güell", iban=None):
        """Return the leaving of a member whose capital can be paid back today."""
        member = self._create_member(name)
        self._set_up_address(member.partner_id)
        if iban:
            account = self._create_bank_account(member.partner_id, iban)
            self._age(account)
        leaving = self.env["cooperative.leaving"].create(
            {
                "membership_id": member.id,
                "resolution_date": self.company._telecom_today(),
            }
        )
        leaving.action_resolve()
        return leaving

    def _age(self, bank_account):
        """Let a bank account be an old one."""
        self.env.cr.execute(
            "UPDATE res_partner_bank SET create_date = '2020-01-01' WHERE id = %s",
            [bank_account.id],
        )
        bank_account.invalidate_recordset(["create_date"])

    def _ledger(self, account):
        """Return the balance of a ledger account."""
        groups = self.env["account.move.line"]._read_group(
            [("account_id", "=", account.id), ("parent_state", "=", "posted")],
            [],
            ["balance:sum"],
        )
        return round(groups[0][0] or 0, 2)
