# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The bank refused the whole file: as if it had never been sent."""

from odoo import models
from odoo.exceptions import UserError

from .debit_run import ACCOUNTANT


class TelecomDebitRun(models.Model):
    _inherit = "telecom.debit.run"

    def action_rejected(self):
        """Ask why the bank refused the file."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("The bank refused the file"),
            "res_model": "telecom.debit.rejection",
            "view_mode": "form",
            "target": "new",
            "context": {"default_run_id": self.id},
        }

    def _undo(self, reason, day=None):
        """Take back a run that the bank refused as a whole (pain.002 RJCT).

        Entries are reversed, bills are open again, mandates as they were, changes of
        mandates wait to be told again, retries and parts of plans too.

        :param str reason: the bank's code or words
        :param date day: civil day of the reversal, today by default
        :raise UserError: when the file was not sent, or a debit came back by itself
        """
        run = self._begin((ACCOUNTANT,), "sent", "booked")
        day = day or run.company_id._telecom_today()
        run.slice_ids._undo(day, reason)
        run._sql("61_take_back_use")
        run._release("cancel")
        run._refresh_totals()
        run.write({"state": "rejected", "rejection_reason": reason})
        return True


class TelecomDebitSlice(models.Model):
    _inherit = "telecom.debit.slice"

    def _undo(self, day, reason):
        """Reverse the entries of slices; jobs that are still queued do nothing."""
        for slice_ in self.filtered("move_id"):
            slice_._reverse(day, reason)
        self.write({"state": "undone"})

    def _reverse(self, day, reason):
        """Reverse the entry of one slice and let its bills be open again."""
        move = self.move_id
        credits = move.line_ids.filtered("credit")
        self._check_not_returned(credits)
        credits.remove_move_reconcile()
        reversal = move._reverse_moves(
            [{"date": day, "ref": f"{move.ref}: {reason}"}], cancel=True
        )
        calls = self.run_id.line_ids.filtered(
            lambda line: line.debit_slice_id == self and line.capital_call_id
        )._calls_paid_by_debit()
        calls.instalment_failed(day, reason, move=reversal)

    def _check_not_returned(self, credits):
        """Raise when the bank gave single debits back: then it took the file."""
        others = credits.matched_debit_ids.debit_move_id.move_id
        returned = others.filtered(
            lambda entry: entry.move_type == "entry" and not self.is_capital
        )
        if returned:
            raise UserError(
                self.env._(
                    "%(run)s: single debits came back (%(entry)s), so the bank did take"
                    " the file. Let the returns be booked instead.",
                    run=self.run_id.name,
                    entry=returned[0].display_name,
                )
            )
