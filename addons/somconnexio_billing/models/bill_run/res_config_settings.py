# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    telecom_bill_shock_amount = fields.Monetary(
        related="company_id.telecom_bill_shock_amount", readonly=False
    )
