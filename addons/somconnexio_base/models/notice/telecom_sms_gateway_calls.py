# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import logging
from concurrent.futures import ThreadPoolExecutor

from odoo import api, fields, models
from odoo.tools import consteq

from ...notices import gateway_call, mapping

_logger = logging.getLogger(__name__)
#: What Odoo's own service is given in a minute: it has no record.
ODOO_MESSAGES_PER_MINUTE = 600


class TelecomSmsGateway(models.Model):
    """How a gateway is called, and what it reports."""

    _inherit = "telecom.sms.gateway"

    def _messages_per_minute_now(self):
        """Return how many messages a minute may hold; none while paused."""
        if not self:
            return ODOO_MESSAGES_PER_MINUTE
        until = self.paused_until_at
        is_paused = until and until > fields.Datetime.now()
        return 0 if is_paused else self.messages_per_minute

    def _pause(self, seconds, reason):
        """Call the gateway no more for some time."""
        until = fields.Datetime.add(fields.Datetime.now(), seconds=seconds)
        _logger.warning("SMS gateway %s paused until %s: %s", self.name, until, reason)
        self.write({"paused_until_at": until, "pause_reason": reason})

    def action_go_on(self):
        """End a pause."""
        self.check_access("write")
        return self.write({"paused_until_at": False, "pause_reason": False})

    def _endpoint(self):
        """Return how messages are handed over."""
        return gateway_call.Endpoint(
            self.method,
            self.url,
            self._object("header_json"),
            self.body_format,
            self._object("body_json"),
            self.timeout_seconds,
            id_path=self.id_path or "",
        )

    def _own_values(self):
        """Return what the gateway's own placeholders stand for."""
        gateway = self.sudo()  # key and token are nobody's to read
        return {"secret": gateway.secret or "", "report_url": gateway.report_url}

    def _send(self, messages):
        """Hand messages over, so many at once as the gateway takes.

        :param list messages: dicts of texts by placeholder
        :return: list of gateway_call.Outcome, in the same order
        """
        endpoint, own = self._endpoint(), self._own_values()
        filled = [{**own, **message} for message in messages]
        if len(filled) == 1:
            return [gateway_call.send(endpoint, filled[0])]
        with ThreadPoolExecutor(self.connection_count) as pool:
            return list(pool.map(gateway_call.send, [endpoint] * len(filled), filled))

    def _ask(self, message):
        """Ask about a message of unknown outcome.

        :return: gateway_call.Outcome; unknown when the gateway takes no questions
        """
        if not self.status_url:
            return gateway_call.Outcome(gateway_call.UNKNOWN)
        endpoint = self._endpoint()._replace(
            method="GET",
            url=self.status_url,
            body={},
            id_path="",
            status_path=self.status_path or "",
            status_words=self._object("status_json"),
        )
        return gateway_call.ask(endpoint, {**self._own_values(), **message})

    @api.model
    def _check_token(self, gateway_id, token):
        """Return the gateway that a delivery report comes from, None when forged."""
        gateway = self.sudo().browse(gateway_id).exists()
        if gateway.active and consteq(token, gateway.report_token):
            return gateway
        return None

    def _take_reports(self, data):
        """Note the delivery reports of one call.

        :param data: decoded JSON, or a dict of form fields
        :return: dict of int: ``known`` and ``unknown`` messages
        :raise ValueError: naming the path that the report lacks
        """
        words = self._object("status_json")
        pairs = mapping.reports(
            data,
            self.report_list_path or "",
            self.report_id_path,
            self.report_status_path,
        )
        Attempt = self.env["telecom.notice.attempt"]
        known = sum(
            Attempt._take_report(self, key, words.get(word), word)
            for key, word in pairs
        )
        return {"known": known, "unknown": len(pairs) - known}
