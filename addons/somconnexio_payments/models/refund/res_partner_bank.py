# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class ResPartnerBank(models.Model):
    """Since when an account number is what it is: a change may be a fraud."""

    _inherit = "res.partner.bank"

    telecom_number_changed_at = fields.Datetime(
        string="Number changed at", readonly=True, copy=False
    )

    def write(self, vals):
        """Override of ``base`` to note when the number or the holder changes."""
        if {"acc_number", "partner_id"} & vals.keys():
            vals = {**vals, "telecom_number_changed_at": fields.Datetime.now()}
        return super().write(vals)
