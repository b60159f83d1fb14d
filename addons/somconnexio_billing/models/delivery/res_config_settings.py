# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    telecom_bill_mail_content = fields.Selection(
        related="company_id.telecom_bill_mail_content", readonly=False, required=True
    )
    telecom_bill_mails_per_minute = fields.Integer(
        related="company_id.telecom_bill_mails_per_minute",
        readonly=False,
        required=True,
    )
