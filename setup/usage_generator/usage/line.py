# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A number with usage: who holds it when, and how its user behaves.

Instants are seconds since 1970 in UTC.
"""

from dataclasses import dataclass, field
from datetime import date, timezone
from typing import NamedTuple

from ..calendar_month import DAY_SECONDS
from ..reference_table import WeightedChoice, read_table
from ..world.inventory import VOICE_KINDS, at_midnight

_FOREVER = 1 << 62


class Habits(NamedTuple):
    """What people use of an offering: a row of ``offerings`` as numbers.

    The shares are of the line's records; what they leave over is data.
    """

    #: Records of a month, relative to those of other offerings.
    records: float
    outgoing_share: float
    incoming_share: float
    message_share: float
    #: Minutes of outgoing calls and megabytes of data in a typical month.
    minutes: float
    megabytes: float
    #: Megabytes that the offering includes, or a part of them where it is shared.
    included_megabytes: float

    @classmethod
    def of(cls, row):
        """Read the habits off a row of ``offerings``."""
        return cls(*(float(row[name]) for name in cls._fields))

    @property
    def data_share(self):
        """Share of the records that are data sessions."""
        return 1 - self.outgoing_share - self.incoming_share - self.message_share


@dataclass(slots=True)
class Tenure:
    """One holder of a number, from an instant up to another."""

    subscription: str
    begins: int
    ends: int
    #: Instant from which its user keeps silent: suspended or over.
    falls_silent: int


@dataclass(slots=True)
class Trip:
    """Days that the user of a line spends in another country."""

    first_date: date
    last_date: date
    country: dict


@dataclass(slots=True)
class Line:
    """One number with usage."""

    number: str
    is_fixed: bool
    habits: Habits
    tenures: list[Tenure]
    #: Its share of the month's records, in no unit.
    weight: float = 0.0
    contacts: WeightedChoice | None = None
    #: Mean length of a call and mean volume of a data session.
    call_seconds: float = 0.0
    session_bytes: float = 0.0
    #: Bytes until its user is told that the data included has been used up.
    bytes_left: float = 0.0
    trips: list[Trip] = field(default_factory=list)

    def tenure_at(self, instant):
        """Return who holds the number at an instant, or None."""
        for tenure in self.tenures:
            if tenure.begins <= instant < tenure.ends:
                return tenure
        return None

    def is_used_on(self, day):
        """Tell whether one holder uses it for the whole of a day."""
        begins, ends = day.midnight, day.instant(DAY_SECONDS - 1)
        return any(
            tenure.begins <= begins and ends < min(tenure.ends, tenure.falls_silent)
            for tenure in self.tenures
        )

    def trip_on(self, day):
        """Return the trip that covers a day, or None."""
        for trip in self.trips:
            if trip.first_date <= day.date <= trip.last_date:
                return trip
        return None


def bare_lines(world):
    """Return a line without habits for each number that somebody held."""
    habits = {row["default_code"]: Habits.of(row) for row in read_table("offerings")}
    subscriptions = {row.code: row for row in world.subscriptions}
    lines = {}
    for assignment in world.assignments:
        if assignment.kind not in VOICE_KINDS:
            continue
        subscription = subscriptions[assignment.subscription]
        is_fixed = assignment.kind == "fixed_number"
        line = Line(assignment.resource, is_fixed, _frugal(habits, subscription), [])
        line = lines.setdefault(assignment.resource, line)
        line.tenures.append(_tenure(assignment, subscription))
        line.tenures.sort(key=lambda tenure: tenure.begins)
    return list(lines.values())


def _frugal(habits, subscription):
    """Return the habits that suit the smallest of a subscription's offerings."""
    suited = [habits[line.offering] for line in subscription.tariff_lines]
    return min(suited, key=lambda row: (row.included_megabytes, row.minutes))


def _tenure(assignment, subscription):
    ends = _seconds(assignment.end_at)
    suspended = subscription.suspension_date
    return Tenure(
        subscription=subscription.code,
        begins=_seconds(assignment.start_at),
        ends=ends,
        falls_silent=_seconds(at_midnight(suspended)) if suspended else ends,
    )


def _seconds(moment):
    if moment is None:
        return _FOREVER
    return int(moment.replace(tzinfo=timezone.utc).timestamp())
