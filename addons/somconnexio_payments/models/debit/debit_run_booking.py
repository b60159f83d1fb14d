# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Entries of a run: one for each slice, made by background jobs.

A slice is some hundred debits of one account of the creditor and one day. Its entry is
what accountants call the entry of the remittance: one debit of the outstanding account,
one credit for each bill, reconciled with the bill (ADR 0015).
"""

from odoo import api, fields, models
from odoo.exceptions import LockError

from odoo.addons.queue_job.exception import RetryableJobError

from .debit_run import ACCOUNTANT

CLOSE_RETRY_SECONDS = 5
CLOSE_PRIORITY = 20
SLICE_SIZE = 500


class TelecomDebitRun(models.Model):
    _inherit = "telecom.debit.run"

    def _plan_slices(self):
        """Put the debits of the run into slices."""
        self._sql("50_insert_slices", slice_size=SLICE_SIZE)
        self._sql("51_assign_slices", slice_size=SLICE_SIZE)

    def action_book(self):
        """Book what is to be booked by now; failed slices are tried again."""
        for run in self:
            run._begin((ACCOUNTANT,), "sent")._queue_due_slices()
        return True

    def _queue_due_slices(self):
        """Queue the slices whose day has come, by the company's rule."""
        company = self.company_id
        due = self.slice_ids.filtered(lambda one: one.state in ("pending", "failed"))
        if company.telecom_debit_booking == "due":
            today = company._telecom_today()
            due = due.filtered(lambda one: one.due_date <= today)
        if not due:
            return
        due._queue()
        self.with_delay(
            priority=CLOSE_PRIORITY,
            identity_key=f"telecom.debit.run:{self.id}:close",
            description=self.env._(
                "Debit run %s: look whether it is booked", self.name
            ),
        )._job_close()

    def _job_close(self):
        """Note the run as booked once all its slices are; look again until then."""
        run = self.sudo().with_company(self.company_id)
        try:
            run.lock_for_update()
        except LockError as error:
            raise run._close_later() from error
        run.invalidate_recordset()
        if run.slice_ids.filtered(lambda one: one.state == "queued"):
            raise run._close_later()
        run._close_booking()

    def _close_later(self):
        return RetryableJobError(
            self.env._("Slices of debit run %s are still worked on.", self.name),
            seconds=CLOSE_RETRY_SECONDS,
            ignore_retry=True,
        )

    def _close_booking(self):
        """Note what was booked; the run is booked when all of it is."""
        self._refresh_totals()
        failed = self.slice_ids.filtered(lambda one: one.state == "failed")
        if failed:
            self.message = failed[0].message
        is_done = all(one.state == "done" for one in self.slice_ids)
        if is_done and self.state == "sent":
            self.write(
                {
                    "state": "booked",
                    "booked_at": fields.Datetime.now(),
                    "message": False,
                }
            )

    @api.model
    def _cron_book_due(self):
        """Queue the slices of sent runs whose day has come."""
        runs = self.search([("state", "=", "sent")])
        Cron = self.env["ir.cron"]
        Cron._commit_progress(remaining=len(runs))
        for run in runs:
            run.sudo().with_company(run.company_id)._queue_due_slices()
            Cron._commit_progress(1)

    def _entry_date(self, due_date):
        """Return the day of the entry of what is due on a day, by the company's rule.

        :param date due_date: day of the debits
        """
        if self.company_id.telecom_debit_booking == "due":
            return due_date
        return self.sent_date
