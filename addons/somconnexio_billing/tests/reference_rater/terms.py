# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What a tariff document is made of, as plain values."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .clock import Band


@dataclass(frozen=True)
class Rate:
    """A price; ``index`` is its place in its list. None: any, home, no end."""

    index: int
    usage_type: str
    direction: str
    destination: str | None
    zone: str | None
    network: str
    band: Band | None
    valid_from: date
    valid_to: date
    setup_fee: Decimal
    setup_on_zero: bool
    setup_on_covered: bool
    unit_price: Decimal
    price_unit: Decimal
    first_increment: Decimal
    next_increment: Decimal
    minimum_quantity: Decimal
    minimum_charge: Decimal
    maximum_charge: Decimal
    price_mode: str
    tiers: tuple
    category: str | None


@dataclass(frozen=True)
class Allowance:
    """Included usage or money; ``size`` None is unlimited."""

    plan: str
    index: int
    code: str
    kind: str
    usage_type: str | None
    direction: str | None
    destinations: frozenset
    network: str
    include_home: bool
    zones: frozenset
    band: Band | None
    size: Decimal | None
    priority: int
    sequence: int
    sharing: str
    proration: str
    rollover_months: int
    rollover_limit: Decimal
    one_shot: bool


@dataclass(frozen=True)
class Plan:
    """A tariff with what its offering includes."""

    code: str
    digits: int
    rounding: str
    splits: bool
    proration_method: str
    minimum_spend: Decimal
    maximum_spend: Decimal
    rates: tuple
    allowances: tuple


@dataclass(frozen=True)
class Line:
    """A plan of a subscription from a day up to another, half-open."""

    plan: Plan
    first: date
    end: date


@dataclass(frozen=True)
class Bond:
    """A one-shot grant: what it gives, and between which instants."""

    index: int
    allowance: Allowance
    valid_from: object
    expires: object | None
    quantity: Decimal


@dataclass(frozen=True)
class Subscription:
    """Who uses: its account, its plans by date, its bonds."""

    code: str
    account: str
    lines: tuple
    bonds: tuple
