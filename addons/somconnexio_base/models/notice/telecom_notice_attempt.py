# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from uuid import uuid4

from odoo import api, fields, models

from .telecom_notice import CHANNELS

ATTEMPT_STATES = [
    ("ready", "Ready"),
    ("sending", "Being sent"),
    ("sent", "Sent"),
    ("delivered", "Delivered"),
    ("failed", "Failed"),
    ("bounced", "Came back"),
    ("unclear", "Unclear"),
]
MAX_REASON_LENGTH = 500


class TelecomNoticeAttempt(models.Model):
    """One sending of a notice by one channel, and what proves it.

    The row is committed before the message leaves; ``reference`` is our name of the
    message, the same when it is offered to a gateway once more.
    """

    _name = "telecom.notice.attempt"
    _description = "Sending of a notice"
    _order = "id desc"
    _rec_name = "reference"
    _log_access = False

    notice_id = fields.Many2one(
        "telecom.notice", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="notice_id.company_id", store=True, precompute=True
    )
    channel = fields.Selection(CHANNELS, required=True, readonly=True)
    state = fields.Selection(
        ATTEMPT_STATES, required=True, readonly=True, default="ready"
    )
    reference = fields.Char(
        required=True,
        readonly=True,
        default=lambda self: uuid4().hex,
        help="Our name of the message, told to the gateway.",
    )
    address = fields.Char(readonly=True, help="Where it was sent to.")
    text = fields.Text(string="SMS", readonly=True)
    segment_count = fields.Integer(string="Messages", readonly=True)
    started_at = fields.Datetime(readonly=True, help="When it began to leave.")
    answered_at = fields.Datetime(
        readonly=True, help="When the mail server or gateway took it, or did not."
    )
    try_count = fields.Integer(string="Tries", readonly=True)
    delivered_at = fields.Datetime(
        readonly=True, help="When the telephone was reported to have it."
    )
    mail_id = fields.Many2one(
        "mail.mail", readonly=True, index="btree_not_null", ondelete="set null"
    )
    message_key = fields.Char(
        string="Message-Id",
        readonly=True,
        index="btree_not_null",
        help="Of the mail, as the mail server has it.",
    )
    gateway_id = fields.Many2one(
        "telecom.sms.gateway",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Empty for an SMS: Odoo's own service.",
    )
    gateway_key = fields.Char(
        string="Gateway's id",
        readonly=True,
        index="btree_not_null",
    )
    reason = fields.Char(readonly=True, help="What went wrong.")
    user_id = fields.Many2one(
        "res.users",
        string="Sent again by",
        readonly=True,
        ondelete="restrict",
    )
    resend_reason = fields.Char(readonly=True, help="Why it was sent again.")

    _reference_unique = models.Constraint(
        "UNIQUE (reference)", "A message has one reference."
    )
    _open_idx = models.Index("(company_id, channel) WHERE state = 'sending'")
    _recent_idx = models.Index("(company_id, channel, started_at)")

    @api.model
    def _prepare_again(self, notices, reason):
        """Make the next sendings of notices, with the words of who asked for them."""
        return self.sudo().create(
            [
                {
                    "notice_id": notice.id,
                    "channel": notice.channel,
                    "user_id": self.env.uid,
                    "resend_reason": reason,
                }
                for notice in notices
            ]
        )

    def _end(self, state, reason=False, **proof):
        """Note the outcome of sendings, here and on their notices.

        :param str state: sent, failed, bounced, unclear or delivered
        :param reason: why, for people
        :param proof: other values of the sending
        """
        now = fields.Datetime.now()
        reason = reason and str(reason)[:MAX_REASON_LENGTH]
        self.write({"state": state, "reason": reason, "answered_at": now, **proof})
        for channel, attempts in self.grouped("channel").items():
            attempts.notice_id._follow(channel, state, reason, now)
