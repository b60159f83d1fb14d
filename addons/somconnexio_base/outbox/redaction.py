# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Keep secrets out of what is stored and logged."""

import base64

MASK = "•••"
_MIN_SECRET_LENGTH = 4


def redact(text, secrets, user=""):
    """Return a text without the secrets that an endpoint may have echoed.

    :param str text: an answer or an error
    :param secrets: iterable of secrets; those under four characters are left, for
        they would blot out ordinary text
    :param str user: login that goes with them in HTTP's basic form

    >>> redact("token=abcdef rejected", ["abcdef"])
    'token=••• rejected'
    """
    for secret in secrets:
        if len(secret or "") < _MIN_SECRET_LENGTH:
            continue
        basic = base64.b64encode(f"{user}:{secret}".encode()).decode()
        for shown in (basic, secret):
            text = text.replace(shown, MASK)
    return text
