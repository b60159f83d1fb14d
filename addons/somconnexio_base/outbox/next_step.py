# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What happens to a call after an attempt: done, later, never, or ask first."""

from dataclasses import dataclass

from . import schedule
from .verdict import Verdict

PENDING = "pending"
SENDING = "sending"
DONE = "done"
UNKNOWN = "unknown"
DEAD = "dead"

#: What to do when it is not known whether a call was done.
ASK = "ask"
RESEND = "resend"
WAIT = "wait"


@dataclass(frozen=True)
class Policy:
    """How an endpoint wants to be called again.

    :param str unknown_policy: ASK its status page, RESEND as it knows the key, or
        WAIT for a person
    :param tuple waits: seconds, see ``schedule.parse``
    :param int jitter_percent: see ``schedule.wait_seconds``
    :param int ask_after_seconds: so long it may still be at work on the call
    """

    unknown_policy: str
    waits: tuple
    jitter_percent: int = 0
    ask_after_seconds: int = 30

    def wait_after(self, attempt_count):
        """Return the seconds to wait after so many attempts, None: no more."""
        return schedule.wait_seconds(self.waits, attempt_count, self.jitter_percent)


@dataclass(frozen=True)
class Step:
    """The state a call goes into, and the seconds until it is its turn again.

    ``wait_seconds`` None means that nothing happens by itself any more.
    """

    state: str
    wait_seconds: float | None = None

    @property
    def needs_person(self):
        """Whether somebody has to look at the call."""
        return self.state == DEAD or (
            self.state == UNKNOWN and self.wait_seconds is None
        )


def after_sending(verdict, policy, attempt_count, retry_after_seconds=0):
    """Return the step after an attempt to send.

    :param int attempt_count: attempts of the schedule made, with this one
    """
    if verdict is Verdict.DONE:
        return Step(DONE)
    if verdict in (Verdict.REFUSED, Verdict.GONE):
        return Step(DEAD)
    if verdict is Verdict.UNKNOWN and policy.unknown_policy == ASK:
        return Step(UNKNOWN, policy.ask_after_seconds)
    if verdict is Verdict.UNKNOWN and policy.unknown_policy == WAIT:
        return Step(UNKNOWN)
    return _later(policy, attempt_count, retry_after_seconds)


def after_asking(verdict, policy, attempt_count, ask_count):
    """Return the step after the endpoint was asked what became of a call.

    :param int attempt_count: attempts to send so far
    :param int ask_count: times it was asked, with this one
    """
    if verdict is Verdict.DONE:
        return Step(DONE)
    if verdict is Verdict.ABSENT:
        is_last = policy.wait_after(attempt_count) is None
        return Step(DEAD) if is_last else Step(PENDING, 0)
    return Step(UNKNOWN, policy.wait_after(ask_count))


def _later(policy, attempt_count, retry_after_seconds):
    wait = policy.wait_after(attempt_count)
    if wait is None:
        return Step(DEAD)
    return Step(PENDING, max(wait, retry_after_seconds))
