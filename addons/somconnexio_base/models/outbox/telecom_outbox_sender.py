# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Send calls: claim, call, note, each in a transaction that is committed at once.

Another system can't take part in a transaction. So a call is *claimed* before it is
made: whoever dies in between leaves a row "being sent", whose outcome is unknown and
is found out before anything is sent again.
"""

from dataclasses import replace

from odoo import SUPERUSER_ID, api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ... import sql_steps
from ...outbox import credential, next_step
from ...outbox.errors import SettingError
from .delivery import Task, perform
from .messages import setting_error_text

#: Added to the endpoint's timeouts: after so long a sender is taken to be dead.
LEASE_SECONDS = 60
MAX_TRIES = 10


class TelecomOutbox(models.Model):
    _inherit = "telecom.outbox"

    @api.model
    def _cron_send(self):
        """Send what is due, as long as the server gives time."""
        cron = self.env["ir.cron"]
        self._commit_apart(lambda outbox: outbox._sweep_lost())
        cron._commit_progress(remaining=self._count_due())
        while self._send_next():
            if not cron._commit_progress(1):
                return
        # What is left waits for its endpoint's pause: nothing to be called back for.
        cron._commit_progress(remaining=0)

    @api.model
    def _job_send(self, endpoint_ids):
        """Send what is due at some endpoints; several jobs may do so at once.

        :param endpoint_ids: ids of telecom.outbox.endpoint
        :return: str for the list of jobs
        """
        self.env.flush_all()
        self._commit_apart(lambda outbox: outbox._sweep_lost())
        count = 0
        while self._send_next(endpoint_ids):
            count += 1
        return self.env._("%s calls", count)

    @api.model
    def _count_due(self):
        """Return how many calls wait for their turn now."""
        return self.search_count(
            [
                ("state", "in", (next_step.PENDING, next_step.UNKNOWN)),
                ("due_at", "<=", fields.Datetime.now()),
                ("endpoint_id.state", "=", "enabled"),
            ]
        )

    @api.model
    def _send_next(self, endpoint_ids=None, call_id=None):
        """Make the call whose turn it is.

        :param endpoint_ids: of these endpoints only; None for all
        :param int call_id: this call, if it is its turn; None for any
        :return: bool, whether there was one
        """
        task = self._commit_apart(
            lambda outbox: outbox._claim_task(endpoint_ids, call_id)
        )
        if not task:
            return False
        result = perform(task)
        self._commit_apart(lambda outbox: outbox._note(task, result))
        return True

    def _commit_apart(self, function):
        """Call a function with this model in a transaction that is committed at once.

        What another sender did at the same moment is waited for and seen.

        :param function: takes telecom.outbox in an environment of its own
        :return: what the function returns
        """
        for attempt in range(1, MAX_TRIES + 1):
            try:
                with self.env.registry.cursor() as cr:
                    env = api.Environment(cr, SUPERUSER_ID, {})
                    return function(env[self._name])
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                if attempt == MAX_TRIES:
                    raise

    @api.model
    def _claim_task(self, endpoint_ids=None, call_id=None):
        """Claim the call whose turn it is, or one that probes a broken endpoint.

        :return: Task, or None when nothing is due
        """
        params = {
            "now": fields.Datetime.now(),
            "endpoint_ids": list(endpoint_ids) if endpoint_ids is not None else None,
            "lease_seconds": LEASE_SECONDS,
        }

        def claim(probe_id=None):
            return sql_steps.fetch(
                self.env,
                "outbox/20_claim_call",
                probe_endpoint_id=probe_id,
                call_id=call_id,
                **params,
            )

        rows = claim()
        if not rows:
            for probe in sql_steps.fetch(self.env, "outbox/21_claim_probe", **params):
                rows = claim(probe["id"])
        return self.browse(rows[0]["id"])._prepare_task() if rows else None

    @api.model
    def _sweep_lost(self):
        """Call unknown what senders left behind that don't live any more."""
        now = fields.Datetime.now()
        rows = sql_steps.fetch(self.env, "outbox/22_sweep_lost", now=now)
        lost = self.browse([row["id"] for row in rows])
        for call in lost:
            call._note_lost(now)
        return lost

    def _prepare_task(self):
        """Return what is to be sent now."""
        self.ensure_one()
        endpoint = self.endpoint_id
        task = Task(
            call_id=self.id,
            claim_count=self.claim_count,
            is_question=self.state == next_step.UNKNOWN,
            is_webhook=endpoint.auth_kind == credential.WEBHOOK,
            is_private_allowed=endpoint.is_private_allowed,
            limits=endpoint._limits(),
            started_at=fields.Datetime.now(),
            lease_until_at=self.lease_until_at,
        )
        try:
            request = self._prepare_request(task.is_question)
        except SettingError as error:
            return replace(task, error=setting_error_text(self.env, error))
        return replace(task, request=request)

    def _prepare_request(self, is_question):
        """Return the call, or the question what became of it."""
        endpoint, key = self.endpoint_id, self.idempotency_key
        if is_question:
            return endpoint._status_request(key)
        return endpoint._request(self.method, self.path or "", self.body, key)
