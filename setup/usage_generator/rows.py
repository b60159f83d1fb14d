# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Turn draws into the rows that providers deliver, right or spoilt."""

from datetime import timedelta
from typing import NamedTuple

from .calendar_month import DAY_SECONDS, Day, day_before, week_ends
from .defects import DUPLICATE, DUPLICATES, GUIDED, VERDICTS, Verdict
from .phone_numbers import draw_fixed, draw_mobile
from .providers import PROVIDERS
from .streams import random_stream
from .usage.event import UsageEvent

_MAX_DELAY_DAYS = 3
#: A duplicate within a file follows its original within so many seconds.
_DUPLICATE_SPAN = 7_200
#: Late records of the month before are so many days old, its end being day 1.
_OLD_DAYS = 12
_AREA_CODE = "93"
#: A broken row would make too much of a smaller file: it were refused whole.
_MIN_BROKEN_FILE_ROWS = 50
_MIN_MIDNIGHT_SECONDS, _MAX_MIDNIGHT_SECONDS = 20, 600


class Row(NamedTuple):
    """A detail row of some file, before it is written."""

    event: UsageEvent
    #: Last day of what the file holds.
    closes_on: Day
    #: Instant by which the rows of a file are ordered.
    position: int
    defect: str
    verdict: Verdict


class RowMaker:
    """Makes the rows of the month, one draw after the other.

    :param settings: what was asked for
    :param list days: the days of the month
    :param EventDrawer drawer: where events come from
    :param list lines: all lines
    :param set known_numbers: every number of the world, stock included
    """

    def __init__(self, settings, days, drawer, lines, known_numbers):
        self._settings = settings
        self._days = days
        self._drawer = drawer
        self._lines = lines
        self._known = known_numbers
        self._rng = random_stream(settings.seed, "rows")
        self._week_end = dict(zip(days, week_ends(days), strict=True))
        self._can_break_fixed = self._has_roomy_fixed_files()
        held = {line.number for line in lines}
        self._stock = sorted(known_numbers - held)
        oldest = Day(days[0].date - timedelta(days=_OLD_DAYS))
        self._old_lines = [
            line
            for line in lines
            if line.is_used_on(oldest) and line.is_used_on(days[0])
        ]

    def _has_roomy_fixed_files(self):
        """Tell whether weekly files are large enough to hold broken rows."""
        fixed = sum(line.weight for line in self._lines if line.is_fixed)
        total = sum(line.weight for line in self._lines)
        file_count = len(set(self._week_end.values()))
        least = _MIN_BROKEN_FILE_ROWS * file_count
        return self._settings.record_count * fixed >= least * total

    def rows(self, defect=None):
        """Return the rows that one draw of the day begun becomes: one or two."""
        if not defect:
            return [self._row(self._drawer.draw())]
        if defect in DUPLICATES:
            return self._twice(defect)
        makers = {
            "unknown_number": self._unknown_number,
            "number_not_in_use": self._number_not_in_use,
            "across_midnight": self._across_midnight,
            "late": self._late,
            "late_previous_month": self._late_previous_month,
        }
        return [makers.get(defect, self._broken)(defect)]

    def planted_row(self, plant):
        """Return the row of a use that must happen at a certain moment."""
        event = self._drawer.call_on(plant.line, plant.day, plant.second)
        return self._row(event, plant.defect, plant.verdict)

    def _row(self, event, defect="", verdict=GUIDED):
        day = event.day
        closes_on = self._week_end[day] if event.is_fixed else day
        return Row(event, closes_on, event.instant, defect, verdict)

    def _event_of(self, is_wanted):
        while not is_wanted(event := self._drawer.draw()):
            continue
        return event

    def _twice(self, defect):
        if defect == "duplicate_in_file":
            first = self._row(self._drawer.draw())
            later = first.position + self._rng.randrange(1, _DUPLICATE_SPAN)
            return [
                first,
                first._replace(position=later, defect=defect, verdict=DUPLICATE),
            ]
        first = self._row(self._event_of(self._has_next_file))
        closes_on = self._file_after(first.closes_on, first.event.is_fixed)
        again = first._replace(closes_on=closes_on, defect=defect, verdict=DUPLICATE)
        return [first, again]

    def _has_next_file(self, event):
        return not event.is_fixed or self._week_end[event.day] != self._days[-1]

    def _file_after(self, day, is_weekly, days=1):
        following = Day(min(day.date + timedelta(days=days), self._days[-1].date))
        return self._week_end[following] if is_weekly else following

    def _unknown_number(self, defect):
        event = self._drawer.draw()
        while (number := self._any_number(event.is_fixed)) in self._known:
            continue
        event = event._replace(served_number=number, subscription=None)
        return self._row(event, defect, VERDICTS[defect])

    def _any_number(self, is_fixed):
        if is_fixed:
            return draw_fixed(self._rng, _AREA_CODE)
        return draw_mobile(self._rng)

    def _number_not_in_use(self, defect):
        event = self._event_of(lambda event: not event.is_fixed)
        number = self._rng.choice(self._stock + self._ended_numbers())
        event = event._replace(served_number=number, subscription=None)
        return self._row(event, defect, VERDICTS[defect])

    def _ended_numbers(self):
        """Return the mobile numbers whose last holder left before this day."""
        midnight = self._drawer.day.midnight
        return [
            line.number
            for line in self._lines
            if not line.is_fixed and line.tenures[-1].ends <= midnight
        ]

    def _across_midnight(self, defect):
        line = self._drawer.pick_user()
        day = self._drawer.day
        left = self._rng.randrange(_MIN_MIDNIGHT_SECONDS, _MAX_MIDNIGHT_SECONDS)
        event = self._drawer.call_on(line, day, DAY_SECONDS - left)
        event = event._replace(quantity=left + self._rng.randrange(60, 1_800))
        return self._row(event, defect)

    def _late(self, defect):
        row = self._row(self._event_of(self._has_next_file), defect)
        delay = self._rng.randrange(1, _MAX_DELAY_DAYS + 1)
        is_weekly = row.event.is_fixed
        closes_on = self._file_after(
            row.closes_on, is_weekly, 1 if is_weekly else delay
        )
        return row._replace(closes_on=closes_on)

    def _late_previous_month(self, defect):
        today = self._drawer.day
        day = day_before(self._days[0].date, self._rng.randrange(1, _OLD_DAYS))
        event = self._drawer.draw_on(self._rng.choice(self._old_lines), day)
        closes_on = self._week_end[today] if event.is_fixed else today
        return Row(event, closes_on, event.instant, defect, GUIDED)

    def _broken(self, defect):
        event = self._event_of(
            lambda event: (
                defect in PROVIDERS[event.provider].breakers
                and (not event.is_fixed or self._can_break_fixed)
            )
        )
        return self._row(event, defect, VERDICTS[defect])
