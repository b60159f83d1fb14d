# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A small world drawn from a seed: tariffs, allowances, subscriptions, usage.

Values are drawn from short lists with the edges in them, so that few thousand events
meet every rule and every pair of rules.
"""

from datetime import datetime, timedelta
from decimal import Decimal

from .rating_common import madrid
from .rating_reference import Event

NUMBERS = [
    "34612345678",
    "34698765432",
    "34931234567",
    "34900123456",
    "34112",
    "33612345678",
    "33123456789",
    "4915123456789",
    "19995550000",
    "99912345678",
    "0",
    None,
]
COUNTRIES = [None] * 6 + ["FR", "DE", "AD", "US", "XX"]
PRICES = ["0", "0.01", "0.0248", "0.10", "0.333333", "1.5", "0.00000095"]
FEES = ["0", "0", "0.15", "0.000001"]
INCREMENTS = [(1, 1), (60, 60), (60, 1), (30, 6), (1, 10)]
SECONDS = ["0", "0.5", "1", "29", "30", "59", "60", "61", "119", "120", "121", "3599"]
BYTES = ["0", "1", "1023", "1024", "1025", "524288", "1048576", "10485761"]
MESSAGES = ["0", "1", "2"]
LIMITS = [0, 60, 100, 600, 5000]
#: Instants at the borders of months and days, and in the night that has an hour twice.
EDGES = [
    madrid(2026, 9, 1),
    madrid(2026, 9, 30, 23, 59, 59),
    madrid(2026, 10, 1),
    madrid(2026, 10, 14, 23, 59, 59),
    madrid(2026, 10, 15),
    madrid(2026, 10, 25, 1, 59, 59),
    madrid(2026, 10, 25, 2, 30, fold=0),
    madrid(2026, 10, 25, 2, 30, fold=1),
    madrid(2026, 10, 25, 3),
    madrid(2026, 10, 31, 23, 59, 59),
]


def draw_rate_values(rng, usage_type):
    """Return the numbers of a rate as text, by field name."""
    first, following = rng.choice(INCREMENTS)
    is_data = usage_type == "data"
    return {
        "unit_price": rng.choice(PRICES),
        "setup_fee": rng.choice(FEES),
        "price_unit": {"voice": 60, "sms": 1, "data": 1048576}[usage_type],
        "first_increment": 1024 if is_data else first,
        "next_increment": 1024 if is_data else following,
    }


def draw_start(rng):
    """Return an instant of September or October, often one at an edge."""
    if rng.random() < 0.3:
        return rng.choice(EDGES)
    seconds = rng.randrange(61 * 24 * 3600)
    return datetime(2026, 8, 31, 22) + timedelta(seconds=seconds)


def draw_event(rng, event_id, subscriptions, types):
    """Return an event of one of the subscriptions.

    :param int event_id: its id, and what its key is made of
    :param list subscriptions: ids
    :param dict types: usage type id by code
    """
    code = rng.choice(["voice", "voice", "voice", "sms", "data"])
    quantities = {"voice": SECONDS, "sms": MESSAGES, "data": BYTES}[code]
    return Event(
        id=event_id,
        key=f"{rng.getrandbits(96):024x}{event_id:08x}",
        subscription=rng.choice(subscriptions),
        started_at=draw_start(rng),
        usage_type=types[code],
        direction=rng.choice(["outgoing", "outgoing", "incoming"]),
        other_number=None if code == "data" else rng.choice(NUMBERS),
        visited_country=rng.choice(COUNTRIES),
        quantity=Decimal(rng.choice(quantities)),
    )
