# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    telecom_notices_held = fields.Boolean(
        related="company_id.telecom_notices_held", readonly=False
    )
    telecom_notice_mails_per_minute = fields.Integer(
        related="company_id.telecom_notice_mails_per_minute",
        readonly=False,
        required=True,
    )
    telecom_notice_text_months = fields.Integer(
        related="company_id.telecom_notice_text_months", readonly=False, required=True
    )
    telecom_quiet_start_hour = fields.Float(
        related="company_id.telecom_quiet_start_hour", readonly=False
    )
    telecom_quiet_end_hour = fields.Float(
        related="company_id.telecom_quiet_end_hour", readonly=False
    )
    telecom_sms_gateway_id = fields.Many2one(
        related="company_id.telecom_sms_gateway_id", readonly=False
    )
    telecom_sms_sender = fields.Char(
        related="company_id.telecom_sms_sender", readonly=False
    )
