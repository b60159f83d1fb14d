# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The entry of a slice: one debit, one credit for each bill, matched with the bill.

The ORM makes the entry with one credit; SQL casts the others from it, as ADR 0020 does
with statement lines, and matches them (ADR 0022).
"""

from decimal import Decimal

from odoo import Command, models
from odoo.exceptions import UserError

from ... import sql_steps


class TelecomDebitSlice(models.Model):
    _inherit = "telecom.debit.slice"

    def _book(self, rows):
        """Make the entry, match it with the bills, close the debits.

        :param list rows: dictionaries of ``sql/debit/52``
        """
        entry_date = self.run_id._entry_date(self.due_date)
        make = self._cast_entry if self._is_castable(rows) else self._create_entry
        move = make(rows, entry_date)
        self.move_id = move
        if self.is_capital:
            self._note_capital_paid(rows, move, entry_date)
        else:
            self._match_bills(move)
        self._close_lines(entry_date)

    def _is_castable(self, rows):
        """Tell whether credits differ only in what the mould's copies replace.

        Not where entries are in another currency or sealed when posted, nor where
        bills stand on several accounts.
        """
        journal = self.order_id.journal_id
        company = self.company_id
        return (
            len({row["account_id"] for row in rows}) == 1
            and journal.currency_id
            in (company.currency_id, company.currency_id.browse())
            and not journal.restrict_mode_hash_table
        )

    def _create_entry(self, rows, entry_date):
        """Return the posted entry, made by the ORM."""
        move = self.env["account.move"].create(self._entry_vals(rows, entry_date))
        move._post(soft=False)
        return move

    def _cast_entry(self, rows, entry_date):
        """Return the posted entry, of which SQL has cast the credits."""
        first, total = rows[0], _total(rows)
        move = self._create_entry([{**first, "amount": total}], entry_date)
        mould = move.line_ids.filtered("credit")
        self.env.flush_all()
        self._step("54_trim_mould", mould_id=mould.id, amount=Decimal(first["amount"]))
        self._step("55_cast_credits", mould_id=mould.id, mould_name=first["name"])
        self.env.invalidate_all(flush=False)
        self._check_entry(move, len(rows))
        return move

    def _check_entry(self, move, count):
        """Raise unless an entry has so many credits and is balanced.

        :raise UserError: naming the slice; nothing of it stays
        """
        (found,) = sql_steps.fetch(self.env, "debit/56_check_entry", move_id=move.id)
        if (found["credit_count"], found["balance"]) != (count, 0):
            raise UserError(
                self.env._(
                    "The entry of slice %(number)s of %(run)s does not add up:"
                    " %(found)s credits of %(count)s, %(balance)s out of balance."
                    " Nothing of it is booked.",
                    number=self.number,
                    run=self.run_id.name,
                    found=found["credit_count"],
                    count=count,
                    balance=found["balance"],
                )
            )

    def _entry_vals(self, rows, entry_date):
        """Return the values of the entry: one debit, one credit for each bill."""
        reference = self.order_id.sepa_message_id
        own = {
            "name": f"{reference} #{self.number}",
            "account_id": self.order_id._debit_outstanding_account().id,
            "debit": float(_total(rows)),
            "credit": 0.0,
        }
        credits = [
            {
                "name": row["name"],
                "account_id": row["account_id"],
                "partner_id": row["partner_id"],
                "debit": 0.0,
                "credit": float(row["amount"]),
                "date_maturity": self.due_date,
            }
            for row in rows
        ]
        return {
            "move_type": "entry",
            "journal_id": self.order_id.journal_id.id,
            "company_id": self.company_id.id,
            "date": entry_date,
            "ref": reference,
            "line_ids": [Command.create(vals) for vals in (own, *credits)],
        }

    def _match_bills(self, move):
        """Match each credit with the item of its bill, all at once.

        A bill that was paid in another way since the file was written, or taken back,
        leaves the credit on account.
        """
        self.env.flush_all()
        rows = sql_steps.fetch(
            self.env, "debit/57_list_pairs", slice_id=self.id, move_id=move.id
        )
        self.env["account.move.line"]._match_pairs(
            [(row["item_id"], row["credit_id"]) for row in rows]
        )

    def _note_capital_paid(self, rows, move, entry_date):
        """Note instalments of share capital as paid by the entry.

        One that was paid in another way meanwhile, or dropped, leaves the money as an
        open item of called capital; the member's history says so.
        """
        Call = self.env["cooperative.capital.call"]
        for row in rows:
            call = Call.browse(row["capital_call_id"])
            if call.state in ("called", "failed"):
                call.instalment_paid(entry_date, move, row["name"])
            else:
                call.membership_id.message_post(
                    body=self.env._(
                        "Debit %(debit)s came in for %(instalment)s, which was not "
                        "owed any more: give the money back.",
                        debit=row["name"],
                        instalment=call.display_name,
                    )
                )

    def _close_lines(self, entry_date):
        """Close the debits; their bills may be debited anew if the money comes back."""
        self.env.flush_all()
        self._step("53_close_lines", booked_date=entry_date)
        self.env.invalidate_all()

    def _step(self, name, **params):
        """Run a statement of ``sql/debit`` for this slice."""
        sql_steps.run(self.env, f"debit/{name}", slice_id=self.id, **params)


def _total(rows):
    """Return what rows of ``sql/debit/52`` come to, a Decimal."""
    return sum(Decimal(row["amount"]) for row in rows)
