# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    telecom_debit_user_id = fields.Many2one(
        related="company_id.telecom_debit_user_id", readonly=False
    )
    telecom_debit_notice_days = fields.Integer(
        related="company_id.telecom_debit_notice_days", readonly=False
    )
