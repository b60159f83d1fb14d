# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The tables of ``reference/`` and draws from them by weight."""

import csv
from bisect import bisect
from functools import cache
from itertools import accumulate
from pathlib import Path

FOLDER = Path(__file__).with_name("reference")


@cache
def read_table(name):
    """Return the rows of ``reference/<name>.csv`` as dictionaries of text."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as table:
        return tuple(csv.DictReader(table))


class WeightedChoice:
    """Things drawn in proportion to their weights.

    >>> import random
    >>> WeightedChoice(["a", "b"], [1, 0]).pick(random.Random(7))
    'a'
    """

    __slots__ = ("_last", "_total", "cumulated", "things")

    def __init__(self, things, weights):
        self.things = list(things)
        self.cumulated = list(accumulate(weights))
        self._last = len(self.things) - 1
        self._total = self.cumulated[-1] if self.things else 0

    def pick(self, rng):
        """Return one thing."""
        # As random.choices does for one draw, at a third of its time.
        point = rng.random() * self._total
        return self.things[bisect(self.cumulated, point, 0, self._last)]

    def picks(self, rng, count):
        """Return a list of ``count`` things, drawn with replacement."""
        return [self.pick(rng) for _number in range(count)]


@cache
def weighted_table(name, weight="weight"):
    """Return a table as a ``WeightedChoice`` of its rows by one of its columns."""
    rows = read_table(name)
    return WeightedChoice(rows, [float(row[weight]) for row in rows])
