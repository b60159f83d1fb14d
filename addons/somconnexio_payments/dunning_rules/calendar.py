# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""On which days a service may be touched.

Somebody whose line is cut on a Friday, on a day off or on its eve cannot pay and reach
anybody before it is a working day again.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.easter import easter

FRIDAY = 4
DAY = timedelta(days=1)


@dataclass(frozen=True)
class HolidayRule:
    """A day off: a date of one year, the same date each year, or a day around Easter.

    :param int month: with ``day``: the date; 0 where ``easter_offset`` counts
    :param int year: only in that year; 0: each year
    :param int easter_offset: days from Easter Sunday (Good Friday: -2)
    """

    month: int = 0
    day: int = 0
    year: int = 0
    easter_offset: int = 0

    def in_year(self, year):
        """Return the day off in a year, or None when there is none.

        >>> HolidayRule(easter_offset=-2).in_year(2026).isoformat()
        '2026-04-03'
        """
        if self.year and self.year != year:
            return None
        if not self.month:
            return easter(year) + timedelta(days=self.easter_offset)
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None  # 29 February


@dataclass(frozen=True)
class ActionCalendar:
    """Tells on which days a service may be restricted, suspended or ended.

    :param tuple rules: of :class:`HolidayRule`
    :param bool spares_rest_days: False: any day will do
    """

    rules: tuple = ()
    spares_rest_days: bool = True

    def is_holiday(self, day):
        """Tell whether a day is one of the days off."""
        return any(rule.in_year(day.year) == day for rule in self.rules)

    def allows(self, day):
        """Tell whether a service may be touched on a day.

        Not on Fridays, Saturdays and Sundays, days off and their eves.

        >>> calendar = ActionCalendar((HolidayRule(12, 8),))
        >>> [calendar.allows(date(2026, 12, day)) for day in (3, 4, 6, 7, 8, 9)]
        [True, False, False, False, False, True]
        """
        if not self.spares_rest_days:
            return True
        if day.weekday() >= FRIDAY:
            return False
        return not (self.is_holiday(day) or self.is_holiday(day + DAY))

    def first_allowed(self, day):
        """Return the first day on or after a day that ``allows``.

        :raise ValueError: when the holidays leave none within a year

        >>> ActionCalendar().first_allowed(date(2026, 11, 27)).isoformat()
        '2026-11-30'
        """
        for offset in range(366):
            if self.allows(day + offset * DAY):
                return day + offset * DAY
        raise ValueError(f"the holidays leave no day within a year after {day}")
