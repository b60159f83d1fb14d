# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    telecom_usage_retention_months = fields.Integer(
        related="company_id.telecom_usage_retention_months", readonly=False
    )
    telecom_is_usage_held = fields.Boolean(
        related="company_id.telecom_is_usage_held", readonly=False
    )
