# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models
from odoo.exceptions import UserError


class TelecomOutboxAttempt(models.Model):
    """What happened to a call at one time. Rows are added, never changed."""

    _name = "telecom.outbox.attempt"
    _description = "Attempt at a Call"
    _order = "id desc"
    _rec_name = "call_id"

    call_id = fields.Many2one(
        "telecom.outbox", required=True, readonly=True, index=True, ondelete="cascade"
    )
    endpoint_id = fields.Many2one(
        related="call_id.endpoint_id", store=True, precompute=True, index=True
    )
    company_id = fields.Many2one(
        related="call_id.company_id", store=True, precompute=True, index=True
    )
    kind = fields.Selection(
        [
            ("send", "Sent"),
            ("ask", "Asked"),
            ("lost", "Sender lost"),
            ("replay", "Replayed by hand"),
            ("settle", "Settled by hand"),
            ("cancel", "Given up by hand"),
        ],
        required=True,
        readonly=True,
    )
    outcome = fields.Selection(
        [
            ("done", "Done"),
            ("retry", "Not done, again later"),
            ("unknown", "Unknown"),
            ("refused", "Refused"),
            ("gone", "No longer wanted"),
            ("absent", "Never arrived"),
        ],
        readonly=True,
    )
    started_at = fields.Datetime(required=True, readonly=True)
    duration_ms = fields.Integer(
        string="Duration (ms)", readonly=True, aggregator="avg"
    )
    status_code = fields.Integer(
        string="HTTP status", readonly=True, aggregator=None, help="0: no answer."
    )
    error = fields.Char(readonly=True)
    reason = fields.Char(readonly=True)
    user_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")

    def write(self, vals):
        """Refuse: what happened is only added to."""
        raise UserError(
            self.env._("What happened to a call cannot be changed afterwards.")
        )
