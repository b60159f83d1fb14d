# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Calls at the edges that random draws would miss."""

from typing import NamedTuple

from .calendar_month import Day
from .defects import GUIDED, NOT_IN_USE, Verdict
from .usage.line import Line


class Plant(NamedTuple):
    """A call that must happen on a line at a local second of a day."""

    line: Line
    day: Day
    second: int
    defect: str
    verdict: Verdict


def plan_plants(settings, lines, changes):
    """Return the calls at the edges that random draws would miss.

    A number that changes hands is used a second before its holder leaves, at the
    instant itself, and when the next one comes.

    :param dict changes: as ``change_holders`` returns it
    :return: list of ``Plant``
    """
    if not settings.has_defects:
        return []
    by_number = {line.number: line for line in lines}
    plants = []
    for number, (leaves, enters) in changes.items():
        line = by_number[number]
        for instant in sorted({leaves - 1, leaves, enters}):
            verdict = GUIDED if line.tenure_at(instant) else NOT_IN_USE
            plants.append(_plant(line, instant, "changed_hands", verdict))
    return plants


def _plant(line, instant, defect, verdict):
    day = Day.of_instant(instant)
    return Plant(line, day, instant - day.midnight, defect, verdict)
