# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Numbers that change hands within the month.

The old holder's subscription ends and the new one's begins on the same day, at an
instant in the middle of it. For every other number the new holder has to wait some
hours: meanwhile nobody holds it.
"""

import math

from ..calendar_month import Day, days_of
from ..streams import random_stream
from .inventory import at_instant
from .lives import start_activation, terminate

_SHARE = 0.004
_GAP_SECONDS = 2 * 3_600 + 1_800


def change_holders(settings, world, lives):
    """Move some mobile numbers from one subscription to another.

    :return: dict of number to (last instant of the old holder, first of the new),
        both in seconds and the former exclusive
    """
    rng = random_stream(settings.seed, "holders")
    suited = [
        subscription
        for subscription in world.subscriptions
        if subscription.family == "mobile" and subscription.code not in lives
    ]
    count = math.ceil(_SHARE * len(world.subscriptions))
    chosen = rng.sample(suited, min(2 * count, len(suited) // 2 * 2))
    days = days_of(settings.month_start)
    by_subscription = _numbers_by_subscription(world)
    changes = {}
    for number, (old, new) in enumerate(zip(chosen[::2], chosen[1::2], strict=True)):
        day = rng.choice(days[6:20])
        leaves = Day(day.date).instant(rng.randrange(9 * 3_600, 18 * 3_600))
        enters = leaves + (_GAP_SECONDS if number % 2 else 0)
        name = _hand_over(by_subscription, old, new, (day.date, leaves, enters))
        changes[name] = (leaves, enters)
        lives[old.code], lives[new.code] = "holder_left", "holder_came"
    _forget_unused(world)
    return changes


def _numbers_by_subscription(world):
    return {
        assignment.subscription: assignment
        for assignment in world.assignments
        if assignment.kind == "msisdn"
    }


def _hand_over(by_subscription, old, new, moment):
    date, leaves, enters = moment
    terminate(old, date)
    start_activation(new, date)
    given, taken = by_subscription[old.code], by_subscription[new.code]
    given.end_at = at_instant(leaves)
    taken.start_at = at_instant(enters)
    taken.resource = given.resource
    return given.resource


def _forget_unused(world):
    """Put the numbers that new holders gave up for another back into stock."""
    held = {row.resource for row in world.assignments}
    open_ended = {row.resource for row in world.assignments if row.end_at is None}
    for resource in world.resources:
        if resource.name not in held:
            resource.state = "available"
        elif resource.name in open_ended:
            resource.state = "active"
