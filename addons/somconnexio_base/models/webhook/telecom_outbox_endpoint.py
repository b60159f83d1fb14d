# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...outbox import credential, webhook_signature
from ...outbox.errors import SettingError
from ..outbox.messages import setting_error_text


class TelecomOutboxEndpoint(models.Model):
    """What is different for the endpoint of a webhook."""

    _inherit = "telecom.outbox.endpoint"

    webhook_ids = fields.One2many("telecom.webhook", "endpoint_id")

    @api.constrains("auth_kind", "auth_secret")
    def _check_webhook_secret(self):
        for endpoint in self.sudo():  # secrets are read by administrators only
            if endpoint.auth_kind != credential.WEBHOOK:
                continue
            try:
                webhook_signature.secret_bytes(endpoint.auth_secret or "")
            except SettingError as error:
                raise ValidationError(setting_error_text(self.env, error)) from error

    def write(self, vals):
        """Override of ``base`` to let publishers see who listens."""
        if {"state", "company_id"} & vals.keys():
            self.env.registry.clear_cache()
        return super().write(vals)

    def _thread(self):
        """Override of ``somconnexio_base``: people talk about the webhook."""
        return self.webhook_ids or super()._thread()
