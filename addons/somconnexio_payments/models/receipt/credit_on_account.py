# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What was paid too much pays what comes next."""

from odoo import api, models

from ... import sql_steps

ACCOUNTS_AT_ONCE = 500


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
        being refunded. Some hundred accounts at a time, in few queries.
        """
        for start in range(0, len(self), ACCOUNTS_AT_ONCE):
            waiting = self[start : start + ACCOUNTS_AT_ONCE]
            while waiting:
                plan, waiting = waiting._credit_plan()
                if plan:
                    self.env["account.move.line"]._reconcile_plan(plan)

    def _credit_plan(self):
        """Return what credit pays now, and the accounts that have to wait for that.

        :return: list of account.move.line, of which each is matched as a whole; and
            the accounts whose credit another account of the same payer uses first
        """
        bills = self._lines_for_credit().grouped(
            lambda line: line.move_id.telecom_billing_account_id
        )
        credits = self._free_credits()
        plan, taken, later = [], set(), self.browse()
        for account in self.filtered(bills.get):
            items = credits[account]
            if taken.intersection(items.ids):
                later |= account
            elif matches := _matches(bills[account], items):
                taken.update(items.ids)
                plan += matches
        return plan, later

    def _lines_for_credit(self):
        """Return the open receivable lines that credit on account may pay."""
        lines = self.env["account.move.line"].search(self._open_line_domain())
        bills = lines.move_id
        held = bills._is_being_debited() | bills.filtered(
            lambda bill: "open" in bill.dispute_ids.mapped("state")
        )
        return lines.filtered(lambda line: line.move_id not in held)


def _matches(lines, items):
    """Return open lines with the credit that pays them, by ledger and currency."""
    credits = items.grouped(_ledger)
    return [
        credits[ledger] | owed
        for ledger, owed in lines.grouped(_ledger).items()
        if ledger in credits
    ]


def _ledger(line):
    return line.account_id, line.currency_id
