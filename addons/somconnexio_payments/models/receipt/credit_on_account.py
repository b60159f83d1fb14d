# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What was paid too much pays what comes next."""

from odoo import api, models

from ... import sql_steps


class TelecomBillingAccount(models.Model):
    _inherit = "telecom.billing.account"

    @api.model
    def _use_credits(self, company):
        """Let the credit on account of all payers of a company pay their open bills.

        Before anything is collected or dunned, so that nobody pays twice.

        :param company: res.company
        """
        self.env.flush_all()
        rows = sql_steps.fetch(
            self.env, "receipt/10_list_accounts_with_credit", company_id=company.id
        )
        accounts = self.sudo().browse([row["id"] for row in rows])
        accounts.with_company(company)._use_credit()

    def _use_credit(self):
        """Let credit on account pay open bills, those that fall due first.

        Bills in a debit run or claimed about are left alone, and so is credit that is
        being refunded.
        """
        for account in self:
            owed = account._lines_for_credit()
            if not owed:
                continue
            credits = account._free_credit_items()
            for (ledger, currency), lines in owed.grouped(
                lambda line: (line.account_id, line.currency_id)
            ).items():
                fitting = credits.filtered(
                    lambda line, ledger=ledger, currency=currency: (
                        line.account_id == ledger and line.currency_id == currency
                    )
                )
                if fitting:
                    (fitting + lines).reconcile()

    def _lines_for_credit(self):
        """Return the open receivable lines that credit on account may pay."""
        self.ensure_one()
        lines = self.env["account.move.line"].search(self._open_line_domain())
        bills = lines.move_id
        held = bills._is_being_debited() | bills.filtered(
            lambda bill: "open" in bill.dispute_ids.mapped("state")
        )
        return lines.filtered(lambda line: line.move_id not in held)
