# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Whole columns of starts -> COPY texts, by looking up hours.

A start is cut into what names its hour (date, hour, offset) and the minutes and
seconds in it. A month has some 700 hours: each is read once, by the reader that reads
single starts, at its four quarters. When the quarters follow each other on a full
hour of UTC, every start in that hour is that hour's text with its own minutes and
seconds; otherwise (clocks change, offsets of half an hour) and for hours at the edge
of the window, the cells are ``FAULT`` and read one by one.
"""

from datetime import timedelta
from functools import lru_cache

from .containers.picker import FAULT
from .errors import FieldError
from .instants import QUARTER, combine
from .values import Memo, make_room_in

HOUR = timedelta(hours=1)
_ISO_HOUR_END, _ISO_SECOND_END = 13, 19


class Hours(dict):
    """What names an hour -> the beginning of its starts' COPY text, or FAULT.

    :param read: ``read(head, rest)`` is the UTC instant of a start cut in two
    :param str rest: the pattern of what follows the hour, such as ``:%M:%S``
    """

    def __init__(self, read, rest, window):
        super().__init__()
        self.read = read
        self.quarters = [_written(rest, minute, 0) for minute in (0, 15, 30, 45)]
        self.window = window

    def __missing__(self, head):
        make_room_in(self)
        try:
            self[head] = text = self._text(head)
        except FieldError:
            self[head] = text = FAULT
        return text

    def _text(self, head):
        start, *later = [self.read(head, rest) for rest in self.quarters]
        is_even = all(
            instant - start == number * QUARTER
            for number, instant in enumerate(later, 1)
        )
        earliest, latest = self.window
        is_full_hour = not (start.minute or start.second or start.microsecond)
        if is_even and is_full_hour and earliest <= start <= latest - HOUR:
            return f"{start:%Y-%m-%d %H}"
        return FAULT


@lru_cache(maxsize=16)
def _rests(pattern):
    """Return what may follow the hour -> the end of the start's COPY text."""
    seconds = range(60) if "%S" in pattern else range(1)
    return {
        _written(pattern, minute, second): f":{minute:02}:{second:02}"
        for minute in range(60)
        for second in seconds
    }


def _written(pattern, minute, second):
    return pattern.replace("%M", f"{minute:02}").replace("%S", f"{second:02}")


class HalvesColumn:
    """Starts written in two columns: date and time."""

    def __init__(self, days, times, window):
        rest = times.pattern.pattern.removeprefix("%H")
        self.days = Memo(days, is_required=True)
        self.times = Memo(times, is_required=True)
        self.hours = Hours(self._read, rest, window)
        self.rests = _rests(rest)

    def _read(self, head, rest):
        return combine(self.days[head[:-2]], self.times[head[-2:] + rest])

    def __call__(self, dates, times):
        hours, rest_of = self.hours, self.rests.get
        return [
            hours[day + time[:2]] + rest_of(time[2:], FAULT)
            for day, time in zip(dates, times, strict=True)
        ]


class LocalColumn:
    """Starts written as date and time in one, the date first."""

    def __init__(self, reader, window):
        self.cut = reader.cut + 2
        rest = reader.times.read.pattern.pattern.removeprefix("%H")
        self.hours = Hours(lambda head, rest: reader(head + rest), rest, window)
        self.rests = _rests(rest)

    def __call__(self, cells):
        cut, hours, rest_of = self.cut, self.hours, self.rests.get
        return [hours[cell[:cut]] + rest_of(cell[cut:], FAULT) for cell in cells]


class IsoColumn:
    """Starts in ISO 8601 with seconds, with or without an offset."""

    def __init__(self, reader, window):
        rest = ":%M:%S"
        self.reader = reader
        self.hours = Hours(self._read, rest, window)
        self.rests = _rests(rest)

    def _read(self, head, rest):
        return self.reader(head[:_ISO_HOUR_END] + rest + head[_ISO_HOUR_END:])

    def __call__(self, cells):
        hours, rest_of = self.hours, self.rests.get
        return [
            hours[cell[:_ISO_HOUR_END] + cell[_ISO_SECOND_END:]]
            + rest_of(cell[_ISO_HOUR_END:_ISO_SECOND_END], FAULT)
            for cell in cells
        ]
