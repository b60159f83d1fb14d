# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Civil months and the instants at which they begin and end."""

from dataclasses import dataclass
from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class CivilMonth:
    """A civil month and its instants in UTC, half-open.

    >>> CivilMonth.of(datetime(2026, 9, 30, 22), "Europe/Madrid").start_date
    datetime.date(2026, 10, 1)
    >>> CivilMonth(date(2026, 12, 1), "Europe/Madrid").end_at
    datetime.datetime(2026, 12, 31, 23, 0)
    """

    start_date: date
    time_zone: str

    @classmethod
    def of(cls, instant, time_zone):
        """Return the month in which a naive UTC instant lies."""
        local = instant.replace(tzinfo=timezone.utc).astimezone(ZoneInfo(time_zone))
        return cls(local.date().replace(day=1), time_zone)

    def moved(self, count):
        """Return the month that lies so many after this one (before: negative)."""
        number = self.start_date.year * 12 + self.start_date.month - 1 + count
        return CivilMonth(date(number // 12, number % 12 + 1, 1), self.time_zone)

    @property
    def end_date(self):
        """First day of the month after it."""
        return self.moved(1).start_date

    @property
    def start_at(self):
        """First instant, naive UTC."""
        return self._instant(self.start_date)

    @property
    def end_at(self):
        """First instant of the month after it, naive UTC."""
        return self._instant(self.end_date)

    def _instant(self, day):
        local = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(self.time_zone))
        return local.astimezone(timezone.utc).replace(tzinfo=None)
