# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import logging
from dataclasses import replace
from datetime import timedelta

from odoo import api, fields, models

from ...outbox import next_step, schedule, verdict
from ...outbox.redaction import redact
from ...outbox.verdict import Verdict
from .delivery import Result

_logger = logging.getLogger(__name__)
TOO_MANY_REQUESTS = 429


class TelecomOutbox(models.Model):
    """What is written down after an attempt, and what follows from it."""

    _inherit = "telecom.outbox"

    @api.model
    def _note(self, task, result):
        """Write down what came of a task.

        A sender that was taken to be dead may still bring the news that its call was
        done; whatever else it says is too late.
        """
        call = self.browse(task.call_id)
        result = call._without_secrets(result)
        call._log_attempt(
            "ask" if task.is_question else "send",
            started_at=task.started_at,
            outcome=result.verdict.value,
            duration_ms=result.duration_ms,
            status_code=result.status,
            error=result.error[:500],
        )
        call._note_endpoint(result)
        is_ours = call.claim_count == task.claim_count and call.lease_until_at
        is_news = result.verdict is Verdict.DONE and call.state == next_step.UNKNOWN
        if is_ours or is_news:
            step = call._next_step(task.is_question, result)
            call._take_step(step, result)

    def _without_secrets(self, result):
        """Return a result whose texts hold none of the endpoint's secrets."""
        endpoint = self.endpoint_id
        secrets = (endpoint.auth_secret, endpoint.auth_previous_secret)
        user = endpoint.auth_user or ""
        return replace(
            result,
            error=redact(result.error, secrets, user),
            answer=redact(result.answer, secrets, user),
        )

    def _log_attempt(self, kind, started_at=None, **vals):
        """Add a row to what happened to each call."""
        now = fields.Datetime.now()
        return self.env["telecom.outbox.attempt"].create(
            [
                {"call_id": call.id, "kind": kind, "started_at": started_at or now}
                | vals
                for call in self
            ]
        )

    def _note_endpoint(self, result):
        """Note on the endpoint how it did."""
        endpoint = self.endpoint_id
        now = fields.Datetime.now()
        if result.status == TOO_MANY_REQUESTS:
            wait = schedule.retry_after_seconds(result.retry_after, now)
            endpoint._note_throttling(wait, now)
        elif verdict.is_trouble(result.status):
            endpoint._note_failure(result.error, now)
        else:
            endpoint._note_success()

    def _next_step(self, is_question, result):
        """Return what follows from a result."""
        policy = self.endpoint_id._policy()
        if is_question:
            return next_step.after_asking(
                result.verdict, policy, self.attempt_count, self.ask_count
            )
        retry_after = schedule.retry_after_seconds(
            result.retry_after, fields.Datetime.now()
        )
        return next_step.after_sending(
            result.verdict, policy, self.attempt_count, retry_after
        )

    def _take_step(self, step, result):
        """Bring a call into its next state; see to it that somebody knows."""
        now = fields.Datetime.now()
        wait = step.wait_seconds
        is_done = step.state == next_step.DONE
        self.write(
            {
                "state": step.state,
                "due_at": now + timedelta(seconds=wait) if wait is not None else False,
                "lease_until_at": False,
                "status_code": result.status,
                "error": result.error[:500] if not is_done else False,
                "answer": result.answer or False,
                "done_at": now if is_done else False,
            }
        )
        if step.needs_person:
            self._tell_about_failure(step, result)
        if step.state in (next_step.DONE, next_step.DEAD):
            self._settle()

    def _tell_about_failure(self, step, result):
        """Tell the responsible person that a call doesn't go on by itself."""
        labels = dict(self._fields["state"]._description_selection(self.env))
        self.endpoint_id._tell_responsible(
            self.env._(
                "%(key)s: %(state)s (%(error)s). Replay it or give it up.",
                key=self.idempotency_key,
                state=labels[step.state],
                error=result.error or "-",
            )
        )

    def _settle(self):
        """Let other addons follow up; their fault does not undo what happened."""
        for call in self:
            try:
                with self.env.cr.savepoint():
                    call._on_settled()
                    self.env.flush_all()
            except Exception:  # whatever the code of another addon raises
                _logger.exception("Follow-up of %s failed", call.display_name)

    def _on_settled(self):
        """Hook: the call is done, a dead letter, or given up.

        Called once per such change, in the transaction that notes it and with the
        machine's rights. ``answer`` holds what the endpoint said.
        """

    def _note_lost(self, now):
        """Note that the sender of a call has died on the way."""
        self.ensure_one()
        is_safe = self.method == "GET"
        outcome = verdict.of_call(None, is_safe)
        error = self.env._("The sender was lost while it sent.")
        self._log_attempt("lost", outcome=outcome.value, error=error)
        policy = self.endpoint_id._policy()
        step = next_step.after_sending(outcome, policy, self.attempt_count)
        self._take_step(step, Result(outcome, error=error))
