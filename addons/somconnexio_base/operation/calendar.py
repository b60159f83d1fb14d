# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The civil day on which an operation is to be done."""

from datetime import date, timedelta

NOW = "now"
NEXT_MONTH = "next_month"


def next_month(day):
    """Return the first day of the month after that of ``day``.

    >>> next_month(date(2026, 1, 31)), next_month(date(2026, 12, 1))
    (datetime.date(2026, 2, 1), datetime.date(2027, 1, 1))
    """
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def asked_day(when, today):
    """Return the civil date that ``when`` means.

    :param when: ``now`` (or nothing), ``next_month``, a date, or its ISO text
    :param date today: the civil date it is now
    :return: date
    :raise ValueError: when the text is none of these

    >>> asked_day("next_month", date(2026, 10, 15))
    datetime.date(2026, 11, 1)
    >>> asked_day("2026-10-20", date(2026, 10, 15))
    datetime.date(2026, 10, 20)
    """
    if not when or when == NOW:
        return today
    if when == NEXT_MONTH:
        return next_month(today)
    if isinstance(when, date):
        return when
    return date.fromisoformat(when)


def is_within(day, first, days):
    """Tell whether ``day`` is one of the ``days`` days that follow ``first``.

    The day of the contract does not count, as in the Spanish consumer law
    (art. 104 of RDL 1/2007: natural days from the conclusion of the contract).

    >>> is_within(date(2026, 10, 15), date(2026, 10, 1), 14)
    True
    >>> is_within(date(2026, 10, 16), date(2026, 10, 1), 14)
    False
    """
    return first <= day <= first + timedelta(days=days)
