# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Signatures of webhooks after the Standard Webhooks specification, version 1.0.

The receiver proves with the shared secret that a message is ours, unchanged and
fresh. Source: standardwebhooks.com, "Standard Webhooks Specification".

>>> sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek",
...      1614265330, b'{"test": 2432232314}')
'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
"""

import base64
import binascii
import hashlib
import hmac
import secrets as random_source

from .errors import SettingError

SECRET_PREFIX = "whsec_"
TOLERANCE_SECONDS = 300
_SECRET_BYTES = 32
_SECRET_RANGE = range(24, 65)


class SignatureError(ValueError):
    """A message that isn't to be trusted; the text says why."""


def make_secret():
    """Return a new secret, in the form that receivers paste."""
    return SECRET_PREFIX + base64.b64encode(
        random_source.token_bytes(_SECRET_BYTES)
    ).decode("ascii")


def secret_bytes(secret):
    """Return the bytes of a secret.

    :raise SettingError: webhook_secret, when it isn't base64 of 24 to 64 bytes
    """
    try:
        key = base64.b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)
    except (binascii.Error, ValueError) as error:
        raise SettingError("webhook_secret") from error
    if len(key) not in _SECRET_RANGE:
        raise SettingError("webhook_secret")
    return key


def sign(secret, message_id, timestamp_seconds, body):
    """Return one signature, such as ``v1,g0hM…``.

    :param str message_id: the same over all attempts
    :param int timestamp_seconds: of this attempt, since 1970
    :param bytes body: exactly what is sent
    """
    signed = b"%s.%d.%s" % (message_id.encode(), timestamp_seconds, body)
    digest = hmac.new(secret_bytes(secret), signed, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode("ascii")


def headers(secrets, message_id, timestamp_seconds, body):
    """Return the three headers of a message, signed with each of the secrets.

    :param secrets: the present secret and, while receivers change over, the last one
    """
    signatures = [
        sign(secret, message_id, timestamp_seconds, body) for secret in secrets
    ]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp_seconds),
        "webhook-signature": " ".join(signatures),
    }


def verify(secret, headers, body, now_seconds, tolerance_seconds=TOLERANCE_SECONDS):
    """Return the id of a message that is signed with the secret and fresh.

    :param headers: mapping of lower-case names
    :param bytes body: as received, before any parsing
    :param now_seconds: the time now, since 1970
    :raise SignatureError: when it is to be refused
    """
    try:
        message_id = headers["webhook-id"]
        timestamp = int(headers["webhook-timestamp"])
        given = headers["webhook-signature"].split()
    except (KeyError, ValueError) as error:
        raise SignatureError("A header is missing or is no number.") from error
    if abs(now_seconds - timestamp) > tolerance_seconds:
        raise SignatureError("The timestamp is too far from now.")
    expected = sign(secret, message_id, timestamp, body).encode()
    # Each is compared in full, so that the time taken tells nothing.
    matches = [hmac.compare_digest(expected, each.encode()) for each in given]
    if not any(matches):
        raise SignatureError("No signature agrees.")
    return message_id
