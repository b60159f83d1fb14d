# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import Command, models

from ...cooperative import ledger


class CooperativeShareMovement(models.Model):
    """The journal entry of a movement: what ``ledger.entry_lines`` says, posted."""

    _inherit = "cooperative.share.movement"

    def _entry_lines(self, membership, share_class, effect, counter, due_date):
        """Return the values of the lines of a movement's entry.

        :param counter: account of the money; the company's when empty
        :param date due_date: when a called amount is to be paid
        """
        accounts = membership.company_id._cooperative_accounting()
        lines = []
        for role, amount in ledger.entry_lines(effect).items():
            account = accounts[role]
            if role == "capital" and share_class.is_voluntary:
                account = accounts["voluntary"]
            if role == "counter":
                account = counter or self._counter_account(effect, accounts)
            is_due = role == "called" and due_date
            lines.append(
                self._line_vals(membership, account, amount, is_due and due_date)
            )
        return lines

    def _counter_account(self, effect, accounts):
        """Return where the money came from or went: a reduction keeps a deduction."""
        return accounts["deduction" if effect.subscribed else "counter"]

    def _transfer_lines(self, giver, receiver, share_class, effect):
        """Return the lines of a transfer: what one holds and owes becomes another's.

        No money of the cooperative's comes or goes.
        """
        accounts = giver.company_id._cooperative_accounting()
        lines = []
        for role, amount in ledger.entry_lines(effect).items():
            if role == "counter":
                continue
            account = accounts[role]
            if role == "capital" and share_class.is_voluntary:
                account = accounts["voluntary"]
            lines.append(self._line_vals(giver, account, -amount))
            lines.append(self._line_vals(receiver, account, amount))
        return lines

    def _line_vals(self, membership, account, amount, due_date=False):
        """Return the values of one line; a debit is positive."""
        return Command.create(
            {
                "account_id": account.id,
                "partner_id": membership.partner_id.id,
                "name": self.env._("Share capital %s", membership.display_name),
                "debit": max(amount, 0),
                "credit": max(-amount, 0),
                "date_maturity": due_date,
            }
        )

    def _post_entries(self, company, entries):
        """Create and post entries in the capital journal.

        Members are admitted by people without the right to write journal entries; the
        entry follows from the movement alone, hence the superuser.

        :param entries: list of (date, label, values of the lines)
        :return: the posted account.move, in the order of the entries
        """
        if not entries:
            return self.env["account.move"]
        journal = company._cooperative_accounting()["journal"]
        moves = (
            self.env["account.move"]
            .sudo()
            .with_company(company)
            .create(
                [
                    {
                        "move_type": "entry",
                        "journal_id": journal.id,
                        "date": date,
                        "ref": label,
                        "line_ids": lines,
                    }
                    for date, label, lines in entries
                ]
            )
        )
        moves._post(soft=False)
        return moves

    def _entry_label(self, kind, membership):
        """Return the reference of an entry: what it is and whose."""
        labels = dict(self._fields["kind"]._description_selection(self.env))
        return f"{labels[kind]} · {membership.display_name}"

    def action_view_entry(self):
        """Open the journal entry of a movement."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Journal entry"),
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "view_mode": "form",
        }
