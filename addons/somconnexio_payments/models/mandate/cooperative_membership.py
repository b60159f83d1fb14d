# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models

from .account_banking_mandate import USABLE


class CooperativeMembership(models.Model):
    """The mandate under which share capital is collected."""

    _inherit = "cooperative.membership"

    mandate_ids = fields.One2many("account.banking.mandate", "membership_id")
    mandate_count = fields.Integer(compute="_compute_mandate_count", compute_sudo=True)

    def _compute_mandate_count(self):
        for membership in self:
            membership.mandate_count = len(membership.mandate_ids)

    def write(self, vals):
        """Override of base: another IBAN amends the mandate in force."""
        result = super().write(vals)
        if vals.get("partner_bank_id"):
            for membership in self:
                mandates = membership.sudo().mandate_ids
                mandates.filtered(lambda one: one.state in USABLE)._amend_account(
                    membership.sudo().partner_bank_id
                )
        return result

    def _usable_mandate(self, day):
        """Return the mandate under which capital may be collected on a day.

        Its own, or that of a billing account of the member: a mandate names who
        draws money and from where, not what for.

        :param date day: civil day of the debit
        :return: account.banking.mandate, empty when there is none
        """
        self.ensure_one()
        own = self.mandate_ids.filtered(lambda one: one._is_usable(day))
        if own:
            return own[:1]
        accounts = self.env["telecom.billing.account"].search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
            ]
        )
        mandates = accounts.mandate_ids.filtered(lambda one: one._is_usable(day))
        return mandates.sorted("id")[:1]

    def action_view_mandates(self):
        """Open the mandates of a membership; a new one is for its share capital."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_payments.action_telecom_mandate"
        )
        return action | {
            "domain": [("membership_id", "=", self.id)],
            "context": {
                "default_membership_id": self.id,
                "default_partner_id": self.partner_bank_id.partner_id.id
                or self.partner_id.id,
                "default_partner_bank_id": self.partner_bank_id.id,
            },
        }
