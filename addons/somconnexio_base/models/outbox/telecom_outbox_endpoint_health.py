# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import timedelta

from odoo import api, fields, models

from ...outbox import breaker, next_step
from ...outbox.breaker import Health

ACTIVITY = "somconnexio_base.activity_type_outbox"


class TelecomOutboxEndpoint(models.Model):
    """How an endpoint does, and whether calls go to it now."""

    _inherit = "telecom.outbox.endpoint"

    breaker_state = fields.Selection(
        [
            (breaker.CLOSED, "Closed: calls go out"),
            (breaker.OPEN, "Open: nothing is sent"),
            (breaker.HALF_OPEN, "Half-open: one call probes"),
        ],
        default=breaker.CLOSED,
        required=True,
        readonly=True,
        copy=False,
    )
    failure_count = fields.Integer(
        string="Failures in a row", readonly=True, copy=False
    )
    resume_at = fields.Datetime(
        string="Nothing is sent until", readonly=True, copy=False
    )
    last_failure_at = fields.Datetime(readonly=True, copy=False)
    last_error = fields.Char(readonly=True, copy=False)
    last_done_at = fields.Datetime(string="Last success", compute="_compute_counts")
    pending_count = fields.Integer(string="Waiting", compute="_compute_counts")
    unknown_count = fields.Integer(string="Unknown", compute="_compute_counts")
    dead_count = fields.Integer(string="Dead letters", compute="_compute_counts")
    done_day_count = fields.Integer(
        string="Done in 24 hours", compute="_compute_counts"
    )
    health = fields.Selection(
        [
            ("healthy", "Healthy"),
            ("degraded", "Needs attention"),
            ("down", "Down"),
            ("disabled", "Disabled"),
        ],
        compute="_compute_health",
    )

    def _compute_counts(self):
        """Count the calls of each endpoint; two queries."""
        Call = self.env["telecom.outbox"]
        own = [("endpoint_id", "in", self.ids)]
        counts = {}
        for endpoint, state, count, done_at in Call._read_group(
            own, ["endpoint_id", "state"], ["__count", "done_at:max"]
        ):
            counts[endpoint.id, state] = (count, done_at)
        since = fields.Datetime.now() - timedelta(days=1)
        recent = dict(
            Call._read_group(
                [*own, ("done_at", ">=", since)], ["endpoint_id"], ["__count"]
            )
        )
        none = (0, False)
        for endpoint in self:
            key = endpoint._origin.id
            waiting = (next_step.PENDING, next_step.SENDING)
            endpoint.pending_count = sum(counts.get((key, s), none)[0] for s in waiting)
            endpoint.unknown_count = counts.get((key, next_step.UNKNOWN), none)[0]
            endpoint.dead_count = counts.get((key, next_step.DEAD), none)[0]
            endpoint.last_done_at = counts.get((key, next_step.DONE), none)[1]
            endpoint.done_day_count = recent.get(endpoint._origin, 0)

    @api.depends("state", "breaker_state", "failure_count")
    def _compute_health(self):
        for endpoint in self:
            needs_look = (
                endpoint.failure_count or endpoint.dead_count or endpoint.unknown_count
            )
            if endpoint.state == "disabled":
                endpoint.health = "disabled"
            elif endpoint.breaker_state != breaker.CLOSED:
                endpoint.health = "down"
            else:
                endpoint.health = "degraded" if needs_look else "healthy"

    def _note_success(self):
        """Note that the endpoint works; nothing is written when that was known."""
        health = self._health()
        self._write_health(health, breaker.after_success(health), {})

    def _note_failure(self, error, now):
        """Note a failure of the endpoint; enough of them in a row open the breaker.

        :param str error: what happened, without secrets
        """
        health = self._health()
        after = breaker.after_failure(
            health, now, self.breaker_failure_count, self.breaker_pause_seconds
        )
        self._write_health(
            health, after, {"last_failure_at": now, "last_error": error[:500]}
        )

    def _note_throttling(self, wait_seconds, now):
        """Note that the endpoint asks for a rest."""
        health = self._health()
        after = breaker.after_throttling(health, now, wait_seconds)
        self._write_health(health, after, {})

    def _health(self):
        self.ensure_one()
        return Health(self.breaker_state, self.failure_count, self.resume_at or None)

    def _write_health(self, before, after, vals):
        """Write what has changed of the health."""
        if after != before:
            vals = {
                **vals,
                "breaker_state": after.state,
                "failure_count": after.failure_count,
                "resume_at": after.resume_at or False,
            }
        if vals:
            self.write(vals)

    def _tell_responsible(self, summary):
        """Give the responsible person one activity, as long as none is open."""
        for endpoint in self:
            thread = endpoint._thread()
            activity_type = self.env.ref(ACTIVITY)
            if activity_type in thread.activity_ids.activity_type_id:
                continue
            thread.activity_schedule(
                ACTIVITY,
                summary=summary,
                user_id=endpoint.user_id.id or self.env.uid,
            )

    def _thread(self):
        """Return the record on which people talk about this endpoint."""
        self.ensure_one()
        return self
