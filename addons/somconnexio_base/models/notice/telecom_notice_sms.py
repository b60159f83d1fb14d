# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Notices by SMS: through a gateway's record, or Odoo's own service."""

from odoo import models
from odoo.tools import split_every

from ...notices import gateway_call as call, sms_text
from .own_transaction import own_transaction

#: How often a message of unknown outcome is offered again to a gateway that ignores
#: what it had before.
MAX_TRIES = 5
ASK_AGAIN_SECONDS = 60


class TelecomNoticeAttempt(models.Model):
    _inherit = "telecom.notice.attempt"

    def _ready_for_sms(self, words):
        """Write number and text of these sendings; return those that have both."""
        for attempt in self:
            attempt.write(attempt._sms_values(words[attempt.notice_id.id].sms))
        mute = self.filtered(lambda attempt: not attempt.address)
        mute._end("failed", self.env._("The person has no valid telephone number."))
        empty = (self - mute).filtered(lambda attempt: not attempt.text)
        empty._end("failed", self.env._("The kind of notice has no text for an SMS."))
        refusing = (self - mute - empty)._on_phone_blacklist()
        refusing._end("failed", self.env._("The number wants no messages."))
        return self - mute - empty - refusing

    def _sms_values(self, text):
        """Return number, gateway and text of one message."""
        notice = self.notice_id
        return {
            "address": notice.partner_id._phone_format(fname="phone") or False,
            "gateway_id": notice.company_id.telecom_sms_gateway_id.id,
            "text": text,
            "segment_count": sms_text.measure(text or "").segments,
        }

    def _on_phone_blacklist(self):
        """Return the sendings to numbers on Odoo's list of those who want none."""
        optional = self.filtered(lambda one: not one.notice_id.purpose_id.is_mandatory)
        refused = self.env["phone.blacklist"].search(
            [("number", "in", optional.mapped("address"))]
        )
        refused = set(refused.mapped("number"))
        return optional.filtered(lambda one: one.address in refused)

    def _send_by_sms(self, company):
        """Send messages, a few at a time, each claimed before and noted after."""
        gateway = company.telecom_sms_gateway_id
        at_once = gateway.connection_count or 1
        for ids in split_every(at_once, self.ids):
            # What others committed is read in theirs: this transaction is older.
            with own_transaction(self.browse(ids)) as committed:
                ours = committed._claim()
                messages = [one._gateway_values() for one in ours]
            claimed = self.browse(ours.ids)
            if not claimed:
                continue
            if not gateway:
                claimed._send_by_odoo()
                continue
            outcomes = gateway._send(messages)
            with own_transaction(claimed) as committed:
                committed._note_outcomes(outcomes)
            if any(one.verdict in (call.LATER, call.BLOCKED) for one in outcomes):
                return

    def _gateway_values(self):
        """Return what a gateway's placeholders stand for."""
        company = self.company_id
        number = (self.address or "").lstrip("+")
        return {
            "number": number,
            "text": self.text or "",
            "reference": self.reference,
            "gateway_id": self.gateway_key or "",
            "sender": company.telecom_sms_sender or company.name[:11],
        }

    def _note_outcomes(self, outcomes):
        """Note what the calls of these messages came to, in the same order."""
        for attempt, outcome in zip(self, outcomes, strict=True):
            if outcome.verdict == call.ACCEPTED:
                attempt._end("sent", gateway_key=outcome.reference or False)
            elif outcome.verdict == call.REJECTED:
                attempt._end("failed", outcome.detail)
            elif outcome.verdict in (call.LATER, call.BLOCKED):
                attempt._put_off(outcome.retry_seconds, outcome.detail)
                attempt.gateway_id._pause(outcome.retry_seconds, outcome.detail)
            else:
                attempt._settle(outcome.detail)

    def _ask_gateway(self, why):
        """Ask gateways about messages of unknown outcome.

        :return: the sendings of which it is known now what to do
        """
        settled = self.browse()
        for attempt in self:
            outcome = attempt.gateway_id._ask(attempt._gateway_values())
            if outcome.verdict == call.ACCEPTED:
                key = outcome.reference or attempt.gateway_key
                attempt._end("sent", gateway_key=key)
            elif outcome.verdict == call.REJECTED:
                attempt._end("failed", outcome.detail)
            elif attempt._may_be_offered_again(outcome):
                attempt._put_off(ASK_AGAIN_SECONDS, why)
            else:
                continue
            settled |= attempt
        return settled

    def _may_be_offered_again(self, outcome):
        """Return whether the gateway never had a message, or would ignore it twice."""
        if self.try_count >= MAX_TRIES:
            return False
        return outcome.verdict == call.ABSENT or self.gateway_id.ignores_repeats

    def _send_by_odoo(self):
        """Send messages by Odoo's service; what it does not answer to is unclear."""
        for attempt in self:
            try:
                with own_transaction(attempt) as committed:
                    committed._hand_to_odoo()
            except Exception as error:  # the service's client raises whatever it likes
                with own_transaction(attempt) as committed:
                    committed._settle(error)

    def _hand_to_odoo(self):
        """Hand one message to Odoo's service and note what it said."""
        company = self.company_id
        sms = self.env["sms.sms"].create(
            {
                "uuid": self.reference,
                "number": self.address,
                "body": self.text,
                "partner_id": self.notice_id.partner_id.id,
            }
        )
        self.env["sms.tracker"].create({"sms_uuid": self.reference})
        sms.with_company(company).with_context(telecom_notice_sending=True).send(
            unlink_sent=False, raise_exception=True
        )
        if sms.state == "error":
            labels = dict(sms._fields["failure_type"]._description_selection(self.env))
            self._end("failed", labels.get(sms.failure_type))
        else:
            self._end("sent", gateway_key=self.reference)
