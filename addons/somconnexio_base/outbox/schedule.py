# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""When a call is tried again: a list of waits, as data.

>>> parse("5s 5m 2h")
(5, 300, 7200)
>>> wait_seconds((5, 300), 1, 0), wait_seconds((5, 300), 3, 0)
(5.0, None)
"""

import re
from datetime import timezone
from email.utils import parsedate_to_datetime
from random import SystemRandom

from .errors import SettingError

_PART = re.compile(r"(\d{1,6})([smhd])")
_UNIT_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_MAX_RETRY_AFTER_SECONDS = 86400
_RANDOM = SystemRandom()


def parse(text):
    """Return the waits, in seconds, that a schedule names.

    :param str text: numbers with s, m, h or d, such as ``5s 5m 2h``
    :return: tuple of int; the first is the wait after the first attempt
    :raise SettingError: schedule_part, with the part that can't be read
    """
    waits = []
    for part in (text or "").replace(",", " ").split():
        match = _PART.fullmatch(part)
        if not match:
            raise SettingError("schedule_part", part)
        waits.append(int(match[1]) * _UNIT_SECONDS[match[2]])
    return tuple(waits)


def wait_seconds(waits, attempt_count, jitter_percent, uniform=_RANDOM.uniform):
    """Return how long to wait after an attempt, spread so that calls don't bunch.

    :param waits: what ``parse`` returned
    :param int attempt_count: attempts made so far, 1 or more
    :param int jitter_percent: the wait is longer or shorter by up to so much
    :return: float seconds, or None when no attempt is left
    """
    if attempt_count > len(waits):
        return None
    jitter = jitter_percent / 100
    return waits[attempt_count - 1] * uniform(1 - jitter, 1 + jitter)


def retry_after_seconds(header, now):
    """Read a Retry-After header (RFC 9110 §10.2.3): seconds, or a date.

    :param header: its text, or None
    :param datetime now: UTC without time zone
    :return: int seconds, at most a day; 0 when there is none or it can't be read
    """
    text = (header or "").strip()
    if text.isdigit():
        return min(int(text[:9]), _MAX_RETRY_AFTER_SECONDS)
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return 0
    if moment.tzinfo:
        moment = moment.astimezone(timezone.utc).replace(tzinfo=None)
    seconds = int((moment - now).total_seconds())
    return min(max(seconds, 0), _MAX_RETRY_AFTER_SECONDS)
