# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What should have come and did not: numbers left out, days without a file."""

from datetime import timedelta

# A larger hole is a numbering that began anew, not so many lost files.
MAX_JUMP = 100
FREQUENCIES = ("day", "week", "month")


def missing_numbers(numbers):
    """Return the numbers left out between the first and the last one, in order.

    A jump over more than ``MAX_JUMP`` numbers is taken for a new beginning.

    >>> missing_numbers([7, 4, 5, 4])
    [6]
    """
    ordered = sorted(set(numbers))
    return [
        number
        for before, after in zip(ordered, ordered[1:], strict=False)
        if after - before <= MAX_JUMP
        for number in range(before + 1, after)
    ]


def period_start(day, frequency):
    """Return the first day of the day, week (from Monday) or month of a day.

    >>> from datetime import date
    >>> period_start(date(2026, 10, 7), "week")
    datetime.date(2026, 10, 5)
    """
    if frequency == "month":
        return day.replace(day=1)
    if frequency == "week":
        return day - timedelta(days=day.weekday())
    return day


def next_period(start, frequency):
    """Return the first day of the period after the one that begins on ``start``.

    >>> from datetime import date
    >>> next_period(date(2026, 12, 1), "month")
    datetime.date(2027, 1, 1)
    """
    if frequency == "month":
        return period_start(start + timedelta(days=31), "month")
    return start + timedelta(days=7 if frequency == "week" else 1)


def due_periods(first_day, today, frequency):
    """Return the starts of the periods that have ended by the beginning of a day.

    :param date first_day: files are expected from its period on
    :param date today: what ends after it is not due yet
    """
    periods = []
    start = period_start(first_day, frequency)
    while (end := next_period(start, frequency)) <= today:
        periods.append(start)
        start = end
    return periods


def missing_periods(dates, first_day, today, frequency):
    """Return the starts of due periods that no date falls into, the last 100 at most.

    >>> from datetime import date
    >>> first = date(2026, 10, 1)
    >>> missing_periods([first], first, date(2026, 10, 3), "day")
    [datetime.date(2026, 10, 2)]
    """
    there = {period_start(day, frequency) for day in dates}
    due = due_periods(first_day, today, frequency)
    return [start for start in due if start not in there][-MAX_JUMP:]
