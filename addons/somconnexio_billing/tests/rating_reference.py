# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A second rater, to judge the SQL by: one event after the other, in plain Decimal.

Written from the words of docs/rating.md and nothing else. It shares no helper with the
engine, cares for no speed, and takes its world as plain values.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from decimal import (
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Decimal,
    localcontext,
)
from zoneinfo import ZoneInfo

ROUNDING = {
    "half_up": ROUND_HALF_UP,
    "half_even": ROUND_HALF_EVEN,
    "up": ROUND_CEILING,
    "down": ROUND_FLOOR,
}
DIGITS_TO_COMPUTE_WITH = 60


@dataclass(frozen=True)
class Rate:
    """A rate of a tariff; empty destination is any, empty zone the home network."""

    id: int
    usage_type: int
    direction: str
    destination: int | None
    zone: int | None
    valid_from: date
    valid_to: date
    setup_fee: Decimal
    unit_price: Decimal
    price_unit: Decimal
    first_increment: Decimal
    next_increment: Decimal


@dataclass(frozen=True)
class Tariff:
    """A price list with its rounding."""

    id: int
    digits: int
    rounding: str
    rates: tuple


@dataclass(frozen=True)
class Allowance:
    """Included usage; limit None is unlimited."""

    id: int
    usage_type: int
    direction: str
    destinations: frozenset
    has_home: bool
    zones: frozenset
    limit: Decimal | None
    order: tuple


@dataclass(frozen=True)
class Line:
    """A tariff line of a subscription, both days included."""

    first_day: date
    last_day: date
    tariff: Tariff | None
    allowances: tuple


@dataclass(frozen=True)
class Event:
    """A usage event; started_at is UTC without zone, other_number None if hidden."""

    id: int
    key: str
    subscription: int
    started_at: datetime
    usage_type: int
    direction: str
    other_number: str | None
    visited_country: str | None
    quantity: Decimal


@dataclass
class Outcome:
    """What must become of an event: a price, or a reason why it has none."""

    reason: str | None = None
    rate: int | None = None
    allowance: int | None = None
    chargeable: Decimal | None = None
    used_before: Decimal | None = None
    covered: Decimal | None = None
    charged: Decimal | None = None
    amount: Decimal | None = None


@dataclass
class ReferenceRater:
    """Rates events by the rules of a small world.

    ``used`` holds what each (subscription, allowance, year, month) has given already.
    """

    lines: dict
    prefixes: dict
    zones: dict
    time_zone: str = "Europe/Madrid"
    used: dict = field(default_factory=dict)

    def rate(self, events):
        """Return ``{event id: Outcome}``; the events may come in any order."""
        in_order = sorted(events, key=lambda event: (event.started_at, event.key))
        with localcontext() as context:
            context.prec = DIGITS_TO_COMPUTE_WITH
            return {event.id: self._rate_one(event) for event in in_order}

    def _rate_one(self, event):
        day = self._civil_day(event.started_at)
        line = self._line(event.subscription, day)
        if line is None or line.tariff is None:
            return Outcome(reason="no_tariff")
        destination = self._destination(event.other_number)
        if event.direction == "outgoing" and event.other_number and not destination:
            return Outcome(reason="no_destination")
        place = self._place(event.visited_country)
        rate = _best_rate(line.tariff.rates, event, destination, place, day)
        if rate is None:
            return Outcome(reason="no_rate")
        outcome = Outcome(rate=rate.id, chargeable=_count(event.quantity, rate))
        allowances = _fitting_allowances(line.allowances, event, destination, place)
        self._cover(outcome, allowances, event.subscription, day)
        outcome.amount = _price(outcome.charged, rate, line.tariff)
        return outcome

    def _civil_day(self, started_at):
        instant = started_at.replace(tzinfo=timezone.utc)
        return instant.astimezone(ZoneInfo(self.time_zone)).date()

    def _line(self, subscription, day):
        for line in self.lines[subscription]:
            if line.first_day <= day <= line.last_day:
                return line
        return None

    def _destination(self, number):
        if not number:
            return None
        fitting = [prefix for prefix in self.prefixes if number.startswith(prefix)]
        return self.prefixes[max(fitting, key=len)] if fitting else None

    def _place(self, country):
        """Return None at home, the zone abroad, -1 where no zone is known."""
        return None if country is None else self.zones.get(country, -1)

    def _cover(self, outcome, allowances, subscription, day):
        """Draw on all allowances in turn; the outcome names the last one asked."""
        outcome.covered = Decimal(0)
        for allowance in allowances:
            left = outcome.chargeable - outcome.covered
            if not left:
                break
            bucket = (subscription, allowance.id, day.year, day.month)
            used = self.used.get(bucket, Decimal(0))
            if allowance.limit is not None:
                left = min(left, max(allowance.limit - used, Decimal(0)))
            outcome.allowance = allowance.id
            outcome.used_before = used
            outcome.covered += left
            self.used[bucket] = used + left
        outcome.charged = outcome.chargeable - outcome.covered


def _best_rate(rates, event, destination, place, day):
    fitting = [
        rate
        for rate in rates
        if rate.usage_type == event.usage_type
        and rate.direction == event.direction
        and rate.zone == place
        and rate.valid_from <= day < rate.valid_to
        and rate.destination in (None, destination)
    ]
    named = [rate for rate in fitting if rate.destination is not None]
    return (named or fitting or [None])[0]


def _fitting_allowances(allowances, event, destination, place):
    fitting = [
        allowance
        for allowance in allowances
        if allowance.usage_type == event.usage_type
        and allowance.direction == event.direction
        and (not allowance.destinations or destination in allowance.destinations)
        and (allowance.has_home if place is None else place in allowance.zones)
    ]
    return sorted(fitting, key=lambda allowance: allowance.order)


def _count(quantity, rate):
    """Count up to the first increment, then step by step."""
    if quantity == 0:
        return Decimal(0)
    counted = rate.first_increment
    if quantity > counted:
        above = quantity - counted
        steps = (above / rate.next_increment).to_integral_value(ROUND_CEILING)
        counted += steps * rate.next_increment
    return counted


def _price(charged, rate, tariff):
    if charged == 0:
        return Decimal(0)
    exact = rate.setup_fee + charged * rate.unit_price / rate.price_unit
    step = Decimal(1).scaleb(-tariff.digits)
    return exact.quantize(step, rounding=ROUNDING[tariff.rounding])
