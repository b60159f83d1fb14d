# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models

from .account_banking_mandate import MOST_NOTICE_DAYS


class ResCompany(models.Model):
    _inherit = "res.company"

    telecom_debit_user_id = fields.Many2one(
        "res.users",
        string="Responsible for direct debits",
        help="Who is told of mandates that lapse and of debit runs that wait.",
    )
    telecom_debit_notice_days = fields.Integer(
        string="Days of notice before a debit",
        default=14,
        help="The payer is told at least so many days before, unless the mandate says"
        " otherwise. 14 is what the rulebook asks for where nothing was agreed.",
    )

    _telecom_debit_notice_days_sane = models.Constraint(
        "CHECK (coalesce(telecom_debit_notice_days, 0)"
        f" BETWEEN 0 AND {MOST_NOTICE_DAYS})",
        f"A debit is told of at most {MOST_NOTICE_DAYS} days before.",
    )

    def write(self, vals):
        """Override of base: another identifier amends the mandates of a company."""
        before = {
            company: company.sepa_creditor_identifier
            for company in self
            if "sepa_creditor_identifier" in vals
        }
        result = super().write(vals)
        for company, identifier in before.items():
            new = company.sepa_creditor_identifier
            if identifier and new and identifier != new:
                self.env["account.banking.mandate"].sudo()._amend_creditor(company)
        return result
