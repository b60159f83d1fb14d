# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    telecom_termination_notice_days = fields.Integer(
        string="Notice of termination (days)",
        default=2,
        help="How many days from the request a service goes on. Spanish customers may "
        "end it with two working days of notice (art. 7 of RD 899/2009).",
    )
    telecom_withdrawal_days = fields.Integer(
        string="Right of withdrawal (days)",
        default=14,
        help="Natural days in which a consumer may withdraw (art. 104 of RDL 1/2007).",
    )
    telecom_holder_document_count = fields.Integer(
        string="Documents for a change of holder",
        default=1,
        help="How many must be attached: the signed request, identity documents.",
    )

    _telecom_operation_days_not_negative = models.Constraint(
        "CHECK (telecom_termination_notice_days >= 0"
        " AND telecom_withdrawal_days >= 0 AND telecom_holder_document_count >= 0)",
        "Periods and numbers of documents are zero or more.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    telecom_termination_notice_days = fields.Integer(
        related="company_id.telecom_termination_notice_days", readonly=False
    )
    telecom_withdrawal_days = fields.Integer(
        related="company_id.telecom_withdrawal_days", readonly=False
    )
    telecom_holder_document_count = fields.Integer(
        related="company_id.telecom_holder_document_count", readonly=False
    )
