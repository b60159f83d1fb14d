# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, models


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def _routing_handle_bounce(self, email_message, message_dict):
        """Override of ``mail`` to note which notice came back, and from where."""
        result = super()._routing_handle_bounce(email_message, message_dict)
        keys = message_dict.get("bounced_msg_ids")
        if keys and message_dict.get("bounced_email"):
            # The gateway has no user: what it finds must be noted whoever runs it.
            self.env["telecom.notice.attempt"].sudo()._take_bounce(
                keys, message_dict["bounced_email"]
            )
        return result
