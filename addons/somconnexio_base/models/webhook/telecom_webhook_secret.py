# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ...outbox import webhook_signature
from ..outbox.telecom_outbox_endpoint import SECRET_GROUP

OVERLAP_HOURS = 24


class TelecomWebhook(models.Model):
    """The secret that a receiver shares: made here, shown to administrators."""

    _inherit = "telecom.webhook"

    def action_show_secret(self):
        """Show the secret, to be copied into the receiver."""
        self.ensure_one()
        self._check_may_see_secret()
        return self._notify_secret(self.env._("The secret of %s", self.name))

    def action_rotate_secret(self):
        """Make a new secret and show it; the last one signs too for a day."""
        self.ensure_one()
        self._check_may_see_secret()
        self.write(
            {
                "auth_previous_secret": self.auth_secret,
                "auth_previous_until_at": fields.Datetime.now()
                + timedelta(hours=OVERLAP_HOURS),
                "auth_secret": webhook_signature.make_secret(),
            }
        )
        self.message_post(body=self.env._("A new secret was made."))
        return self._notify_secret(
            self.env._("Copy the new secret. The last one is valid for a day.")
        )

    def _check_may_see_secret(self):
        """Raise for people who may not see secrets."""
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group(SECRET_GROUP):
            raise UserError(
                self.env._("Secrets are shown to telecom administrators only.")
            )

    def _notify_secret(self, title):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": title,
                "message": self.auth_secret,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
