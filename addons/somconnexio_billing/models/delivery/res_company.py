# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    telecom_bill_mail_content = fields.Selection(
        [
            ("pdf", "The bill attached as PDF"),
            ("link", "A link to the bill in the portal"),
        ],
        string="Bills by e-mail hold",
        required=True,
        default="pdf",
        help="The link opens the bill without a password: whoever has the mail can"
        " read it.",
    )
    telecom_bill_mails_per_minute = fields.Integer(
        string="Bills by e-mail per minute",
        required=True,
        default=120,
        help="How many mails the outgoing mail server takes without complaint.",
    )

    _telecom_bill_mails_per_minute_range = models.Constraint(
        "CHECK (telecom_bill_mails_per_minute BETWEEN 1 AND 6000)",
        "Send between 1 and 6000 bills a minute.",
    )
