# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What is heard of a message after it left: delivered, not delivered, came back."""

from odoo import api, fields, models

#: A report counts only when it comes after one of these: reports come twice, and late.
BEFORE = {
    "delivered": ("sending", "sent", "unclear"),
    "failed": ("sending", "sent", "unclear"),
    "bounced": ("sending", "sent", "delivered", "unclear"),
}


class TelecomNoticeAttempt(models.Model):
    _inherit = "telecom.notice.attempt"

    @api.model
    def _take_report(self, gateway, key, meaning, word=""):
        """Note what a gateway reports of a message.

        :param gateway: telecom.sms.gateway
        :param str key: the gateway's id of the message, or our reference
        :param str meaning: delivered or failed; anything else is on the way
        :param str word: the gateway's own word
        :return: True when the message is known, whether or not the report was new
        """
        attempt = self.search(
            [
                ("gateway_id", "=", gateway.id),
                "|",
                ("gateway_key", "=", key),
                ("reference", "=", key),
            ],
            limit=1,
        )
        if meaning in BEFORE:
            attempt._report(meaning, word if meaning == "failed" else False)
        return bool(attempt)

    def _report(self, state, reason=False):
        """Note reports that say something new; others change nothing."""
        self.lock_for_update()
        self.invalidate_recordset(["state"])
        news = self.filtered(lambda attempt: attempt.state in BEFORE[state])
        if not news:
            return
        now = fields.Datetime.now()
        proof = {"delivered_at": now} if state == "delivered" else {}
        news.write({"state": state, "reason": reason, **proof})
        for channel, attempts in news.grouped("channel").items():
            attempts.notice_id._follow(channel, state, reason, now)

    @api.model
    def _take_bounce(self, message_keys, address):
        """Note that mails came back.

        :param list message_keys: Message-Ids of the mails
        :param str address: whose mailbox gave them back
        """
        attempts = self.search([("message_key", "in", message_keys)])
        attempts._report("bounced", self.env._("The mail came back from %s.", address))
