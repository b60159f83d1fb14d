# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from ...partner_data import iban

KEY_FIELDS = {"acc_number", "partner_id", "active"}


class ResPartnerBank(models.Model):
    _inherit = "res.partner.bank"

    telecom_iban_state = fields.Selection(
        [("valid", "Valid IBAN"), ("invalid", "Not an IBAN")],
        string="IBAN check",
        compute="_compute_telecom_iban_state",
    )

    @api.depends("acc_number")
    def _compute_telecom_iban_state(self):
        for account in self:
            state = iban.read(account.acc_number).state
            account.telecom_iban_state = state if account.acc_number else False

    @api.model_create_multi
    def create(self, vals_list):
        """Override of ``base`` to bring the keys of the holders up to date."""
        accounts = super().create(vals_list)
        accounts._follow_holders(accounts.partner_id)
        return accounts

    def write(self, vals):
        """Override of ``base`` to bring the keys of the holders up to date."""
        holders = self.partner_id
        result = super().write(vals)
        if not vals.keys().isdisjoint(KEY_FIELDS):
            self._follow_holders(holders | self.partner_id)
        return result

    def unlink(self):
        """Override of ``base`` to bring the keys of the holders up to date."""
        holders = self.partner_id
        result = super().unlink()
        self._follow_holders(holders.exists())
        return result

    @api.model
    def _follow_holders(self, holders):
        """Write the keys of partners and look for duplicates."""
        holders._sync_keys()
        holders._note_duplicates()

    def accept_normal_form(self):
        """Write the account numbers that are valid in their normal form.

        :raise AccessError: when the user may not write the account
        """
        for account in self:
            reading = iban.read(account.acc_number)
            if reading.proposal and reading.state == "valid":
                account.acc_number = reading.normal
        return True
