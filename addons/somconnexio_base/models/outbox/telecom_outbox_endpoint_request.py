# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import json
from datetime import timezone
from urllib.parse import urlencode

from odoo import fields, models

from ...outbox import address, credential, next_step, schedule, transport
from ...outbox.credential import Credential

USER_AGENT = "somconnexio-outbox/1.0"
_CONTENT_TYPES = {
    "json": "application/json",
    "form": "application/x-www-form-urlencoded",
}


class TelecomOutboxEndpoint(models.Model):
    """What is sent to an endpoint, and by which rules."""

    _inherit = "telecom.outbox.endpoint"

    def _encode_body(self, payload):
        """Return a payload as the text that is sent, the same at each attempt.

        :param payload: dict, list or None; flat for form fields
        """
        self.ensure_one()
        if payload is None:
            return ""
        if self.body_format == "form":
            return urlencode(payload, doseq=True)
        return json.dumps(payload, ensure_ascii=False, separators=(",", ":"))

    def _policy(self):
        """Return how calls are tried again."""
        self.ensure_one()
        is_webhook = self.auth_kind == credential.WEBHOOK
        return next_step.Policy(
            # Receivers of webhooks know a message by its id.
            unknown_policy=next_step.RESEND if is_webhook else self.unknown_policy,
            waits=schedule.parse(self.retry_schedule),
            jitter_percent=self.jitter_percent,
            ask_after_seconds=self.ask_after_seconds,
        )

    def _limits(self):
        """Return how long and how much an answer may be."""
        self.ensure_one()
        return transport.Limits(
            connect_seconds=self.connect_timeout_seconds,
            total_seconds=self.answer_timeout_seconds,
            max_answer_bytes=self.max_answer_bytes,
        )

    def _credential(self):
        """Return the login; the previous secret as long as it is to sign too."""
        self.ensure_one()
        until_at = self.auth_previous_until_at
        is_changing = until_at and until_at > fields.Datetime.now()
        return Credential(
            kind=self.auth_kind,
            user=self.auth_user or "",
            secret=self.auth_secret or "",
            previous_secret=(is_changing and self.auth_previous_secret) or "",
        )

    def _request(self, method, path, body, key):
        """Return one request, signed as of now.

        :param str path: below the address, or empty
        :param str body: text, empty for none
        :param str key: idempotency key, or id of a webhook's message
        :raise SettingError: when the path or a secret can't be used
        """
        self.ensure_one()
        content = (body or "").encode()
        headers = {"User-Agent": USER_AGENT, "Accept": "application/json"}
        if content:
            headers["Content-Type"] = _CONTENT_TYPES[self.body_format]
        if key and self.auth_kind != credential.WEBHOOK:
            headers[self.key_header] = key
        headers |= self._credential().headers(key or "", _now_seconds(), content)
        url = address.join(self.base_url, path)
        return transport.Request(method, url, headers, content)

    def _status_request(self, key):
        """Return the question what became of the call with a key."""
        path = self.status_path.replace("{key}", key)
        return self._request("GET", path, "", key)


def _now_seconds():
    """Return the time in seconds since 1970."""
    return int(fields.Datetime.now().replace(tzinfo=timezone.utc).timestamp())
