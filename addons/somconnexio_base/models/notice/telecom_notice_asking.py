# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""An agent asks the gateway what became of a message."""

from odoo import fields, models
from odoo.exceptions import UserError

from ...notices import plans


class TelecomNotice(models.Model):
    _inherit = "telecom.notice"

    is_askable = fields.Boolean(
        compute="_compute_is_askable",
        help="It is not known whether the message arrived, and its gateway can say.",
    )

    def _compute_is_askable(self):
        for notice in self:
            notice.is_askable = bool(notice._unclear_messages())

    def _unclear_messages(self):
        """Return the unclear SMS of notices whose gateways take questions."""
        unclear = self.filtered(
            lambda notice: (notice.state, notice.channel) == ("unclear", plans.SMS)
        )
        return unclear.sudo().attempt_ids.filtered(
            lambda attempt: attempt.state == "unclear" and attempt.gateway_id.status_url
        )

    def action_ask_outcome(self):
        """Ask the gateways what became of messages of unknown outcome.

        What they had is noted as sent or failed; what they never had waits to be sent.

        :return: action that says what was found out
        :raise AccessError: for who is no agent
        :raise UserError: when none is unclear, or no gateway takes questions
        """
        notices = self._checked()
        messages = notices._unclear_messages()
        if not messages:
            raise UserError(
                self.env._(
                    "There is no SMS of unknown outcome among these whose gateway can "
                    "be asked. Ask its provider or the person, then send it again."
                )
            )
        settled = messages._ask_gateway(self.env._("The gateway never had it."))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if settled == messages else "warning",
                "message": self.env._(
                    "Asked about %(asked)s messages; the outcome of %(known)s is known "
                    "now.",
                    asked=len(messages),
                    known=len(settled),
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
