# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import gc
import logging
from contextlib import contextmanager
from time import monotonic

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.queue_job.exception import RetryableJobError

from ... import sql_steps

_logger = logging.getLogger(__name__)
RECONCILED_AT_ONCE = 500
#: Who follows a bill is told that it is paid by notices, not line by line.
UNTOLD = {"tracking_disable": True}
#: What makes statement lines; the others only tell earlier.
STATEMENT_KINDS = ("camt.053", "norma43")


class TelecomBankFile(models.Model):
    """Bring a checked file into the books: all of it, or nothing."""

    _inherit = "telecom.bank.file"

    def action_book(self):
        """Book checked files, now or by a background job."""
        self.check_access("write")
        self._book_checked()
        return True

    def book(self):
        """Book checked files; one that is booked already is left as it is.

        All happens in this transaction: killed anywhere, nothing has happened and it
        can be done again. Two people at once: the second waits and finds it done.

        :raise UserError: for a refused file
        """
        self.check_access("write")
        for file in self.sorted("id"):
            file.lock_for_update()
            file.invalidate_recordset(["state"])
            if file.state == "booked":
                continue
            if file.state != "checked":
                raise UserError(
                    self.env._(
                        "%(file)s is refused: %(why)s",
                        file=file.name,
                        why=file.error_message,
                    )
                )
            # Whoever may book a file need not have the right to each thing it makes.
            file.sudo().with_company(file.company_id)._book()

    @api.private
    def _job_book(self):
        """Book by a background job; a locked file is tried again.

        :raise RetryableJobError: when another transaction works on it
        """
        if not self.try_lock_for_update():
            raise RetryableJobError("the file is being booked", seconds=10)
        self.book()

    def _book(self):
        started = monotonic()
        self._lock_journals()
        with _paused_garbage_collection():
            returned = self._take_returns()
            if self._makes_statements():
                self._book_statements()
            returned._follow()
        self._passing().write(
            {
                "state": "booked",
                "booked_at": fields.Datetime.now(),
                "booking_seconds": monotonic() - started,
                "warning_message": "\n".join(self._warnings()) or False,
            }
        )
        _logger.info(
            "Bank file %s booked: %s entries in %.1f s",
            self.id,
            self.entry_count,
            monotonic() - started,
        )

    def _makes_statements(self):
        return (self.kind or "").startswith(STATEMENT_KINDS)

    def _lock_journals(self):
        """Let one file at a time number the entries of a bank's journal."""
        ids = {facts["journal"] for facts in self.statement_facts or []}
        journals = self.env["account.journal"].browse(sorted(ids))
        journals.sudo().lock_for_update(allow_referencing=True)

    def _book_statements(self):
        parts = self.env["telecom.bank.transaction"].search(
            [
                ("booking_file_id", "=", self.id),
                ("state", "=", "waiting"),
                ("entry_id.statement_line_id", "=", False),
            ]
        )
        parts._match()
        parts._receive_credit()
        self._make_statements()
        parts._settle()

    def _warnings(self):
        """Return what a person should look at, as lines of text."""
        if not self._makes_statements():
            return []
        Journal = self.env["account.journal"]
        gaps = [
            self._gap_before(facts, Journal.browse(facts["journal"]))
            for facts in self.statement_facts
            if facts["from"]
        ]
        return list(filter(None, gaps))


class TelecomBankTransaction(models.Model):
    """Settle what has been allocated."""

    _inherit = "telecom.bank.transaction"

    def _settle(self):
        """Reconcile allocated transactions, and do what follows from that."""
        self._reconcile_counterparts()
        self._spread_rest()
        self._finish_reversals()
        self._tell_received()

    def _spread_rest(self):
        """Let what was more than the bill named pay what else its account owes."""
        more = self.env["account.move.line"].search(
            [
                ("id", "in", self.counterpart_line_id.ids),
                ("account_id.account_type", "=", "asset_receivable"),
                ("amount_residual", "<", 0),
            ]
        )
        if more:
            parts = self.filtered(lambda part: part.counterpart_line_id in more)
            parts.billing_account_id.sudo()._use_credit()

    def _reconcile_counterparts(self):
        """Reconcile allocated transactions with what they pay, some hundred at a time.

        Core's plan does a batch of pairs in few queries; a line that an earlier
        transaction has paid is left out, and what is left over is credit on account.
        """
        self.env.flush_all()
        ids = self.ids
        for start in range(0, len(ids), RECONCILED_AT_ONCE):
            some = self.browse(ids[start : start + RECONCILED_AT_ONCE])
            while some := some._reconcile_once():
                pass

    def _reconcile_once(self):
        """Reconcile transactions that do not pay the same lines.

        :return: the others, which come after them
        """
        rows = sql_steps.fetch(
            self.env, "bank_file/50_list_reconcilable", transaction_ids=self.ids
        )
        seen, now, later = set(), [], []
        for row in rows:
            if seen.isdisjoint(row["line_ids"]):
                seen.update(row["line_ids"])
                now.append(row)
            else:
                later.append(row["id"])
        self._match_items(now)
        return self.browse(later)

    def _match_items(self, rows):
        """Match the items of transactions with those that they pay, no item twice.

        :param rows: dictionaries of ``50_list_reconcilable``
        """
        Item = self.env["account.move.line"].with_context(**UNTOLD)
        single = [row for row in rows if len(row["line_ids"]) == 1]
        Item._match_pairs(
            [(row["line_ids"][0], row["counterpart_line_id"]) for row in single]
        )
        several = [
            [row["counterpart_line_id"], *row["line_ids"]]
            for row in rows
            if len(row["line_ids"]) > 1
        ]
        together = [item_id for item_ids in several for item_id in item_ids]
        if several:
            Item._reconcile_plan(
                [Item.browse(ids).with_prefetch(together) for ids in several]
            )
        Item.env.flush_all()

    def _finish_reversals(self):
        """Write down the returns that the bank has taken back."""
        taken_back = self.filtered(lambda part: part.rule == "reversal")
        taken_back._mark_reversed()


@contextmanager
def _paused_garbage_collection():
    """Let the collector rest while a file fills the cache."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
