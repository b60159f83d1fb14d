# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""One thing that happened on a line."""

from typing import NamedTuple

from ..calendar_month import Day
from ..phone_numbers import Party


class UsageEvent(NamedTuple):
    """A call, message or data session as the network saw it."""

    #: Civil day and local second of its start, and the instant they mean.
    day: Day
    second: int
    instant: int
    #: voice, sms, mms or data.
    usage_type: str
    is_incoming: bool
    #: E.164 digits of the served line, and whether that is a fixed one.
    served_number: str
    is_fixed: bool
    #: The other end; None for data.
    party: Party | None
    #: Seconds, messages or bytes.
    quantity: int
    #: Row of ``countries`` while roaming, else None.
    visited: dict | None
    #: Wholesale cost in millionths of a euro.
    cost_micros: int
    #: Code of the subscription that holds the line then; None when nobody does.
    subscription: str | None

    @property
    def provider(self):
        """Which of the three providers reports it."""
        if self.is_fixed:
            return "fixed_carrier"
        if self.usage_type == "data" or self.visited:
            return "data_roaming"
        return "mobile_wholesale"
