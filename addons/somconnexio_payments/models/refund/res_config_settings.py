# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    telecom_refund_four_eyes = fields.Boolean(
        related="company_id.telecom_refund_four_eyes", readonly=False
    )
    telecom_refund_iban_days = fields.Integer(
        related="company_id.telecom_refund_iban_days", readonly=False
    )
    telecom_refund_method_line_id = fields.Many2one(
        related="company_id.telecom_refund_method_line_id",
        readonly=False,
        domain="[('code', '=', 'sepa_credit_transfer'),"
        " ('payment_type', '=', 'outbound'), ('company_id', '=', company_id)]",
    )

    def action_prepare_telecom_refunds(self):
        """Find or make the bank journal's transfers."""
        self.ensure_one()
        self.company_id.action_prepare_telecom_refunds()
        return {"type": "ir.actions.client", "tag": "reload"}
