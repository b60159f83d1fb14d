# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models

from .account_banking_mandate import USABLE


class ResPartnerBank(models.Model):
    """An IBAN that is written over is another account: its mandates are amended."""

    _inherit = "res.partner.bank"

    def write(self, vals):
        """Override of base to tell the payer's bank of an IBAN that was replaced."""
        before = {}
        if "acc_number" in vals:
            before = {bank: bank.sanitized_acc_number for bank in self}
        result = super().write(vals)
        for bank, number in before.items():
            if number != bank.sanitized_acc_number:
                mandates = bank.sudo().mandate_ids
                for mandate in mandates.filtered(lambda one: one.state in USABLE):
                    mandate._note_amendment(
                        "account", number, bank.sanitized_acc_number
                    )
        return result
