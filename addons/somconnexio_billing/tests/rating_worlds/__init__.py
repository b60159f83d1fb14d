# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Generated tariffs and usage: hypothesis strategies, and what to do with them.

A *piece* is one billing account with its plans, subscriptions and usage; a *world* is
many pieces in one document, which can be rated by one call. Pieces share destinations,
bands and zones, never money: what one costs doesn't depend on the others.
"""

from .collect import collect_worlds, read_seed
from .compare import differences, minimum_spend_differences
from .reduce import bare, describe, reduce_piece
from .worlds import World, merge, pieces, scenes

__all__ = [
    "World",
    "bare",
    "collect_worlds",
    "describe",
    "differences",
    "merge",
    "minimum_spend_differences",
    "pieces",
    "read_seed",
    "reduce_piece",
    "scenes",
]
