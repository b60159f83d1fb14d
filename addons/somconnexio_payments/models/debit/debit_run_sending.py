# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The bank has the file: mandates were used, entries are due."""

from odoo import models
from odoo.exceptions import UserError

from .debit_run import ACCOUNTANT


class TelecomDebitRun(models.Model):
    _inherit = "telecom.debit.run"

    def action_sent(self):
        """Note that the bank took the file; entries follow by the company's rule."""
        for run in self:
            run._begin((ACCOUNTANT,), "filed")._note_sent()
        return True

    def _note_sent(self, is_known_sent=False):
        """Note one run as sent, in one transaction.

        :param bool is_known_sent: the bank has spoken of it, so that it was in time
        :raise UserError: when it is too late for the bank to take the file
        """
        today = self.company_id._telecom_today()
        if not is_known_sent:
            self._check_in_time(today)
        self._sql("44_note_use")
        self._sql("45_tell_amendments")
        self._sql("46_finish_wishes")
        self._show_order_state("uploaded")
        self.order_ids._run_passed().write({"date_uploaded": today})
        self.write({"state": "sent", "sent_date": today})
        self._plan_slices()
        self._queue_due_slices()

    def _check_in_time(self, today):
        """Raise when a debit's day has come: no bank takes the file any more."""
        late = self.order_ids.payment_line_ids.search_count(
            [("debit_run_id", "=", self.id), ("date", "<=", today)], limit=1
        )
        if late:
            raise UserError(
                self.env._(
                    "Debits of %s were planned for today or before: no bank takes the"
                    " file now. Cancel the run and propose it again.",
                    self.name,
                )
            )

    def action_cancel(self):
        """Cancel a run whose file was not sent; its bills can be debited anew."""
        states = ("draft", "proposed", "confirmed", "filed")
        for run in self:
            run = run._begin((ACCOUNTANT,), *states)
            run._release("cancel")
            run.state = "cancelled"
        return True

    def _release(self, order_state):
        """Let go of all debits; what was told of mandates waits again."""
        self._sql("60_release_lines")
        self._show_order_state(order_state)
