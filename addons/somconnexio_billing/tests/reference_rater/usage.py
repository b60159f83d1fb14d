# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What an event is: its place, its rate, and the parts it falls into."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from .clock import instant, month_of
from .document import SECONDS

NO_ZONE = object()


@dataclass
class Event:
    """One row of usage, with what was found about it."""

    key: str
    subscription: str
    usage_type: str
    direction: str
    started_at: datetime
    quantity: Decimal
    other_number: str | None
    country: str | None
    wholesale_cost: Decimal | None
    month: int = 0
    plan: object = None
    destination: str | None = None
    place: object = None
    network: str = "off_net"
    reason: str | None = None
    parts: list = field(default_factory=list)


@dataclass
class Part:
    """A run of increments of one rate."""

    rate: object
    started_at: datetime
    quantity: Decimal
    charged: Decimal = Decimal(0)
    before: Decimal = Decimal(0)


def read_event(row, document):
    """Return the event of a usage row, with tariff, place and parts or the reason."""
    cost = row.get("wholesale_cost")
    event = Event(
        key=row["event_id"],
        subscription=row["subscription"],
        usage_type=row["usage_type"],
        direction=row.get("direction") or "outgoing",
        started_at=instant(row["started_at"], document.zone),
        quantity=Decimal(str(row["quantity"])),
        other_number=row.get("other_number") or None,
        country=row.get("visited_country") or None,
        wholesale_cost=None if cost in (None, "") else Decimal(str(cost)),
    )
    day = event.started_at.astimezone(document.zone).date()
    event.month = month_of(day)
    event.plan = _plan_on(document.subscription(event.subscription), day)
    event.destination = _destination(event.other_number, document.prefixes)
    event.place = _place(event.country, document.zones)
    return event


def find_parts(event, document, on_net_numbers):
    """Fill in network and parts, or the reason why the event waits."""
    if event.other_number in on_net_numbers:
        event.network = "on_net"
    if event.plan is None:
        event.reason = "no_tariff"
        return
    is_outgoing_call = event.direction == "outgoing" and event.other_number
    if is_outgoing_call and event.destination is None:
        event.reason = "no_destination"
        return
    is_split = event.plan.splits and document.units[event.usage_type] == SECONDS
    find = _split if is_split else _whole
    event.parts = find(event, event.plan.rates, document.zone)
    if not event.parts:
        event.reason = "no_rate"


def rate_at(event, rates, moment, zone):
    """Return the rate in force for an event at an instant, None if there is none."""
    day = moment.astimezone(zone).date()
    fitting = [
        rate
        for rate in rates
        if rate.usage_type == event.usage_type
        and rate.direction == event.direction
        and rate.zone == event.place
        and rate.destination in (None, event.destination)
        and rate.network in ("any", event.network)
        and rate.valid_from <= day < rate.valid_to
        and (rate.band is None or rate.band.holds(moment))
    ]
    return min(fitting, key=_closeness, default=None)


def _closeness(rate):
    """Order rates that fit: what is named counts, then the order of the bands."""
    return (
        rate.destination is None,
        rate.network == "any",
        rate.band is None,
        rate.band.place if rate.band else 0,
    )


def _whole(event, rates, zone):
    """Return the one part of an event priced by its start."""
    rate = rate_at(event, rates, event.started_at, zone)
    if rate is None:
        return []
    return [Part(rate, event.started_at, whole_quantity(event.quantity, rate))]


def whole_quantity(quantity, rate):
    """Count a quantity in increments, one after the other."""
    wanted = _at_least_minimum(quantity, rate)
    if wanted == 0:
        return Decimal(0)
    if wanted <= rate.first_increment:
        return rate.first_increment
    steps = (wanted - rate.first_increment) // rate.next_increment
    counted = rate.first_increment + steps * rate.next_increment
    return counted if counted >= wanted else counted + rate.next_increment


def _at_least_minimum(quantity, rate):
    return max(quantity, rate.minimum_quantity) if quantity > 0 else quantity


def _split(event, rates, zone):
    """Walk through the increments of an event, each by the rate at its beginning."""
    by_minute = {}
    parts = []
    counted = wanted = Decimal(0)
    while not parts or counted < wanted:
        moment = event.started_at + timedelta(microseconds=int(counted * 1000000))
        minute = moment.replace(second=0, microsecond=0)
        if minute not in by_minute:
            by_minute[minute] = rate_at(event, rates, moment, zone)
        rate = by_minute[minute]
        if rate is None:
            return []
        if not parts:
            wanted = _at_least_minimum(event.quantity, rate)
        step = rate.next_increment if parts else rate.first_increment
        if not parts or rate.index != parts[-1].rate.index:
            parts.append(Part(rate, moment, Decimal(0)))
        step = step if wanted else Decimal(0)
        parts[-1].quantity += step
        counted += step
    return parts


def _plan_on(subscription, day):
    for line in subscription.lines:
        if line.first <= day < line.end:
            return line.plan
    return None


def _destination(number, prefixes):
    """Try every prefix; the longest that the number begins with wins."""
    if not number:
        return None
    fitting = [prefix for prefix in prefixes if number.startswith(prefix)]
    return prefixes[max(fitting, key=len)] if fitting else None


def _place(country, zones):
    """Return None at home, the zone abroad, something no rate names elsewhere."""
    return zones.get(country, NO_ZONE) if country else None
