# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from uuid import uuid4

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...outbox import credential, next_step, webhook_signature

#: As the Standard Webhooks specification proposes.
RETRY_SCHEDULE = "5s 5m 30m 2h 5h 10h 14h 20h 24h"


class TelecomWebhook(models.Model):
    """Who is told of which events, and where."""

    _name = "telecom.webhook"
    _description = "Webhook"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _inherits = {"telecom.outbox.endpoint": "endpoint_id"}
    _order = "id"

    endpoint_id = fields.Many2one(
        "telecom.outbox.endpoint",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    event_type_ids = fields.Many2many(
        "telecom.webhook.event.type", string="Events", required=True
    )

    _endpoint_unique = models.Constraint(
        "UNIQUE (endpoint_id)", "An endpoint belongs to one webhook."
    )

    @api.depends("endpoint_id.name")
    def _compute_display_name(self):
        for webhook in self:
            webhook.display_name = webhook.endpoint_id.name

    @api.model_create_multi
    def create(self, vals_list):
        """Override of ``base`` to fill in what is the same for all webhooks."""
        completed = [self._complete(vals) for vals in vals_list]
        self.env.registry.clear_cache()
        return super().create(completed)

    @api.model
    def _complete(self, vals):
        """Return values with a code, a secret and the schedule of the standard."""
        return {
            "code": f"webhook_{uuid4().hex}",
            "retry_schedule": RETRY_SCHEDULE,
            "company_id": self.env.company.id,
            **vals,
            "auth_secret": vals.get("auth_secret") or webhook_signature.make_secret(),
            "auth_kind": credential.WEBHOOK,
            "unknown_policy": next_step.RESEND,
            "body_format": "json",
        }

    def write(self, vals):
        """Override of ``base`` to let publishers see the change."""
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        """Override of ``base`` to remove the endpoint as well."""
        self.env.registry.clear_cache()
        endpoints = self.endpoint_id
        result = super().unlink()
        endpoints.unlink()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        for webhook in self:
            if webhook.sudo().call_ids:
                raise UserError(
                    self.env._(
                        "%(webhook)s has sent messages, which are kept as proof: "
                        "disable it instead.",
                        webhook=webhook.name,
                    )
                )

    def action_enable(self):
        """Let messages go out again; those that waited go first."""
        return self.endpoint_id.action_enable()

    def action_disable(self):
        """Stop: nothing is published to it any more, what waits goes on waiting."""
        return self.endpoint_id.action_disable()

    def action_view_calls(self):
        """Open the messages of this webhook."""
        return self.endpoint_id.action_view_calls()
