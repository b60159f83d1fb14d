# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The circuit breaker: an endpoint that fails is left alone for a while.

Closed: calls go out. Open, after so many failures in a row: none does. Half-open,
when the pause is over: one call probes; its success closes, its failure opens for
twice as long.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

CLOSED = "closed"
OPEN = "open"
HALF_OPEN = "half_open"
MAX_PAUSE_SECONDS = 3600


@dataclass(frozen=True)
class Health:
    """How an endpoint does.

    ``resume_at`` is the UTC instant before which nothing is sent, None for now.
    """

    state: str = CLOSED
    failure_count: int = 0
    resume_at: datetime | None = None


def after_success(health):
    """Return the health after an answer that shows that the endpoint works.

    >>> after_success(Health(HALF_OPEN, 7)) == Health()
    True
    """
    return replace(health, state=CLOSED, failure_count=0, resume_at=None)


def after_failure(health, now, threshold, pause_seconds):
    """Return the health after one more failure.

    :param datetime now: UTC
    :param int threshold: failures in a row that open the breaker
    :param int pause_seconds: the first pause; each further failure doubles it
    """
    failure_count = health.failure_count + 1
    if failure_count < threshold:
        return replace(health, failure_count=failure_count)
    doublings = min(failure_count - threshold, 20)
    pause = min(pause_seconds * 2**doublings, MAX_PAUSE_SECONDS)
    return Health(OPEN, failure_count, now + timedelta(seconds=pause))


def after_throttling(health, now, wait_seconds):
    """Return the health after "too many requests": it works, but wants a rest.

    :param int wait_seconds: what its Retry-After asks for
    """
    resume_at = now + timedelta(seconds=wait_seconds) if wait_seconds else None
    return Health(CLOSED, 0, resume_at)
