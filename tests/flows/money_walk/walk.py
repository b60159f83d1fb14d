# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A walk is a list of steps; a failing one is cut down to the shortest that fails.

Nothing here knows what the steps do. Each has a seed of its own for its choices, so
that a step does much the same when others are left out.
"""

from dataclasses import dataclass
from random import Random
from time import monotonic


@dataclass(frozen=True)
class Step:
    """One operation: its name, and the seed of what it leaves to chance."""

    name: str
    seed: int

    @property
    def chance(self):
        """The step's own dice, the same each time it is done."""
        return Random(self.seed)


def plan(seed, length, weights):
    """Return a walk.

    :param int seed: the same seed, the same walk
    :param int length: number of steps
    :param dict weights: name of an operation -> how often it comes, relatively
    :return: list of Step
    """
    dice = Random(seed)
    names = dice.choices(list(weights), list(weights.values()), k=length)
    return [Step(name, dice.randrange(10**6)) for name in names]


def shrink(steps, fails, seconds=60):
    """Return the shortest part of a failing walk that was found to fail.

    Delta debugging: ever smaller pieces are left out for as long as it still fails.

    :param list steps: that fails
    :param fails: function that says whether a list of steps fails in the same way
    :param seconds: after which the shortest so far is taken

    >>> shrink(list("abcdefgh"), lambda some: "c" in some and "f" in some)
    ['c', 'f']
    """
    ends_at = monotonic() + seconds
    size = max(len(steps) // 2, 1)
    while monotonic() < ends_at:
        shorter = _without_a_piece(steps, size, fails, ends_at)
        if shorter != steps:
            steps = shorter
        elif size == 1:
            break
        else:
            size = max(size // 2, 1)
    return steps


def _without_a_piece(steps, size, fails, ends_at):
    """Return the steps without the pieces of a size that failing does not need."""
    start = len(steps) - size
    while start > -size and monotonic() < ends_at:
        first = max(start, 0)
        shorter = steps[:first] + steps[first + size :]
        if shorter and fails(shorter):
            steps = shorter
        start -= size
    return steps
