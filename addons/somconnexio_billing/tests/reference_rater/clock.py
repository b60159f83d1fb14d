# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Instants, their civil reading, time bands and months."""

import calendar
from datetime import date, datetime, timezone

HOLIDAY = "holiday"


def instant(value, zone):
    """Return the UTC instant that a text or datetime names.

    :param value: ISO 8601 text or datetime; civil in ``zone`` when without offset
    """
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    return moment.astimezone(timezone.utc)


class Band:
    """Hours of the week with prices of their own.

    :param int place: its place among the bands; the first wins
    :param dict row: the band of the document
    :param dict calendars: dates of the holidays by calendar code
    :param zone: ZoneInfo in which hours are read
    """

    def __init__(self, place, row, calendars, zone):
        self.place = place
        self.code = row["code"]
        self.zone = zone
        self.holidays = calendars.get(row.get("calendar"), frozenset())
        self.windows = [
            (window["days"], _minute(window, "from"), _minute(window, "to"))
            for window in row["windows"]
        ]

    def holds(self, moment):
        """Tell whether an instant lies in the band."""
        civil = moment.astimezone(self.zone)
        minute = civil.hour * 60 + civil.minute
        is_holiday = civil.date() in self.holidays
        for days, first, end in self.windows:
            is_day = days == HOLIDAY
            if not is_holiday:
                is_day = days != HOLIDAY and civil.isoweekday() in days
            if is_day and first <= minute < end:
                return True
        return False


def _minute(window, name):
    text = window.get(name) or {"from": "00:00", "to": "24:00"}[name]
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def month_of(day):
    """Return the number of a day's month, counted through the years."""
    return day.year * 12 + day.month - 1


def month_start(month):
    """Return the first day of a numbered month."""
    return date(month // 12, month % 12 + 1, 1)


def days_in(month):
    """Return how many days a numbered month has."""
    return calendar.monthrange(month // 12, month % 12 + 1)[1]


def month_end_at(month, zone):
    """Return the instant at which a numbered month is over."""
    following = month_start(month + 1)
    midnight = datetime(following.year, following.month, 1, tzinfo=zone)
    return midnight.astimezone(timezone.utc)
