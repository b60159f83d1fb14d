# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What a customer bill says: plain values, ready to be drawn.

Nothing here knows Odoo or PDF. Money is ``Decimal`` in the bill's currency, usage is
in base units (seconds, bytes, messages), times are the customer's local civil time.

Contents follow Spanish law: number, dates, both parties with tax identification,
base and quota per rate (RD 1619/2012, art. 6), and the itemised telephone bill with
totals per group and free calls left out (RD 899/2009, Charter of users' rights).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import NamedTuple

ZERO = Decimal(0)
SECTIONS = ("charges", "usage", "itemised")


class UsageUnit(str, Enum):
    """Base unit in which a kind of usage is counted."""

    SECOND = "second"
    BYTE = "byte"
    MESSAGE = "message"
    UNIT = "unit"


class CollectionKind(str, Enum):
    """How the total of a bill gets paid."""

    DIRECT_DEBIT = "direct_debit"
    TRANSFER = "transfer"
    REFUND = "refund"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Party:
    """Who issues or receives the bill; ``address`` is one string per printed line."""

    name: str
    tax_id: str = ""
    address: tuple[str, ...] = ()


@dataclass(frozen=True)
class Brand:
    """How the cooperative shows itself; colours are ``#rrggbb``."""

    primary_color: str = "#1B7F5C"
    accent_color: str = "#F2A03D"
    logo: bytes | None = None


@dataclass(frozen=True)
class Contact:
    """Where a member finds help; empty values are not printed."""

    phone: str = ""
    email: str = ""
    website: str = ""


@dataclass(frozen=True)
class ChargeLine:
    """One billed line; the period is half-open, both ends may be missing.

    ``day_count`` of ``month_days`` says which part of a month's price is charged.
    """

    name: str
    amount: Decimal
    quantity: Decimal = Decimal(1)
    unit_price: Decimal | None = None
    period_start: date | None = None
    period_end: date | None = None
    day_count: int = 0
    month_days: int = 0


@dataclass(frozen=True)
class ChargeGroup:
    """The billed lines of one subscription (or of none: shares, corrections)."""

    title: str
    subtitle: str = ""
    lines: tuple[ChargeLine, ...] = ()

    @property
    def amount(self) -> Decimal:
        """Sum of the lines, untaxed."""
        return sum((line.amount for line in self.lines), ZERO)


@dataclass(frozen=True)
class AllowanceUse:
    """How much of an allowance was used; ``limit`` None means unlimited."""

    name: str
    unit: UsageUnit
    used: Decimal
    limit: Decimal | None = None


class ItemisedUsage(NamedTuple):
    """One listed call, message or session. ``is_included``: paid by an allowance."""

    started_at: datetime
    other_number: str
    destination: str
    quantity: Decimal
    amount: Decimal
    is_included: bool = False


@dataclass(frozen=True)
class UsageGroup:
    """The usage of one category of one subscription, with totals of ALL its events.

    ``items`` may hold fewer events than ``event_count`` says: what is not listed shows
    as one summed line, so that items + unlisted always equals the totals.
    """

    name: str
    unit: UsageUnit
    event_count: int
    quantity: Decimal
    charged_quantity: Decimal
    amount: Decimal
    items: tuple[ItemisedUsage, ...] = ()

    @cached_property
    def unlisted(self) -> tuple[int, Decimal, Decimal]:
        """Count, quantity and amount of the events that ``items`` leaves out."""
        return (
            self.event_count - len(self.items),
            self.quantity - sum((item.quantity for item in self.items), ZERO),
            self.amount - sum((item.amount for item in self.items), ZERO),
        )


@dataclass(frozen=True)
class SubscriptionUsage:
    """What one subscription used in the period."""

    title: str
    subtitle: str = ""
    allowances: tuple[AllowanceUse, ...] = ()
    groups: tuple[UsageGroup, ...] = ()

    @property
    def itemised_groups(self) -> tuple[UsageGroup, ...]:
        """The groups that list at least one event."""
        return tuple(group for group in self.groups if group.items)


@dataclass(frozen=True)
class Tax:
    """One tax of the bill: its printed name, taxable base and quota."""

    name: str
    base: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Collection:
    """How and when the total is collected.

    ``iban`` is printed as it is: the payer's comes masked, the one to pay to whole.
    """

    kind: CollectionKind
    on_date: date | None = None
    iban: str = ""
    mandate_reference: str = ""


@dataclass(frozen=True)
class MonthTotal:
    """Total of the bill of one month, for the chart; ``month`` is its first day."""

    month: date
    amount: Decimal


@dataclass(frozen=True)
class BillDocument:
    """A whole customer bill.

    :param str language: language code as Babel reads it (``ca``, ``es_ES``, ``en``)
    :param Mapping labels: translated text for every key of :data:`bill.labels.KEYS`
    :param date period_start: first day billed
    :param date period_end: first day NOT billed any more
    :param str correction_reason: why a corrective invoice was made (art. 15.4)
    :param tuple history: months before this one and this one, oldest first
    :param str claims: how to object to the bill; empty: not printed
    :param tuple sections: which of :data:`SECTIONS` are printed, in this order
    """

    language: str
    labels: Mapping[str, str]
    issuer: Party
    customer: Party
    number: str
    bill_date: date
    charge_groups: tuple[ChargeGroup, ...]
    taxes: tuple[Tax, ...]
    amount_untaxed: Decimal
    amount_tax: Decimal
    amount_total: Decimal
    collection: Collection
    currency: str = "EUR"
    country_calling_code: str = "34"
    period_start: date | None = None
    period_end: date | None = None
    due_date: date | None = None
    is_draft: bool = False
    is_credit_note: bool = False
    corrected_number: str = ""
    correction_reason: str = ""
    brand: Brand = Brand()
    contact: Contact = Contact()
    usage: tuple[SubscriptionUsage, ...] = ()
    history: tuple[MonthTotal, ...] = ()
    notices: tuple[str, ...] = ()
    sections: tuple[str, ...] = SECTIONS
    message: str = ""
    claims: str = ""
    footer: str = ""
