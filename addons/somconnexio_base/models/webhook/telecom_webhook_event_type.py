# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

_CODE_PATTERN = re.compile(r"[a-zA-Z0-9_]+(\.[a-zA-Z0-9_]+)*")
PING = "webhook.ping"


class TelecomWebhookEventType(models.Model):
    """Something that other systems may want to be told."""

    _name = "telecom.webhook.event.type"
    _description = "Event of a Webhook"
    _order = "code"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, copy=False, help="As it stands in the message: bill.posted"
    )
    description = fields.Char(translate=True)

    _code_unique = models.Constraint(
        "UNIQUE (code)", "Another event already has this code."
    )

    @api.constrains("code")
    def _check_code(self):
        for event_type in self:
            if not _CODE_PATTERN.fullmatch(event_type.code):
                raise ValidationError(
                    self.env._(
                        "%(code)s cannot be the code of an event: write letters, "
                        "digits and underscores, parted by dots, such as bill.posted.",
                        code=event_type.code,
                    )
                )

    def write(self, vals):
        """Override of ``base`` to let publishers see a changed code."""
        self.env.registry.clear_cache()
        return super().write(vals)
