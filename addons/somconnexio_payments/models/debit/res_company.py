# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models
from odoo.exceptions import UserError

from ...sepa import rules
from ...sepa.messages import Account, Creditor


class ResCompany(models.Model):
    """How a company draws money: account, days, entries, format."""

    _inherit = "res.company"

    telecom_debit_journal_id = fields.Many2one(
        "account.journal",
        string="Account for direct debits",
        check_company=True,
        domain="[('type', '=', 'bank')]",
        help="The bank account that gets the money.",
    )
    telecom_debit_capital_journal_id = fields.Many2one(
        "account.journal",
        string="Account for share capital",
        check_company=True,
        domain="[('type', '=', 'bank')]",
        help="Empty: the same account.",
    )
    telecom_debit_due_rule = fields.Selection(
        [("bill", "When the bill falls due"), ("fixed", "All on one day")],
        string="Day of the debit",
        default="bill",
        required=True,
    )
    telecom_debit_booking = fields.Selection(
        [
            ("due", "On the day of each debit"),
            ("sent", "When the file is sent"),
        ],
        string="Entries of debits",
        default="due",
        required=True,
        help="When bills count as paid, subject to return. The money is on the"
        " outstanding account until the bank's statement shows it.",
    )
    telecom_debit_version = fields.Selection(
        [
            ("pain.008.001.08", "pain.008.001.08"),
            ("pain.008.001.02", "pain.008.001.02 (old)"),
        ],
        string="Format of debit files",
        default="pain.008.001.08",
        required=True,
    )
    telecom_debit_after_bills = fields.Boolean(
        string="Propose debits after a bill run",
        default=True,
        help="When the bills of a run are delivered, a debit run is proposed for"
        " the accountant's review.",
    )

    def _telecom_can_debit(self):
        """Tell whether the company has an account and an identifier to draw money."""
        self.ensure_one()
        company = self.sudo()
        return bool(
            company.telecom_debit_journal_id and company.sepa_creditor_identifier
        )

    def _telecom_debit_method_line(self, is_capital=False):
        """Return OCA's payment method of the account that gets the money.

        :param bool is_capital: of share capital, which may have another account
        """
        company = self.sudo()
        journal = is_capital and company.telecom_debit_capital_journal_id
        journal = journal or company.telecom_debit_journal_id
        method = self.env.ref("account_payment_sepa_direct_debit.sepa_direct_debit")
        found = journal.inbound_payment_method_line_ids.filtered(
            lambda line: line.payment_method_id == method.sudo()
        )[:1]
        return found or self.env["account.payment.method.line"].sudo().create(
            {
                "name": method.sudo().name,
                "payment_method_id": method.id,
                "journal_id": journal.id,
                "company_id": company.id,
            }
        )

    def _telecom_debit_problems(self):
        """Return what keeps the company from drawing money, as sentences."""
        company, problems = self.sudo(), []
        journals = company.telecom_debit_journal_id
        if not journals:
            problems.append(self.env._("choose the account for direct debits"))
        journals |= company.telecom_debit_capital_journal_id
        for journal in journals:
            iban = journal.bank_account_id.sanitized_acc_number
            creditor = Creditor(
                Account(company.name, iban or ""),
                company.sepa_creditor_identifier or "",
            )
            problems += map(
                self._telecom_debit_words, rules.creditor_problems(creditor)
            )
        return sorted(set(problems))

    def _telecom_debit_words(self, code):
        """Return what to do about a problem of the creditor."""
        words = {
            "creditor_id_missing": self.env._("enter the creditor identifier"),
            "creditor_id_invalid": self.env._(
                "correct the creditor identifier: its check digits do not hold"
            ),
            "creditor_iban_missing": self.env._(
                "give the bank journal an account number"
            ),
            "creditor_iban_invalid": self.env._("correct the IBAN of the bank journal"),
            "creditor_iban_outside_sepa": self.env._(
                "choose a bank journal with an account within the SEPA"
            ),
            "creditor_name_missing": self.env._("give the company a name"),
        }
        return words[code]


class TelecomDebitRun(models.Model):
    _inherit = "telecom.debit.run"

    def _check_company_ready(self):
        """Raise unless the company can draw money.

        :raise UserError: with all that has to be done
        """
        problems = self.company_id._telecom_debit_problems()
        if problems:
            raise UserError(
                self.env._(
                    "%(company)s cannot draw money yet. In Settings, Telecom, Direct"
                    " debit: %(problems)s.",
                    company=self.company_id.name,
                    problems="; ".join(problems),
                )
            )
