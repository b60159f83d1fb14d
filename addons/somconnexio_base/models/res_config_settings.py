# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    telecom_timezone = fields.Selection(
        related="company_id.telecom_timezone", readonly=False, required=True
    )
    telecom_quarantine_days = fields.Integer(
        related="company_id.telecom_quarantine_days", readonly=False
    )
