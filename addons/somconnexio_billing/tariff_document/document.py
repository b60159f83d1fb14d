# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The parts of a tariff document. Numbers are Decimal, dates date, instants UTC.

Names and meanings are those of ``schema.json``; ``from`` and ``to`` are
``valid_from`` and ``valid_to`` here.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

FORMAT = "telecom-tariff/1"


@dataclass(frozen=True)
class UsageType:
    """A kind of usage and its base unit."""

    code: str
    name: str
    unit: str
    display_factor: int = 1
    #: Unit that people read; None: the base unit's own word.
    display_unit: str | None = None


#: What every document may use without saying so.
STANDARD_USAGE_TYPES = (
    UsageType("voice", "Voice", "second", 60, "min"),
    UsageType("sms", "SMS", "message", 1, "SMS"),
    UsageType("mms", "MMS", "message", 1, "MMS"),
    UsageType("data", "Data", "byte", 1048576, "MB"),
)


@dataclass(frozen=True)
class Calendar:
    """Holidays."""

    code: str
    name: str
    dates: tuple


@dataclass(frozen=True)
class Window:
    """Minutes of some days: weekdays 1 to 7, or empty for holidays."""

    days: tuple
    start_minute: int
    end_minute: int


@dataclass(frozen=True)
class TimeBand:
    """Hours with prices of their own; the first in the document wins."""

    code: str
    name: str
    calendar: str | None
    windows: tuple


@dataclass(frozen=True)
class Destination:
    """Numbers under a set of prefixes."""

    code: str
    name: str
    kind: str
    prefixes: tuple


@dataclass(frozen=True)
class RoamingZone:
    """Visited countries, by ISO code."""

    code: str
    name: str
    countries: tuple


@dataclass(frozen=True)
class Category:
    """A line of the bill."""

    code: str
    name: str


@dataclass(frozen=True)
class Tier:
    """A part of the month's quantity; ``up_to`` None is without end."""

    up_to: Decimal | None
    unit_price: Decimal


@dataclass(frozen=True)
class Rate:
    """A price; None of a key is any, of the zone the home network."""

    usage_type: str
    direction: str
    destination: str | None
    zone: str | None
    network: str
    time_band: str | None
    valid_from: date | None
    valid_to: date | None
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

    @property
    def key(self):
        """What no two rates of a plan may share on the same day."""
        return (
            self.usage_type,
            self.direction,
            self.destination,
            self.zone,
            self.network,
            self.time_band,
        )


@dataclass(frozen=True)
class Allowance:
    """What a plan includes; quantity in base units, amount in the currency."""

    code: str
    name: str
    kind: str
    usage_type: str | None
    direction: str | None
    destinations: tuple
    network: str
    include_home: bool
    zones: tuple
    time_band: str | None
    quantity: Decimal | None
    amount: Decimal | None
    unlimited: bool
    priority: int
    sequence: int
    sharing: str
    proration: str
    rollover_months: int
    rollover_limit: Decimal
    one_shot: bool

    @property
    def size(self):
        """Its quantity or its amount, None when unlimited or given by grants."""
        return self.amount if self.kind == "money" else self.quantity


@dataclass(frozen=True)
class Plan:
    """A price list with what it includes: a tariff and an offering."""

    code: str
    name: str
    amount_digits: int
    rounding_method: str
    band_rule: str
    proration_method: str
    minimum_spend: Decimal
    maximum_spend: Decimal
    rates: tuple
    allowances: tuple


@dataclass(frozen=True)
class PlanLine:
    """A plan of a subscription, half-open; None is without end."""

    plan: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True)
class Grant:
    """A one-shot bond; instants in UTC without zone."""

    allowance: str
    valid_from_at: datetime
    expires_at: datetime | None
    quantity: Decimal


@dataclass(frozen=True)
class Subscription:
    """A subscription and its plans by date."""

    code: str
    account: str | None
    lines: tuple
    grants: tuple = ()
    #: First day that is no day of service any more.
    ends_on: date | None = None


@dataclass(frozen=True)
class TariffDocument:
    """A whole tariff; ``plan`` is the document itself, ``plans`` the others."""

    code: str
    currency: str
    time_zone: str
    usage_types: tuple
    calendars: tuple
    time_bands: tuple
    destinations: tuple
    roaming_zones: tuple
    on_net_numbers: tuple
    categories: tuple
    plan: Plan
    plans: tuple = ()
    wholesale: tuple | None = None
    subscriptions: tuple | None = None

    @property
    def all_plans(self):
        """The document's own plan, then the others."""
        return (self.plan, *self.plans)

    @property
    def all_usage_types(self):
        """Usage types by code; the document's own win over the standard ones."""
        types = (*STANDARD_USAGE_TYPES, *self.usage_types)
        return {usage_type.code: usage_type for usage_type in types}
