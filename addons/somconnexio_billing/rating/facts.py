# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What a rated usage says, as plain values with the names that it refers to.

Quantities are in base units, amounts without tax.
"""

from dataclasses import dataclass
from decimal import Decimal

from .units import DisplayUnit

ZERO = Decimal(0)


@dataclass(frozen=True)
class DrawFacts:
    """What an event, or a part of it, drew on an allowance."""

    allowance: str
    quantity: Decimal
    used_before: Decimal
    #: None for an unlimited allowance.
    limit: Decimal | None
    #: Month that it was given in, written out, when that isn't the event's own.
    origin: str = ""


@dataclass(frozen=True)
class TierFacts:
    """Units of a part that one tier prices."""

    quantity: Decimal
    unit_price: Decimal
    #: Last position of the tier in the month, None for the one without end.
    up_to: Decimal | None


@dataclass(frozen=True)
class PartFacts:
    """Increments in a row that one rate prices."""

    quantity: Decimal
    charged: Decimal
    unit_price: Decimal
    price_unit: Decimal
    amount: Decimal
    price_mode: str = "per_unit"
    #: Charged by the rate before, and in all, in the month.
    before: Decimal = ZERO
    total: Decimal = ZERO
    #: Civil time of day at which it began.
    started: str = ""
    time_band: str = ""
    tiers: tuple = ()
    draws: tuple = ()


@dataclass(frozen=True)
class RatedFacts:
    """A rated usage: what was used, how it was counted, what it costs."""

    usage_type: str
    is_outgoing: bool
    offering: str
    tariff: str
    unit: DisplayUnit
    quantity: Decimal
    chargeable_quantity: Decimal
    allowance_quantity: Decimal
    charged_quantity: Decimal
    #: As charged, zero when it wasn't.
    setup_fee: Decimal
    unit_price: Decimal
    price_unit: Decimal
    amount_exact: Decimal
    amount: Decimal
    amount_digits: int
    rounding: str
    currency: str
    destination: str = ""
    zone: str = ""
    is_on_net: bool = False
    time_band: str = ""
    allowance: str = ""
    allowance_used_before: Decimal = ZERO
    #: None for an unlimited allowance.
    allowance_limit: Decimal | None = None
    #: Of events whose price has more to it than one rate and one allowance.
    parts: tuple = ()
    minimum_charge: Decimal | None = None
    maximum_charge: Decimal | None = None
    #: Draws on included money, and what they pay in all.
    payments: tuple = ()
    allowance_amount: Decimal = ZERO
    capped_amount: Decimal = ZERO
    maximum_spend: Decimal | None = None
    is_late: bool = False

    @property
    def rounded_amount(self):
        """Amount after the tariff's rounding, before money and maximum spend."""
        return self.amount + self.allowance_amount + self.capped_amount
