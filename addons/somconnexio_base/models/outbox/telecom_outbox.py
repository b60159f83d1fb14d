# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from ... import sql_steps
from ...outbox import next_step

CANCELLED = "cancelled"
STATES = [
    (next_step.PENDING, "Waiting"),
    (next_step.SENDING, "Being sent"),
    (next_step.DONE, "Done"),
    (next_step.UNKNOWN, "Outcome unknown"),
    (next_step.DEAD, "Dead letter"),
    (CANCELLED, "Given up"),
]


class TelecomOutbox(models.Model):
    """A call to another system. One row per call, kept before it goes out.

    Nobody creates, changes or deletes rows by hand: other addons enqueue calls, the
    sender sends them, and people decide by *Replay*, *It was done* and *Give up*,
    each with a reason.
    """

    _name = "telecom.outbox"
    _description = "Call to Another System"
    _order = "id desc"
    _rec_name = "idempotency_key"

    endpoint_id = fields.Many2one(
        "telecom.outbox.endpoint",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    idempotency_key = fields.Char(
        string="Key",
        required=True,
        readonly=True,
        help="The same over all attempts: by it the endpoint knows a repetition.",
    )
    method = fields.Char(required=True, readonly=True)
    path = fields.Char(readonly=True)
    body = fields.Text(readonly=True)
    subject = fields.Char(
        readonly=True,
        help="Calls about one subject go out one after the other, in their order.",
    )
    event_type = fields.Char(readonly=True, index="btree_not_null")
    res_model = fields.Char(string="Model", readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", readonly=True
    )
    state = fields.Selection(
        STATES, default=next_step.PENDING, required=True, readonly=True, index=True
    )
    due_at = fields.Datetime(
        string="Next turn",
        readonly=True,
        help="When it is sent, or asked about. Empty: nothing happens by itself.",
    )
    lease_until_at = fields.Datetime(
        readonly=True, help="Until then the sender that has it is taken to be alive."
    )
    claim_count = fields.Integer(readonly=True)
    attempt_count = fields.Integer(string="Attempts", readonly=True)
    ask_count = fields.Integer(string="Times asked", readonly=True)
    done_at = fields.Datetime(string="Done on", readonly=True)
    status_code = fields.Integer(
        string="HTTP status", readonly=True, aggregator=None, help="0: no answer."
    )
    error = fields.Char(readonly=True, help="Why it is not done.")
    answer = fields.Text(readonly=True, help="What the endpoint answered, cut short.")
    attempt_ids = fields.One2many("telecom.outbox.attempt", "call_id", "Attempts made")

    _key_unique = models.Constraint(
        "UNIQUE (endpoint_id, idempotency_key)",
        "This endpoint has a call with this key already: a call is made once.",
    )
    # What a sender asks all the time, and how little of the table it looks at.
    _due_idx = models.Index("(due_at, id) WHERE state IN ('pending', 'unknown')")
    _lease_idx = models.Index("(lease_until_at) WHERE state = 'sending'")
    _subject_idx = models.Index(
        "(endpoint_id, subject, id)"
        " WHERE subject IS NOT NULL AND state NOT IN ('done', 'cancelled')"
    )
    _done_idx = models.Index("(endpoint_id, done_at) WHERE state = 'done'")

    @api.depends("idempotency_key", "endpoint_id")
    def _compute_display_name(self):
        for call in self:
            call.display_name = f"{call.endpoint_id.name} · {call.idempotency_key}"

    def action_view_record(self):
        """Open the record that the call is about."""
        self.ensure_one()
        if not self.res_model or not self.res_id:
            return False
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
        }

    @api.autovacuum
    def _gc_old_calls(self):
        """Delete calls that ended longer ago than their endpoint keeps them."""
        return sql_steps.run(
            self.env, "outbox/90_delete_old_calls", now=fields.Datetime.now()
        )
