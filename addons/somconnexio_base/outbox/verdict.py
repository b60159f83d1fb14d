# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What an answer, or its absence, says about a call.

>>> of_call(503).value, of_call(504).value, of_call(504, is_safe=True).value
('retry', 'unknown', 'retry')
>>> of_webhook(410).value
'gone'
"""

from enum import Enum


class Verdict(str, Enum):
    """What became of a call."""

    DONE = "done"
    RETRY = "retry"  # nothing was done there
    UNKNOWN = "unknown"  # it may have been done
    REFUSED = "refused"  # it will never be done as it is
    GONE = "gone"  # the receiver wants nothing more
    ABSENT = "absent"  # asked later: it never arrived


#: Answers after which nothing has been done and another attempt may succeed: login
#: not accepted, timeout of the request, the same key at work, too early, too many,
#: not available.
_RETRY_CODES = frozenset({401, 403, 407, 408, 409, 425, 429, 503})
#: Answers that speak of the endpoint's own trouble, not of this call.
_TROUBLE_CODES = frozenset({401, 403, 407, 408})


def of_call(status, is_safe=False):
    """Judge the answer to a call.

    :param int status: HTTP status, or None when no answer came after sending
    :param bool is_safe: the call only reads, so that doing it twice is no matter
    """
    if status is None or (status >= 500 and status != 503):
        return Verdict.RETRY if is_safe else Verdict.UNKNOWN
    if 200 <= status < 300:
        return Verdict.DONE
    return Verdict.RETRY if status in _RETRY_CODES else Verdict.REFUSED


def of_webhook(status):
    """Judge the answer to a webhook, after the Standard Webhooks specification.

    A redirect is a failure. Receivers know a message by its id, so that it may be
    sent again whatever became of it.
    """
    if status == 410:
        return Verdict.GONE
    is_done = status is not None and 200 <= status < 300
    return Verdict.DONE if is_done else Verdict.RETRY


def of_status_page(status):
    """Judge what the endpoint's status page says about a call.

    2xx: it was done; 404: it never arrived; 202 and all else: not known yet.
    """
    if status == 404:
        return Verdict.ABSENT
    is_done = status is not None and 200 <= status < 300 and status != 202
    return Verdict.DONE if is_done else Verdict.UNKNOWN


def is_trouble(status):
    """Tell whether an answer counts as a failure of the endpoint itself."""
    return status is None or status >= 500 or status in _TROUBLE_CODES
