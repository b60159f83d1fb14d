# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, models
from odoo.exceptions import ValidationError

from ...outbox import address, next_step, schedule
from ...outbox.errors import SettingError
from .messages import setting_error_text

#: What goes into headers as it is.
_HEADER_FIELDS = ("auth_user", "auth_secret", "auth_previous_secret")


class TelecomOutboxEndpoint(models.Model):
    """Which settings can't be used, and what to write instead."""

    _inherit = "telecom.outbox.endpoint"

    @api.constrains("base_url", "is_private_allowed", "status_path", "retry_schedule")
    def _check_settings(self):
        for endpoint in self:
            try:
                address.parse(endpoint.base_url, endpoint.is_private_allowed)
                address.join(endpoint.base_url, endpoint.status_path or "")
                schedule.parse(endpoint.retry_schedule)
            except SettingError as error:
                raise ValidationError(setting_error_text(self.env, error)) from error

    @api.constrains("unknown_policy", "status_path")
    def _check_status_path(self):
        for endpoint in self.filtered(lambda e: e.unknown_policy == next_step.ASK):
            if "{key}" not in (endpoint.status_path or ""):
                raise ValidationError(
                    self.env._(
                        "%(endpoint)s is to be asked about unknown outcomes: write the "
                        "path of its status page with {key} for the key.",
                        endpoint=endpoint.name,
                    )
                )

    @api.constrains("key_header", *_HEADER_FIELDS)
    def _check_header_values(self):
        for endpoint in self.sudo():  # secrets are read by administrators only
            if not (endpoint.key_header or "").replace("-", "").isalnum():
                raise ValidationError(
                    self.env._(
                        "%(name)s cannot be the name of a header: write letters, "
                        "digits and dashes.",
                        name=endpoint.key_header,
                    )
                )
            for name in _HEADER_FIELDS:
                if any(not char.isprintable() for char in endpoint[name] or ""):
                    raise ValidationError(
                        self.env._(
                            "The %(field)s of %(endpoint)s holds a line break or "
                            "another character that cannot be sent: copy it again.",
                            field=self._fields[name].string,
                            endpoint=endpoint.name,
                        )
                    )
