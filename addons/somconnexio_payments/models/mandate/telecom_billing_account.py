# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from .account_banking_mandate import USABLE


class TelecomBillingAccount(models.Model):
    """The mandates of a billing account: one at most is in force."""

    _inherit = "telecom.billing.account"

    mandate_ids = fields.One2many(
        "account.banking.mandate", "telecom_billing_account_id", string="Mandates"
    )
    mandate_count = fields.Integer(compute="_compute_mandate_count", compute_sudo=True)
    usable_mandate_id = fields.Many2one(
        "account.banking.mandate",
        string="Mandate in force",
        compute="_compute_usable_mandate_id",
        compute_sudo=True,
        help="What came along from another system is in it.",
    )
    is_debit_blocked = fields.Boolean(
        string="No direct debit for now",
        tracking=True,
        help="Bills of this account are left out of debit runs until this is undone.",
    )

    def _compute_mandate_count(self):
        groups = self.env["account.banking.mandate"]._read_group(
            [("telecom_billing_account_id", "in", self.ids)],
            ["telecom_billing_account_id"],
            ["__count"],
        )
        counts = {account.id: count for account, count in groups}
        for account in self:
            account.mandate_count = counts.get(account.id, 0)

    @api.depends("mandate_ids.state")
    def _compute_usable_mandate_id(self):
        for account in self:
            account.usable_mandate_id = account.mandate_ids.filtered(
                lambda mandate: mandate.state in USABLE
            )[:1]

    @api.depends("collection_method", "partner_bank_id", "mandate_ids.state")
    def _compute_collection_warning(self):
        """Override of base to say that a mandate is missing."""
        result = super()._compute_collection_warning()
        warning = self.env._(
            "This account pays by direct debit but has no mandate in force: its bills"
            " cannot be collected. Have one signed, or choose transfer."
        )
        for account in self:
            is_debited = account.collection_method == "direct_debit"
            if (
                is_debited
                and not account.collection_warning
                and (
                    not account.sudo().mandate_ids.filtered(lambda m: m.state in USABLE)
                )
            ):
                account.collection_warning = warning
        return result

    def write(self, vals):
        """Override of base: another IBAN amends the mandate in force."""
        result = super().write(vals)
        if vals.get("partner_bank_id"):
            for account in self:
                mandates = account.sudo().mandate_ids
                mandates.filtered(lambda one: one.state in USABLE)._amend_account(
                    account.sudo().partner_bank_id
                )
        return result

    def _usable_mandate(self, day):
        """Return the mandate under which the account may be debited on a civil day.

        :param date day: day of the debit
        :return: account.banking.mandate, empty when there is none
        """
        self.ensure_one()
        return self.mandate_ids.filtered(lambda mandate: mandate._is_usable(day))[:1]

    @api.model
    def _without_usable_mandate(self, company):
        """Override of base: accounts that pay by debit and have no mandate in force.

        A company that draws no money yet misses none.
        """
        if not company._telecom_can_debit():
            return super()._without_usable_mandate(company)
        return self.search(
            [
                ("company_id", "=", company.id),
                ("collection_method", "=", "direct_debit"),
                "!",
                ("mandate_ids", "any", [("state", "in", USABLE)]),
            ]
        )

    def action_view_mandates(self):
        """Open the mandates of the account."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_payments.action_telecom_mandate"
        )
        return action | {
            "domain": [("telecom_billing_account_id", "=", self.id)],
            "context": {
                "default_telecom_billing_account_id": self.id,
                "default_partner_id": self.partner_bank_id.partner_id.id
                or self.partner_id.id,
                "default_partner_bank_id": self.partner_bank_id.id,
            },
        }

    def action_sign_mandate(self):
        """Prepare a mandate: print it, or note the one that was signed."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New mandate"),
            "res_model": "telecom.mandate.sign",
            "view_mode": "form",
            "target": "new",
            "context": {"default_billing_account_id": self.id},
        }
