# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What the world is made of. Dates are civil, ``_at`` are UTC, ends are exclusive
but for ``date_end`` of a line, which is its last day."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(slots=True)
class Member:
    """A person or an organisation of the cooperative."""

    code: str
    name: str
    is_company: bool
    vat: str
    lang: str
    street: str
    zip: str
    town: str
    state_code: str
    area_code: str
    email: str


@dataclass(slots=True)
class BillingAccount:
    """Who pays a set of subscriptions, and how."""

    code: str
    member: str
    lang: str
    emails: list[str]
    iban: str | None
    collection_method: str


@dataclass(slots=True)
class SubscriptionLine:
    """An offering in force on a subscription from a day to a last day."""

    offering: str
    kind: str
    date_start: date
    date_end: date | None = None
    #: Untaxed euro in decimal text, when it is not the catalogue's.
    price: str | None = None


@dataclass(slots=True)
class Subscription:
    """One service of a billing account."""

    code: str
    billing_account: str
    family: str
    service_type: str
    activation_date: date | None
    state: str = "active"
    suspension_date: date | None = None
    termination_date: date | None = None
    lines: list[SubscriptionLine] = field(default_factory=list)

    @property
    def tariff_lines(self):
        """The lines that hold a tariff, oldest first."""
        return [line for line in self.lines if line.kind == "tariff"]


@dataclass(slots=True)
class Resource:
    """A number, SIM or line; ``name`` is its normal form."""

    kind: str
    name: str
    state: str = "active"


@dataclass(slots=True)
class Assignment:
    """Who holds a resource from an instant up to another."""

    kind: str
    resource: str
    subscription: str
    start_at: datetime
    end_at: datetime | None = None


@dataclass(slots=True)
class World:
    """Everything that exists before the month's usage is read."""

    members: list[Member] = field(default_factory=list)
    billing_accounts: list[BillingAccount] = field(default_factory=list)
    subscriptions: list[Subscription] = field(default_factory=list)
    resources: list[Resource] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
