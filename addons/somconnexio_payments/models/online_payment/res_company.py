# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    telecom_pay_link_days = fields.Integer(
        string="Pay links work for (days)",
        default=60,
        help="How long the address works that bills and reminders give.",
    )

    _telecom_pay_link_days_positive = models.Constraint(
        "CHECK (telecom_pay_link_days > 0)", "A pay link works for one day or more."
    )

    def _takes_cards(self):
        """Tell whether members of the company can pay by a provider that is in use."""
        self.ensure_one()
        found = (
            self.env["payment.provider"]
            .sudo()
            .search_count(
                [
                    ("company_id", "parent_of", self.id),
                    ("state", "=", "enabled"),
                    ("is_published", "=", True),
                ],
                limit=1,
            )
        )
        return bool(found)

    def _telecom_transfer_iban(self):
        """Return the IBAN that members transfer to, in groups of four; "" for none."""
        self.ensure_one()
        account = self.telecom_debit_journal_id.bank_account_id
        number = account.sanitized_acc_number or ""
        return " ".join(number[i : i + 4] for i in range(0, len(number), 4))
