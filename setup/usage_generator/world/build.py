# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Build the whole world of one month."""

from .holder_change import change_holders
from .household import settle_households
from .inventory import stock_inventory
from .lives import add_extras, draw_lives, lead_lives


def build_world(settings):
    """Return the world and the numbers that changed hands in the month.

    :return: (``World``, dict as ``change_holders`` returns it)
    """
    world = settle_households(settings)
    lives = draw_lives(settings, world)
    lead_lives(settings, world, lives)
    stock_inventory(settings, world)
    changes = change_holders(settings, world, lives)
    add_extras(settings, world, lives)
    return world, changes
