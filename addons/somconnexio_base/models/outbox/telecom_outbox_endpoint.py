# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError

from ...outbox import credential, next_step

SECRET_GROUP = "somconnexio_base.group_telecom_admin"
DEFAULT_SCHEDULE = "10s 30s 1m 2m 5m 10m 30m 1h 2h 4h 8h"


class TelecomOutboxEndpoint(models.Model):
    """Another system that is called: where, by which login, and how patiently."""

    _name = "telecom.outbox.endpoint"
    _description = "Endpoint of Another System"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "name, id"

    name = fields.Char(required=True)
    code = fields.Char(
        required=True, copy=False, help="Stable name by which programs find it."
    )
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: all companies use it."
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        help="Is told when calls need a person.",
    )
    state = fields.Selection(
        [("enabled", "Enabled"), ("disabled", "Disabled")],
        default="enabled",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    disabled_reason = fields.Char(readonly=True, copy=False)

    base_url = fields.Char(
        string="Address",
        required=True,
        tracking=True,
        help="Without path of a single call: https://api.example.org/v1",
    )
    is_private_allowed = fields.Boolean(
        string="In our own network",
        tracking=True,
        help="Lets calls go to private addresses and to this machine, and without "
        "TLS. Only for systems that you run yourselves.",
    )
    auth_kind = fields.Selection(
        [
            (credential.NONE, "None"),
            (credential.BEARER, "Bearer token"),
            (credential.BASIC, "Login and password"),
            (credential.HMAC, "Signature (HMAC-SHA256)"),
            (credential.WEBHOOK, "Signature (Standard Webhooks)"),
        ],
        string="Authentication",
        default=credential.NONE,
        required=True,
        tracking=True,
    )
    auth_user = fields.Char(string="Login", groups=SECRET_GROUP)
    auth_secret = fields.Char(
        string="Secret",
        groups=SECRET_GROUP,
        copy=False,
        help="Token, password or shared secret.",
    )
    auth_previous_secret = fields.Char(
        string="Previous secret", groups=SECRET_GROUP, copy=False
    )
    auth_previous_until_at = fields.Datetime(
        string="Previous secret signs until", groups=SECRET_GROUP, copy=False
    )
    body_format = fields.Selection(
        [("json", "JSON"), ("form", "Form fields")], default="json", required=True
    )
    key_header = fields.Char(
        string="Key header",
        default="Idempotency-Key",
        required=True,
        help="Header that carries the idempotency key.",
    )
    unknown_policy = fields.Selection(
        [
            (next_step.ASK, "Ask its status page first"),
            (next_step.RESEND, "Send again: it knows the key"),
            (next_step.WAIT, "Wait for a person"),
        ],
        string="If the outcome is unknown",
        default=next_step.WAIT,
        required=True,
        help="After a timeout or a cut connection the call may have been done. "
        "Nothing is sent again before that is settled.",
    )
    status_path = fields.Char(
        help="Below the address, with {key} for the idempotency key. Answers: 200 "
        "done, 404 never arrived, all else not known yet.",
    )
    ask_after_seconds = fields.Integer(
        string="Ask after (seconds)",
        default=30,
        help="So long it may still be at work on a call.",
    )
    connect_timeout_seconds = fields.Integer(
        string="Connect within (seconds)", default=5
    )
    answer_timeout_seconds = fields.Integer(
        string="Answer within (seconds)", default=20
    )
    max_answer_bytes = fields.Integer(string="Longest answer (bytes)", default=16384)
    retry_schedule = fields.Char(
        string="Tries again after",
        default=DEFAULT_SCHEDULE,
        required=True,
        help="The wait after each failed attempt: 10s 5m 2h. When all are over the "
        "call is a dead letter.",
    )
    jitter_percent = fields.Integer(
        string="Spread (%)", default=20, help="Makes each wait so much longer or less."
    )
    breaker_failure_count = fields.Integer(
        string="Pause after failures in a row", default=5
    )
    breaker_pause_seconds = fields.Integer(
        string="First pause (seconds)",
        default=60,
        help="Each failed probe doubles it, up to an hour.",
    )
    keep_days = fields.Integer(
        string="Keep calls (days)", default=90, help="0 keeps all of them."
    )
    call_ids = fields.One2many("telecom.outbox", "endpoint_id", string="Calls")

    _code_company_unique = models.UniqueIndex(
        "(coalesce(company_id, 0), code)", "Another endpoint already has this code."
    )
    _limits_in_range = models.Constraint(
        "CHECK (connect_timeout_seconds BETWEEN 1 AND 60"
        " AND answer_timeout_seconds BETWEEN 1 AND 120"
        " AND max_answer_bytes BETWEEN 0 AND 1048576"
        " AND jitter_percent BETWEEN 0 AND 50"
        " AND ask_after_seconds BETWEEN 0 AND 3600"
        " AND breaker_failure_count BETWEEN 1 AND 1000"
        " AND breaker_pause_seconds BETWEEN 1 AND 3600"
        " AND keep_days >= 0)",
        "Timeouts are 1 to 60 and 1 to 120 seconds, answers up to 1048576 bytes, the "
        "spread up to 50 %, the question after up to 3600 seconds, pauses 1 to 3600 "
        "seconds after 1 or more failures, and days 0 or more.",
    )

    @api.model
    def _by_code(self, code):
        """Return the endpoint of this company that has a code, else the shared one.

        :raise UserError: when there is none, saying where to make it
        """
        # Whoever causes a call need not have the right to see its endpoint.
        endpoint = self.sudo().search(
            [("code", "=", code), ("company_id", "in", (self.env.company.id, False))],
            order="company_id",
            limit=1,
        )
        if not endpoint:
            raise UserError(
                self.env._(
                    "No endpoint has the code %(code)s: make it under Telecom, "
                    "Integrations, Endpoints.",
                    code=code,
                )
            )
        return endpoint

    def action_enable(self):
        """Let calls go out again, from now on, with a breaker that is closed."""
        return self.write(
            {
                "state": "enabled",
                "disabled_reason": False,
                "breaker_state": "closed",
                "failure_count": 0,
                "resume_at": False,
            }
        )

    def action_disable(self):
        """Stop all calls; they wait until the endpoint is enabled again."""
        reason = self.env._("Disabled by %s.", self.env.user.name)
        return self._disable(reason)

    def _disable(self, reason):
        """Stop all calls and say why."""
        return self.write({"state": "disabled", "disabled_reason": reason})

    def action_view_calls(self):
        """Open the calls of this endpoint."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_base.action_telecom_outbox"
        )
        action["domain"] = [("endpoint_id", "in", self.ids)]
        action["context"] = {}
        return action
