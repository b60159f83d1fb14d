# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""One call of an SMS gateway over HTTP, and what its answer means.

What matters is whether the message may be sent once more. Only an answer that says
“not taken” allows that; silence, a broken line or an error of the server does not:
then the gateway has to be asked, or a person.
"""

from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import quote

import requests
from urllib3.exceptions import NewConnectionError

from .mapping import fill, pick

ACCEPTED = "accepted"  #: the gateway has it
REJECTED = "rejected"  #: this message will never be taken
LATER = "later"  #: nothing was taken; try again after ``retry_seconds``
BLOCKED = "blocked"  #: the gateway takes nothing from us: address or key are wrong
UNKNOWN = "unknown"  #: it may have been taken
ABSENT = "absent"  #: asked for it: the gateway never had it

BUSY_STATUSES = (429, 503)
BLOCKED_STATUSES = (401, 403, 404, 405)
DEFAULT_RETRY_SECONDS = 60
BLOCKED_SECONDS = 15 * 60
MAX_RETRY_SECONDS = 24 * 3600
MAX_ANSWER_BYTES = 64 * 1024


class Endpoint(NamedTuple):
    """How a gateway is called; texts hold placeholders in braces.

    ``body_format`` is ``json``, ``form`` or ``query``; ``id_path`` leads to the
    gateway's id of the message in its answer, empty when it gives none;
    ``status_path`` and ``status_words`` (their word → ``accepted``, ``delivered``,
    ``failed``) read the answer to a question about a message.
    """

    method: str
    url: str
    headers: dict
    body_format: str
    body: dict
    timeout_seconds: int
    id_path: str = ""
    status_path: str = ""
    status_words: dict = {}


class Outcome(NamedTuple):
    """What a call came to: one of the verdicts above, and what is known with it."""

    verdict: str
    reference: str = ""
    retry_seconds: int = 0
    detail: str = ""


def send(endpoint, values):
    """Hand one message to a gateway and return the :class:`Outcome`.

    Raises nothing: what goes wrong on the way is a verdict.

    :param dict values: texts by placeholder: ``number``, ``text``, ``reference`` …
    """
    answer = _call(endpoint, values)
    if isinstance(answer, Outcome):
        return answer
    if 200 <= answer.status_code < 300:
        return _taken(endpoint, answer)
    return _not_taken(answer)


def ask(endpoint, values):
    """Ask a gateway about a message whose outcome is unknown.

    :return: an :class:`Outcome`: accepted or rejected by the gateway's word, absent
        when it never had the message, else unknown
    """
    answer = _call(endpoint, values)
    if isinstance(answer, Outcome):
        return answer._replace(verdict=UNKNOWN)
    if answer.status_code == 404:
        return Outcome(ABSENT, detail=_detail(answer))
    if not 200 <= answer.status_code < 300:
        return Outcome(UNKNOWN, detail=_detail(answer))
    word = pick(_json(answer), endpoint.status_path)
    meaning = endpoint.status_words.get(str(word))
    verdict = {"accepted": ACCEPTED, "delivered": ACCEPTED, "failed": REJECTED}
    reference = pick(_json(answer), endpoint.id_path) if endpoint.id_path else ""
    return Outcome(
        verdict.get(meaning, UNKNOWN), str(reference or ""), detail=_detail(answer)
    )


def _call(endpoint, values):
    """Return the answer, or the outcome of a call without one."""
    places = {"json": "json", "form": "data", "query": "params"}
    content = {places[endpoint.body_format]: fill(endpoint.body, values)}
    try:
        return requests.request(
            endpoint.method,
            fill(
                endpoint.url,
                {key: quote(str(text), safe="") for key, text in values.items()},
            ),
            headers=fill(endpoint.headers, values),
            timeout=endpoint.timeout_seconds,
            allow_redirects=False,
            **(content if endpoint.body else {}),
        )
    except ValueError as error:  # an address or header that cannot be
        return Outcome(BLOCKED, "", BLOCKED_SECONDS, f"{type(error).__name__}")
    except requests.RequestException as error:
        verdict = LATER if _was_never_sent(error) else UNKNOWN
        return Outcome(verdict, "", DEFAULT_RETRY_SECONDS, f"{type(error).__name__}")


def _was_never_sent(error):
    """Return whether a call failed before its first byte left."""
    if isinstance(
        error, (requests.exceptions.ConnectTimeout, requests.exceptions.SSLError)
    ):
        return True
    cause = error.args[0] if error.args else None
    return isinstance(getattr(cause, "reason", cause), NewConnectionError)


def _taken(endpoint, answer):
    """Return the outcome of an answer that says yes."""
    reference = pick(_json(answer), endpoint.id_path) if endpoint.id_path else ""
    if endpoint.id_path and reference in (None, ""):
        return Outcome(UNKNOWN, detail=f"no id in the answer: {_detail(answer)}")
    return Outcome(ACCEPTED, str(reference))


def _not_taken(answer):
    """Return the outcome of an answer that says no."""
    status, detail = answer.status_code, _detail(answer)
    if status in BUSY_STATUSES:
        return Outcome(LATER, "", retry_seconds(answer.headers), detail)
    if status in BLOCKED_STATUSES or 300 <= status < 400:
        return Outcome(BLOCKED, "", BLOCKED_SECONDS, detail)
    if 400 <= status < 500 and status != 408:
        return Outcome(REJECTED, detail=detail)
    return Outcome(UNKNOWN, detail=detail)


def retry_seconds(headers, now=None):
    """Return the seconds that ``Retry-After`` asks for: a number or a date (RFC 9110).

    >>> retry_seconds({"Retry-After": "120"}), retry_seconds({})
    (120, 60)
    """
    text = (headers.get("Retry-After") or "").strip()
    if text.isdigit():
        return min(int(text), MAX_RETRY_SECONDS)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return DEFAULT_RETRY_SECONDS
    if until.tzinfo is None:
        until = until.replace(tzinfo=timezone.utc)
    seconds = int((until - (now or datetime.now(timezone.utc))).total_seconds())
    return min(max(seconds, 1), MAX_RETRY_SECONDS)


def _json(answer):
    """Return the decoded body, or None when it is no JSON."""
    if len(answer.content) > MAX_ANSWER_BYTES:
        return None
    try:
        return answer.json()
    except ValueError:
        return None


def _detail(answer):
    """Return status and beginning of an answer for people."""
    return f"{answer.status_code} {answer.text[:200]}".strip()
