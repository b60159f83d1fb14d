# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models

#: What Odoo's SMS service reports, by the state that Odoo gives the message.
MEANINGS = {"sent": "delivered", "error": "failed", "canceled": "failed"}


class SmsTracker(models.Model):
    _inherit = "sms.tracker"

    def _notice_attempts(self):
        """Return the sendings of notices that these messages are."""
        return self.env["telecom.notice.attempt"].search(
            [("reference", "in", self.mapped("sms_uuid"))]
        )

    def _action_update_from_sms_state(
        self, sms_state, failure_type=False, failure_reason=False
    ):
        """Override of ``sms`` to note delivery reports on notices."""
        result = super()._action_update_from_sms_state(
            sms_state, failure_type=failure_type, failure_reason=failure_reason
        )
        if sms_state in MEANINGS and not self.env.context.get("telecom_notice_sending"):
            self._notice_attempts()._report(
                MEANINGS[sms_state], failure_reason or failure_type
            )
        return result

    def _action_update_from_provider_error(self, provider_error):
        """Override of ``sms`` to note undelivered messages on notices."""
        result = super()._action_update_from_provider_error(provider_error)
        if not self.env.context.get("telecom_notice_sending"):
            self._notice_attempts()._report("failed", provider_error)
        return result
