# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The days of a month as the cooperative's clock shows them.

Local times are seconds of the civil day in Europe/Madrid; instants are seconds
since 1970 in UTC. In the night when the clock goes back, a local second of the
repeated hour means its first occurrence, as it does for who reads it without an
offset.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

HOME_ZONE = ZoneInfo("Europe/Madrid")
DAY_SECONDS = 86_400
HOUR_SECONDS = 3_600
#: Local second at which the day's other offset begins, in spring and in autumn.
_CHANGE_SECOND = 3 * HOUR_SECONDS
#: ``CLOCK[second]`` is how a clock shows that second of a day.
CLOCK = tuple(
    f"{hour:02d}:{minute:02d}:{second:02d}"
    for hour in range(24)
    for minute in range(60)
    for second in range(60)
)
#: Days on which Catalonia rests though the calendar says a working day.
_HOLIDAYS = frozenset(
    {(1, 1), (1, 6), (5, 1), (6, 24), (8, 15), (9, 11), (10, 12), (11, 1)}
    | {(12, 6), (12, 8), (12, 25), (12, 26)}
)


@dataclass(frozen=True)
class Day:
    """One civil day in Europe/Madrid."""

    date: date

    @classmethod
    def of_instant(cls, instant):
        """Return the civil day at home that an instant lies in."""
        return cls(datetime.fromtimestamp(instant, HOME_ZONE).date())

    @cached_property
    def midnight(self):
        """Instant at which the day begins."""
        return _instant(self.date)

    @cached_property
    def clock_shift(self):
        """Seconds by which the clock goes back (+) or forward (-) this night."""
        return _instant(self.date + timedelta(days=1)) - self.midnight - DAY_SECONDS

    @cached_property
    def is_rest_day(self):
        """Whether it is a Saturday, a Sunday or a holiday."""
        holiday = (self.date.month, self.date.day) in _HOLIDAYS
        return holiday or self.date.weekday() >= 5

    @cached_property
    def spanish_date(self):
        """The day as 03/10/2026."""
        return self.date.strftime("%d/%m/%Y")

    @cached_property
    def compact_date(self):
        """The day as 20261003."""
        return self.date.strftime("%Y%m%d")

    def existing(self, second):
        """Return the local second, moved on when the clock leaps over it."""
        is_leapt = self.clock_shift < 0 and 0 <= _CHANGE_SECOND - second - 1 < (
            -self.clock_shift
        )
        return second - self.clock_shift if is_leapt else second

    def instant(self, second):
        """Return the instant of a local second of this day."""
        shift = self.clock_shift if second >= _CHANGE_SECOND else 0
        return self.midnight + second + shift

    def is_repeated(self, second):
        """Tell whether the clock shows this local second twice on this day."""
        begin = _CHANGE_SECOND - self.clock_shift
        return self.clock_shift > 0 and begin <= second < _CHANGE_SECOND


def _instant(day):
    return int(datetime(day.year, day.month, day.day, tzinfo=HOME_ZONE).timestamp())


def days_of(month_start):
    """Return the days of the month that begins on ``month_start``."""
    count = monthrange(month_start.year, month_start.month)[1]
    return [Day(month_start + timedelta(days=number)) for number in range(count)]


def day_before(month_start, days):
    """Return the day that lies ``days`` before the month."""
    return Day(month_start - timedelta(days=days))


def week_ends(days):
    """Return for each day the last day of its week within the month.

    >>> [day.date.day for day in week_ends(days_of(date(2026, 10, 1)))[:5]]
    [4, 4, 4, 4, 11]
    """
    last = days[-1]
    ends = []
    for day in days:
        sunday = day.date + timedelta(days=6 - day.date.weekday())
        ends.append(Day(min(sunday, last.date)))
    return ends
