# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models

from ...notices import quiet_hours


class ResCompany(models.Model):
    _inherit = "res.company"

    telecom_notices_held = fields.Boolean(
        string="Hold notices",
        help="Notices are written down and wait; nothing is sent.",
    )
    telecom_notice_mails_per_minute = fields.Integer(
        string="Notices by e-mail per minute",
        required=True,
        default=120,
        help="How many mails the outgoing mail server takes without complaint.",
    )
    telecom_quiet_start_hour = fields.Float(
        string="Quiet from",
        required=True,
        default=21.0,
        help="Notices that can wait are not sent from this hour on, in the company's"
        " time zone.",
    )
    telecom_quiet_end_hour = fields.Float(
        string="Quiet until",
        required=True,
        default=9.0,
        help="The same hour as the start: no quiet hours.",
    )
    telecom_sms_gateway_id = fields.Many2one(
        "telecom.sms.gateway",
        string="SMS gateway",
        ondelete="restrict",
        domain="['|', ('company_id', '=', False), ('company_id', '=', id)]",
        help="Empty: Odoo's own SMS service.",
    )
    telecom_sms_sender = fields.Char(
        string="SMS sender",
        help="The name or number that telephones show; at most 11 letters or digits.",
    )

    telecom_notice_text_months = fields.Integer(
        string="Texts of notices kept (months)",
        required=True,
        default=24,
        help="What was said is forgotten after that; who was told what kind of thing,"
        " when and how stays. 0: never.",
    )

    _telecom_notice_text_months_not_negative = models.Constraint(
        "CHECK (telecom_notice_text_months >= 0)",
        "Texts of notices are kept for zero (for ever) or more months.",
    )
    _telecom_notice_mails_per_minute_range = models.Constraint(
        "CHECK (telecom_notice_mails_per_minute BETWEEN 1 AND 6000)",
        "Send between 1 and 6000 notices a minute.",
    )
    _telecom_quiet_hours_range = models.Constraint(
        "CHECK (telecom_quiet_start_hour >= 0 AND telecom_quiet_start_hour < 24"
        " AND telecom_quiet_end_hour >= 0 AND telecom_quiet_end_hour < 24)",
        "Quiet hours begin and end between 00:00 and 23:59.",
    )

    def _telecom_is_quiet(self):
        """Return whether it is now within the company's quiet hours."""
        self.ensure_one()
        return quiet_hours.is_quiet(
            fields.Datetime.now(),
            self.telecom_timezone,
            self.telecom_quiet_start_hour,
            self.telecom_quiet_end_hour,
        )
