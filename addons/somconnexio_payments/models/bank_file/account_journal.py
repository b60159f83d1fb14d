# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models

FORMATS = ["camt.052", "camt.053", "camt.054", "Norma 43", "pain.002"]


class AccountJournal(models.Model):
    _inherit = "account.journal"

    def _get_bank_statements_available_import_formats(self):
        """Override of OCA to name the formats that our strict readers take."""
        formats = super()._get_bank_statements_available_import_formats()
        return [*formats, *FORMATS]

    def _telecom_expected_accounts(self):
        """Return the accounts of money on its way to or from these banks.

        :return: account.account that reconcile: those of the journals' payment methods
            and of their companies' outstanding payments
        """
        methods = (
            self.inbound_payment_method_line_ids | self.outbound_payment_method_line_ids
        )
        others = self.env["account.payment.method.line"].search(
            [
                ("company_id", "in", self.company_id.ids),
                ("payment_account_id", "!=", False),
            ]
        )
        accounts = methods.payment_account_id | others.payment_account_id
        for company in self.company_id:
            accounts |= self._telecom_outstanding_accounts(company)
        return accounts.filtered("reconcile")

    def _telecom_outstanding_accounts(self, company):
        """Return where core lets payments of a company wait for the bank.

        As ``account.payment._get_outstanding_account``, which raises where there is
        none.
        """
        chart = self.env["account.chart.template"].with_company(company)
        accounts = company.transfer_account_id
        for name in ("debit", "credit"):
            found = chart.ref(
                f"account_journal_payment_{name}_account_id", raise_if_not_found=False
            )
            accounts |= found or accounts.browse()
        return accounts
