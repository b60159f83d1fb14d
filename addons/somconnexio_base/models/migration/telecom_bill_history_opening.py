# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError

OPENING_BATCH = 200


class TelecomBillHistory(models.Model):
    """What is unpaid of earlier bills, as entries of the accounts here."""

    _inherit = "telecom.bill.history"

    @api.private
    def make_opening_entries(self, journal, account, date):
        """Post one entry per bill with something unpaid and no entry yet.

        The receivable of the customer against an account of opening balances: no
        revenue and no tax, which the other system's books hold. Bill number and due
        date are on the receivable, so that payments find it.

        :param journal: account.journal of type general
        :param account: account.account that takes the other side
        :param date date: of the entries, usually the last day before the change
        :return: the new account.move records
        :raise UserError: when the journal is of another type or company, or the
            account would itself be a receivable
        """
        self._check_opening(journal, account)
        due = self.filtered(lambda b: b.amount_residual and not b.opening_move_id)
        moves = self.env["account.move"]
        for start in range(0, len(due), OPENING_BATCH):
            moves |= due[start : start + OPENING_BATCH]._post_openings(
                journal, account, date
            )
        return moves

    def _check_opening(self, journal, account):
        if journal.type != "general" or journal.company_id not in (
            self.company_id or journal.company_id
        ):
            raise UserError(
                self.env._(
                    "Choose a journal of miscellaneous operations of the company of"
                    " the bills."
                )
            )
        if account.account_type in ("asset_receivable", "liability_payable"):
            raise UserError(
                self.env._(
                    "%(account)s is an account of customers or suppliers: choose the"
                    " account of your opening balances.",
                    account=account.display_name,
                )
            )

    def _post_openings(self, journal, account, date):
        moves = self.env["account.move"].create(
            [bill._prepare_opening(journal, account, date) for bill in self]
        )
        moves._post()
        for bill, move in zip(self, moves, strict=True):
            bill.opening_move_id = move
        return moves

    def _prepare_opening(self, journal, account, date):
        """Return the values of the entry of one bill."""
        self.ensure_one()
        receivable = self.partner_id.with_company(
            self.company_id
        ).property_account_receivable_id
        amount = self.amount_residual
        debit, credit = (amount, 0) if self.bill_type == "invoice" else (0, amount)
        common = {"partner_id": self.partner_id.id, "name": self.number}
        return {
            "move_type": "entry",
            "journal_id": journal.id,
            "date": date,
            "ref": self.number,
            "telecom_billing_account_id": self.billing_account_id.id,
            "line_ids": [
                fields.Command.create(
                    {
                        **common,
                        "account_id": receivable.id,
                        "date_maturity": self.due_date or self.issue_date,
                        "debit": debit,
                        "credit": credit,
                    }
                ),
                fields.Command.create(
                    {
                        **common,
                        "account_id": account.id,
                        "debit": credit,
                        "credit": debit,
                    }
                ),
            ],
        }
