# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Provider's local dates and times -> UTC instants, strictly.

An instant is read from two lookups: the day gives the UTC start of each of its 96
quarter hours, the time of day gives a quarter and the rest of it. Every change of
clocks since 1970 falls on a quarter hour, so nothing is lost and a million starts
cost one addition each.

A local time that exists twice (clocks going back) is read as its first occurrence;
one that does not exist (clocks going forward) is a bad value.
"""

import re
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from .errors import FieldError, SpecError
from .values import Memo

QUARTER = timedelta(minutes=15)
YEARS = range(1900, 2200)
_WIDTHS = {"Y": 4, "m": 2, "d": 2, "H": 2, "M": 2, "S": 2}
_PARTS = re.compile(r"%(.)|([^%]+)", re.DOTALL)


class FixedPattern:
    """A date pattern in which everything has its place: read strictly and fast.

    Python's own parser takes 10 times longer and is lenient (one-digit days, blanks).

    >>> FixedPattern("%d/%m/%Y").read("03/10/2026")
    {'d': 3, 'm': 10, 'Y': 2026}

    :raise SpecError: for a directive of no fixed width, or one never needed
    """

    def __init__(self, pattern):
        self.pattern = pattern
        self.width = 0
        self._digits = []
        shape = ""
        for letter, literal in _PARTS.findall(pattern):
            if literal:
                shape += re.escape(literal)
                self.width += len(literal)
                continue
            if letter not in _WIDTHS:
                raise SpecError("pattern", "bad_pattern", value=pattern)
            end = self.width + _WIDTHS[letter]
            self._digits.append((letter, slice(self.width, end)))
            shape += rf"\d{{{_WIDTHS[letter]}}}"
            self.width = end
        self._shape = re.compile(shape, re.ASCII)

    def read(self, text):
        """Return the number written for each directive.

        :raise FieldError: ``bad_value`` when the text has another shape
        """
        if not self._shape.fullmatch(text):
            raise FieldError("bad_value", text, self.pattern)
        return {letter: int(text[place]) for letter, place in self._digits}

    def require(self, letters):
        """Refuse a pattern that lacks one of these directives or has others.

        :raise SpecError: naming the pattern
        """
        if sorted(letter for letter, _place in self._digits) != sorted(letters):
            raise SpecError("pattern", "bad_pattern", value=self.pattern)


class DayReader:
    """Read a local date: the UTC starts of its quarter hours.

    >>> DayReader("%d/%m/%Y", "Europe/Madrid")("03/10/2026")[41]
    datetime.datetime(2026, 10, 3, 8, 15)
    """

    def __init__(self, pattern, timezone_name):
        self.pattern = FixedPattern(pattern)
        self.pattern.require("Ymd")
        self.zone = ZoneInfo(timezone_name)

    def __call__(self, text):
        found = self.pattern.read(text)
        if found["Y"] not in YEARS:
            raise FieldError("out_of_range", text, f"{YEARS[0]}-{YEARS[-1]}")
        try:
            midnight = datetime(found["Y"], found["m"], found["d"])
        except ValueError:
            raise FieldError("bad_value", text, self.pattern.pattern) from None
        return tuple(self.utc(midnight + index * QUARTER) for index in range(96))

    def utc(self, local):
        """Return the instant in UTC, or None when clocks skipped it."""
        instant = local.replace(tzinfo=self.zone).astimezone(timezone.utc)
        if instant.astimezone(self.zone).replace(tzinfo=None) != local:
            return None
        return instant.replace(tzinfo=None)


class TimeReader:
    """Read a time of day: its quarter hour, and how far into it.

    >>> TimeReader("%H:%M:%S")("10:22:33")
    (41, datetime.timedelta(seconds=453))
    """

    def __init__(self, pattern):
        self.pattern = FixedPattern(pattern)
        self.pattern.require("HMS" if "%S" in pattern else "HM")

    def __call__(self, text):
        found = self.pattern.read(text)
        hour, minute, second = found["H"], found["M"], found.get("S", 0)
        if hour > 23 or minute > 59 or second > 59:
            raise FieldError("bad_value", text, self.pattern.pattern)
        quarter, rest = divmod(hour * 3600 + minute * 60 + second, 900)
        return quarter, timedelta(seconds=rest)


def combine(quarters, time_of_day):
    """Return the UTC instant of a read day and a read time.

    :raise FieldError: ``bad_value`` when clocks skipped that local time
    """
    quarter, rest = time_of_day
    start = quarters[quarter]
    if start is None:
        hour, minutes = divmod(quarter * 15, 60)
        found = f"{hour:02}:{minutes:02}"
        raise FieldError("bad_value", found, "clock change", "started_at")
    return start + rest


class LocalReader:
    """Read date and time written together, the date first.

    >>> LocalReader("%Y%m%d%H%M%S", "Europe/Madrid")("20261003102233")
    datetime.datetime(2026, 10, 3, 8, 22, 33)
    """

    def __init__(self, pattern, timezone_name):
        cut = pattern.find("%H")
        if cut < 0:
            raise SpecError("pattern", "bad_pattern", value=pattern)
        date_pattern, time_pattern = pattern[:cut], pattern[cut:]
        self.cut = FixedPattern(date_pattern).width
        days = DayReader(date_pattern.strip(), timezone_name)
        self.days = Memo(days, is_required=True)
        self.times = Memo(TimeReader(time_pattern), is_required=True)

    def __call__(self, text):
        return combine(self.days[text[: self.cut]], self.times[text[self.cut :]])


class IsoReader:
    """Read ISO 8601 date and time; without an offset it is local time.

    >>> IsoReader("Europe/Madrid")("2026-10-03T10:22:33+02:00")
    datetime.datetime(2026, 10, 3, 8, 22, 33)
    """

    def __init__(self, timezone_name):
        self.days = DayReader("%Y-%m-%d", timezone_name)
        self.zone = self.days.zone

    def __call__(self, text):
        try:
            moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
            if moment.tzinfo is not None:
                return (moment - moment.utcoffset()).replace(tzinfo=None)
            utc = self.days.utc(moment)
        except (ValueError, OverflowError):
            utc = None
        if utc is None:
            raise FieldError("bad_value", text, "ISO 8601")
        return utc
