# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The calendar of T2, the system in which banks of the euro area settle.

Closed are Saturdays, Sundays and six days a year.

Source: European Central Bank, long-term calendar of T2 closing days (since 2002).

>>> from datetime import date
>>> next_business_day(date(2026, 12, 25))
datetime.date(2026, 12, 28)
>>> is_business_day(date(2026, 4, 3)), is_business_day(date(2026, 4, 6))
(False, False)
>>> add_business_days(date(2026, 12, 31), 1)
datetime.date(2027, 1, 4)
"""

from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@cache
def closing_days(year):
    """Return the closing days of a year that may fall on a weekday.

    :param int year: civil year
    :return: frozenset of date
    """
    sunday = easter(year)
    return frozenset(
        {
            date(year, 1, 1),
            sunday - 2 * ONE_DAY,
            sunday + ONE_DAY,
            date(year, 5, 1),
            date(year, 12, 25),
            date(year, 12, 26),
        }
    )


def is_business_day(day):
    """Tell whether banks settle on a civil day."""
    return day.weekday() < SATURDAY and day not in closing_days(day.year)


def next_business_day(day):
    """Return the first business day that is not before a civil day."""
    while not is_business_day(day):
        day += ONE_DAY
    return day


def add_business_days(day, count):
    """Return the day that is so many business days after a civil day.

    :param int count: 0 or more
    """
    day = next_business_day(day)
    for _step in range(count):
        day = next_business_day(day + ONE_DAY)
    return day


def business_days(first, last):
    """Return the day on which banks settle what is due on each civil day.

    :param date first: first civil day
    :param date last: last civil day, included
    :return: list of (civil day, business day)
    """
    days = [first + ONE_DAY * place for place in range((last - first).days + 1)]
    return [(day, next_business_day(day)) for day in days]
