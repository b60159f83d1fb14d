# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Instants and times of day, as documents and usage files write them."""

from datetime import datetime, timezone

MINUTES_PER_HOUR = 60


def parse_instant(text):
    """Return a datetime: aware when the text has an offset, else civil.

    >>> parse_instant("2026-10-25T02:30:00+01:00").utcoffset().seconds
    3600
    >>> parse_instant("2026-10-25 02:30").tzinfo is None
    True
    """
    return datetime.fromisoformat(_as_python_310_reads(text))


def _as_python_310_reads(text):
    """Return ISO 8601 as Python 3.10 reads it: no Z, colon in the offset."""
    if text.endswith(("Z", "z")):
        return f"{text[:-1]}+00:00"
    head, tail = text[:-5], text[-5:]
    if len(text) > 15 and tail[0] in "+-" and tail[1:].isdigit():
        return f"{head}{tail[:3]}:{tail[3:]}"
    return text


def as_utc(instant, zone):
    """Return an instant in UTC without zone, as the database keeps it.

    A civil time that the clock shows twice is the first of both.

    :param datetime instant: aware, or civil in ``zone``
    :param ZoneInfo zone: of civil times

    >>> from zoneinfo import ZoneInfo
    >>> as_utc(parse_instant("2026-10-25 02:30"), ZoneInfo("Europe/Madrid"))
    datetime.datetime(2026, 10, 25, 0, 30)
    """
    aware = instant if instant.tzinfo else instant.replace(tzinfo=zone)
    return aware.astimezone(timezone.utc).replace(tzinfo=None)


def parse_minute(text):
    """Return the minute of the day.

    >>> parse_minute("08:30"), parse_minute("24:00")
    (510, 1440)
    """
    hours, minutes = text.split(":")
    return int(hours) * MINUTES_PER_HOUR + int(minutes)


def format_minute(minute):
    """Return a minute of the day as text.

    >>> format_minute(1440)
    '24:00'
    """
    hours, minutes = divmod(minute, MINUTES_PER_HOUR)
    return f"{hours:02}:{minutes:02}"
