# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""How a call proves who we are."""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field

from . import webhook_signature
from .errors import SettingError

NONE = "none"
BEARER = "bearer"
BASIC = "basic"
HMAC = "hmac"
WEBHOOK = "webhook"


@dataclass(frozen=True)
class Credential:
    """What an endpoint wants to see. Its secrets never show in a ``repr``.

    :param str kind: NONE, BEARER, BASIC, HMAC or WEBHOOK
    :param str user: login of BASIC
    :param str secret: token, password or shared secret
    :param str previous_secret: signs besides, while a receiver changes over
    """

    kind: str = NONE
    user: str = ""
    secret: str = field(default="", repr=False)
    previous_secret: str = field(default="", repr=False)

    @property
    def secrets(self):
        """The secrets in force, the present one first."""
        return [secret for secret in (self.secret, self.previous_secret) if secret]

    def headers(self, key, now_seconds, body):
        """Return the headers of one attempt.

        :param str key: idempotency key or message id
        :param int now_seconds: since 1970
        :param bytes body: exactly what is sent
        :raise SettingError: secret_missing; webhook_secret, when it can't be used
        """
        if self.kind != NONE and not self.secret:
            raise SettingError("secret_missing")
        if self.kind == BEARER:
            return {"Authorization": f"Bearer {self.secret}"}
        if self.kind == BASIC:
            return {"Authorization": f"Basic {self._basic()}"}
        if self.kind == HMAC:
            return self._hmac(now_seconds, body)
        if self.kind == WEBHOOK:
            return webhook_signature.headers(self.secrets, key, now_seconds, body)
        return {}

    def _basic(self):
        return base64.b64encode(f"{self.user}:{self.secret}".encode()).decode()

    def _hmac(self, now_seconds, body):
        """Sign ``timestamp.body``, so that nobody replays it later."""
        signed = b"%d.%s" % (now_seconds, body)
        digest = hmac.new(self.secret.encode(), signed, hashlib.sha256).hexdigest()
        return {
            "X-Signature-Timestamp": str(now_seconds),
            "X-Signature": f"sha256={digest}",
        }
