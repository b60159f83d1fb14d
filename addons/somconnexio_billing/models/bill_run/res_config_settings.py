# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    telecom_bill_shock_amount = fields.Monetary(
        related="company_id.telecom_bill_shock_amount", readonly=False
    )
    telecom_four_eyes = fields.Boolean(
        related="company_id.telecom_four_eyes", readonly=False
    )
    telecom_bill_change_factor = fields.Float(
        related="company_id.telecom_bill_change_factor", readonly=False
    )
    telecom_bill_change_amount = fields.Monetary(
        related="company_id.telecom_bill_change_amount", readonly=False
    )
    telecom_risk_count = fields.Integer(
        related="company_id.telecom_risk_count", readonly=False
    )
