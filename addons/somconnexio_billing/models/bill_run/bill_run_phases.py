# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The stages that background jobs do slice by slice: queue, watch, close."""

from odoo import models
from odoo.exceptions import LockError

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.job import ENQUEUED, PENDING, STARTED, WAIT_DEPENDENCIES

from . import stages

LIVE_JOB_STATES = (PENDING, ENQUEUED, STARTED, WAIT_DEPENDENCIES)
CLOSE_RETRY_SECONDS = 5
CLOSE_PRIORITY = 20


class TelecomBillRun(models.Model):
    _inherit = "telecom.bill.run"

    def _queue_slices(self, stage):
        """Queue the slices with accounts that wait for a stage, and its closing."""
        self._check_not_blocked(stage)
        if stage.code == "invoice":
            self._plan_slices()
        step = self._step(stage)
        step._begin()
        slices = self._waiting_slices(stage)
        slices.write({stage.slice_field: "queued", "message": False})
        slices._queue(stage)
        self.with_delay(
            priority=CLOSE_PRIORITY,
            identity_key=f"telecom.bill.run:{self.id}:close:{stage.code}",
            description=self.env._(
                "Bill run %(run)s: close %(step)s",
                run=self.name,
                step=self._stage_label(stage),
            ),
        )._job_close(stage.code)

    def _plan_slices(self):
        """Put the accounts that wait for a bill into slices."""
        numbers = self.slice_ids.mapped("number")
        plan = {
            "slice_size": self.slice_size,
            "first_number": max(numbers, default=0) + 1,
        }
        self._sql("60_insert_slices", **plan)
        self._sql("61_assign_slices", **plan)

    def _waiting_slices(self, stage):
        """Return the slices with accounts that wait for a stage."""
        return self.env["telecom.bill.run.slice"].search(
            [
                ("run_id", "=", self.id),
                ("account_ids.state", "=", stage.from_state),
            ],
            order="number",
        )

    def _live_slices(self, stage):
        """Return the queued slices of a stage whose job is still to come."""
        queued = self.slice_ids.filtered(lambda s: s[stage.slice_field] == "queued")
        jobs = self.env["queue.job"].search(
            [
                ("uuid", "in", queued.mapped("job_uuid")),
                ("state", "in", LIVE_JOB_STATES),
            ]
        )
        uuids = set(jobs.mapped("uuid"))
        return queued.filtered(lambda slice_: slice_.job_uuid in uuids)

    def _job_close(self, code):
        """Close a stage once all its slices are done; look again until then."""
        run = self._engine()
        stage = stages.BY_CODE[code]
        try:
            run.lock_for_update()
        except LockError as error:
            raise run._close_later() from error
        if run._live_slices(stage):
            raise run._close_later()
        run._close_stage(stage)

    def _close_later(self):
        """Return the error that makes the queue ask again in a moment."""
        return RetryableJobError(
            self.env._("Slices of bill run %s are still worked on.", self.name),
            seconds=CLOSE_RETRY_SECONDS,
            ignore_retry=True,
        )

    def _close_stage(self, stage):
        """Note how a stage ended, control it, and go on if asked to.

        Closing twice does nothing the second time.
        """
        step = self._step(stage)
        if step.state != "running":
            return
        done_count = self._count_done(stage)
        failed = self.slice_ids.filtered(
            lambda s: s[stage.slice_field] in ("queued", "failed")
        )
        self._run_checks(stage.code)
        self._refresh_totals()
        if failed:
            self._fail_stage(stage, failed, done_count)
            return
        step._finish(done_count)
        self.state = stage.done_state
        if stage.code == "deliver":
            self._delay_collect()
        self._advance_if_wanted()

    def _count_done(self, stage):
        """Return how many accounts of this run have a stage behind them."""
        order = [s.to_state for s in stages.STAGES if s.to_state]
        reached = order[order.index(stage.to_state) :]
        return self.account_ids.search_count(
            [("run_id", "=", self.id), ("state", "in", reached)]
        )

    def _fail_stage(self, stage, slices, done_count):
        """Note that slices failed; pressing the button again retries them."""
        slices.write({stage.slice_field: "failed"})
        message = self.env._(
            "%(count)s slices failed, the first one with: %(reason)s. Press the button"
            " again to retry them.",
            count=len(slices),
            reason=next(filter(None, slices.mapped("message")), self.env._("unknown")),
        )
        self._step(stage)._fail(message, done_count)
        self.run_until = False
        self.message_post(body=message)

    def _delay_advance(self):
        """Queue the job that does the next stage of a run that runs through."""
        self.with_delay(
            identity_key=f"telecom.bill.run:{self.id}:advance",
            description=self.env._("Bill run %s: next step", self.name),
        )._job_advance()

    def _job_advance(self):
        """Do the next stage of a run that runs through, in its own transaction."""
        stage = self._next_stage()
        if not stage or not self.run_until:
            return
        self._start(stage.code)
        if not stage.slice_field:
            self._advance_if_wanted()

    def _advance_if_wanted(self):
        """Queue the next stage unless the wanted one is reached."""
        if not self.run_until:
            return
        if stages.has_reached(self.state, stages.BY_CODE[self.run_until].done_state):
            self.sudo().run_until = False
            return
        self._delay_advance()

    def _on_advance_failed(self, exc_message=None, exc_name=None, **_values):
        """Stop running through and say why (called by the job queue)."""
        message = str(exc_message or exc_name or "")
        for run in self.sudo():
            stage = run._next_stage()
            if stage:
                run._step(stage)._fail(message)
            run.run_until = False
            run.message_post(body=message)
