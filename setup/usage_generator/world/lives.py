# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What happens to some subscriptions: they begin, end, pause, change tariff.

The rest has been active for months and stays as it is. Which subscriptions it
happens to is drawn by exact shares, so that all but tiny worlds have each case.
"""

from datetime import timedelta

from ..calendar_month import days_of
from ..reference_table import read_table
from ..streams import random_stream
from .household import offerings_by_family
from .records import SubscriptionLine

#: Lives and the share of subscriptions that leads each of them.
LIFE_SHARES = {
    "pending": 0.010,
    "new": 0.025,
    "terminated": 0.015,
    "terminated_before": 0.010,
    "suspended": 0.010,
    "tariff_change": 0.020,
}
_SMALLEST_WITH_EACH_LIFE = 50


def draw_lives(settings, world):
    """Return ``{subscription code: life}`` for those with one out of the common."""
    rng = random_stream(settings.seed, "lives")
    subscriptions = world.subscriptions
    least = 1 if len(subscriptions) >= _SMALLEST_WITH_EACH_LIFE else 0
    counts = {
        life: max(least, round(share * len(subscriptions)))
        for life, share in LIFE_SHARES.items()
    }
    order = rng.sample(subscriptions, len(subscriptions))
    lives = {}
    for life, count in counts.items():
        suited = [sub for sub in order if _suits(life, sub) and sub.code not in lives]
        lives.update({sub.code: life for sub in suited[:count]})
    return lives


def _suits(life, subscription):
    return life != "tariff_change" or subscription.family in ("mobile", "fibre")


def lead_lives(settings, world, lives):
    """Change the subscriptions of the world as their lives tell."""
    rng = random_stream(settings.seed, "life events")
    dates = [day.date for day in days_of(settings.month_start)]
    for subscription in world.subscriptions:
        life = lives.get(subscription.code)
        if life:
            _LEADERS[life](subscription, rng, dates)


def _lead_pending(subscription, _rng, dates):
    subscription.state = "pending"
    subscription.activation_date = None
    subscription.lines[0].date_start = dates[-1] + timedelta(days=1)


def _lead_new(subscription, rng, dates):
    start_activation(subscription, rng.choice(dates[2:20]))


def start_activation(subscription, day):
    """Let a subscription begin on a day instead of long ago."""
    subscription.activation_date = day
    subscription.lines[0].date_start = day


def _lead_terminated(subscription, rng, dates):
    terminate(subscription, rng.choice(dates[5:-6]))


def terminate(subscription, day):
    """End a subscription on a day, which is the last one it is in force."""
    subscription.state = "terminated"
    subscription.termination_date = day
    subscription.lines[-1].date_end = day


def _lead_terminated_before(subscription, rng, dates):
    terminate(subscription, dates[0] - timedelta(days=rng.randrange(3, 25)))


def _lead_suspended(subscription, rng, dates):
    subscription.state = "suspended"
    subscription.suspension_date = rng.choice(dates[4:-4])


def _lead_tariff_change(subscription, rng, dates):
    day = rng.choice(dates[3:-4])
    old = subscription.lines[0]
    others = [
        row["default_code"]
        for row in offerings_by_family()[subscription.family].things
        if row["default_code"] != old.offering
    ]
    old.date_end = day - timedelta(days=1)
    subscription.lines.append(SubscriptionLine(rng.choice(others), "tariff", day))


_LEADERS = {
    "pending": _lead_pending,
    "new": _lead_new,
    "terminated": _lead_terminated,
    "terminated_before": _lead_terminated_before,
    "suspended": _lead_suspended,
    "tariff_change": _lead_tariff_change,
}


def add_extras(settings, world, lives):
    """Add the add-ons, single charges and discounts that ``extras`` tells of."""
    rng = random_stream(settings.seed, "extras")
    dates = [day.date for day in days_of(settings.month_start)]
    for row in read_table("extras"):
        suited = [
            subscription
            for subscription in world.subscriptions
            if subscription.family in row["families"].split()
            and lives.get(subscription.code, "common") in row["lives"].split()
        ]
        count = min(len(suited), max(1, round(float(row["share"]) * len(suited))))
        for subscription in rng.sample(suited, count):
            subscription.lines.append(_extra_line(row, subscription, rng, dates))


def _extra_line(row, subscription, rng, dates):
    """Return the line of an extra: add-ons run on, all others have one day."""
    since = subscription.activation_date
    line = SubscriptionLine(row["default_code"], row["kind"], since)
    line.price = row["price"] or None
    if row["kind"] != "addon":
        line.date_start = line.date_end = max(rng.choice(dates), since)
    return line
