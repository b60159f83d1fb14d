# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Which records of the month go wrong, in which way, and what becomes of them.

Kinds, shares and outcomes are data: ``reference/defects.csv``. Each record has one
defect at most, so that what it must become is never in doubt.
"""

from typing import NamedTuple

from .reference_table import read_table
from .streams import random_stream

#: Defects that write a second row for their event.
DUPLICATES = ("duplicate_in_file", "duplicate_across_files")
#: Defects whose row is delivered in a later file: not possible in the last days.
_DELAYED = ("duplicate_across_files", "late")


class Verdict(NamedTuple):
    """What a billing system must make of a row."""

    #: guided (to a subscription), received (in suspense) or rejected.
    outcome: str
    reason: str = ""


GUIDED = Verdict("guided")
DUPLICATE = Verdict("rejected", "duplicate")
NOT_IN_USE = Verdict("received", "number_not_in_use")
VERDICTS = {
    row["defect"]: Verdict(row["outcome"], row["reason"])
    for row in read_table("defects")
}


def defect_counts(settings):
    """Return ``{defect: how many records}`` for a size; at least one of each."""
    if not settings.has_defects:
        return {}
    return {
        row["defect"]: max(1, round(float(row["share"]) * settings.record_count))
        for row in read_table("defects")
    }


def plan_defects(settings, counts, draw_count, early_count):
    """Choose the draws that go wrong.

    :param dict counts: as ``defect_counts`` returns them
    :param int draw_count: draws of the whole month
    :param int early_count: draws of the days that a later file follows
    :return: dict of the ordinal of a draw, from 0, to its defect
    """
    rng = random_stream(settings.seed, "defects")
    delayed = sum(count for name, count in counts.items() if name in _DELAYED)
    early = rng.sample(range(early_count), delayed)
    taken = set(early)
    other_count = sum(counts.values()) - delayed
    wanted = rng.sample(range(draw_count), other_count + delayed)
    others = [ordinal for ordinal in wanted if ordinal not in taken]
    return _deal(counts, iter(early), iter(others[:other_count]))


def _deal(counts, early, others):
    plan = {}
    for defect, count in counts.items():
        ordinals = early if defect in _DELAYED else others
        plan.update((next(ordinals), defect) for _number in range(count))
    return plan
