# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What sets one user apart from the next: how much, with whom, and where.

Few contacts take most of the calls; volumes spread widely around what is typical
of the offering, so that most of it is included and some of it overflows.
"""

from datetime import timedelta

from ..calendar_month import days_of
from ..phone_numbers import party_of_home_number
from ..reference_table import WeightedChoice, read_table
from ..streams import random_stream
from .line import Trip, bare_lines

MEGABYTE = 1_048_576
_ACTIVITY_SPREAD = 0.6
_VOLUME_SPREAD = 0.6
_CONTACT_COUNTS = (3, 13)
_ON_NET_CONTACTS = 0.15
#: Users with family in another country, whom they call.
_USERS_WITH_FAMILY_ABROAD = 0.12
_CALL_SECONDS = (20.0, 900.0)
_MAX_SESSION_BYTES = 4_000 * MEGABYTE
_TRAVELLERS = 0.045
_TRIP_DAYS = (2, 8)


def draw_lines(settings, world, phone_book):
    """Return the lines of a world with their users' habits, in the world's order."""
    lines = bare_lines(world)
    rng = random_stream(settings.seed, "habits")
    numbers = [line.number for line in lines]
    for line in lines:
        line.weight = line.habits.records * _spread(rng, _ACTIVITY_SPREAD)
        line.contacts = _draw_contacts(rng, numbers, phone_book)
    total_weight = sum(line.weight for line in lines)
    for line in lines:
        record_count = settings.record_count * line.weight / total_weight
        _draw_means(rng, line, record_count)
    _draw_trips(rng, lines, days_of(settings.month_start))
    return lines


def _spread(rng, sigma):
    """Return a factor around 1 whose mean is 1."""
    return rng.lognormvariate(-sigma * sigma / 2, sigma)


def _draw_contacts(rng, numbers, phone_book):
    parties = []
    for _number in range(rng.randrange(*_CONTACT_COUNTS)):
        if rng.random() < _ON_NET_CONTACTS:
            parties.append(party_of_home_number(rng.choice(numbers)))
        else:
            parties.append(phone_book.stranger(rng))
    if rng.random() < _USERS_WITH_FAMILY_ABROAD:
        place = rng.randrange(1, 4)
        parties.insert(place, phone_book.foreigner(rng))
    return WeightedChoice(parties, [1 / rank for rank in range(1, len(parties) + 1)])


def _draw_means(rng, line, record_count):
    """Set the means so that the month adds up to what the user typically uses."""
    habits = line.habits
    minutes = habits.minutes * _spread(rng, _VOLUME_SPREAD)
    calls = max(1.0, record_count * habits.outgoing_share)
    low, high = _CALL_SECONDS
    line.call_seconds = min(max(minutes * 60 / calls, low), high)
    volume = habits.megabytes * MEGABYTE * _spread(rng, _VOLUME_SPREAD)
    sessions = max(1.0, record_count * habits.data_share)
    line.session_bytes = min(volume / sessions, _MAX_SESSION_BYTES)
    line.bytes_left = habits.included_megabytes * MEGABYTE


def _draw_trips(rng, lines, days):
    countries = read_table("countries")
    destinations = WeightedChoice(
        countries, [float(row["trip_weight"]) for row in countries]
    )
    mobiles = [line for line in lines if not line.is_fixed and line.habits.minutes]
    travellers = rng.sample(mobiles, round(_TRAVELLERS * len(mobiles)))
    for line in travellers:
        first = rng.choice(days).date
        last = first + timedelta(days=rng.randrange(*_TRIP_DAYS))
        line.trips.append(Trip(first, last, destinations.pick(rng)))
