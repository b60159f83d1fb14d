# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Draw many examples at once, by a seed that is printed."""

import logging
import os
from itertools import count

from hypothesis import HealthCheck, Phase, given, seed, settings

from .worlds import merge, pieces, scenes

_logger = logging.getLogger(__name__)

SEED_VARIABLE = "RATING_SEED"
DEFAULT_SEED = 20261001


def read_seed():
    """Return the seed of this run: $RATING_SEED, else always the same."""
    return int(os.environ.get(SEED_VARIABLE) or DEFAULT_SEED)


def draw_many(strategy, number, start):
    """Return as many examples of a strategy, always the same for one seed."""
    found = []

    @seed(start)
    @settings(
        max_examples=number,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def keep(example):
        found.append(example)

    keep()
    return found


def collect_worlds(event_count, world_pieces, start, max_rows=30):
    """Yield worlds until they hold so many events.

    :param int event_count: how many events at least
    :param int world_pieces: accounts in one world
    :param int start: the seed
    :return: pairs (scene, list of pieces); ``merge`` makes a World of them
    """
    _logger.info("%s=%s", SEED_VARIABLE, start)
    found = 0
    for number in count():
        scene = draw_many(scenes(), 12, start + number)[-1]
        members = draw_many(pieces(max_rows), world_pieces, start + number)
        yield scene, members
        found += sum(len(piece.rows) for piece in members)
        if found >= event_count:
            return


__all__ = ["collect_worlds", "draw_many", "merge", "read_seed"]
