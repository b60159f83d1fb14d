# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What goes in and out of a protocol: the HTTP call, the command, the answer."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from .outcome import Outcome


class Action(str, Enum):
    """What a bank can ask."""

    CHECK = "check"
    PAY = "pay"
    CANCEL = "cancel"
    STATUS = "status"
    VERIFY = "verify"
    LIST = "list"


#: Actions that write nothing: a replica of the database may answer them.
READ_ACTIONS = frozenset({Action.CHECK, Action.STATUS, Action.VERIFY, Action.LIST})


@dataclass(frozen=True)
class Call:
    """One HTTP request. ``action`` is what follows the profile's path.

    The body of one that is too long is left out."""

    method: str
    query: str = ""
    content_type: str = ""
    body: bytes = b""
    action: str = ""
    headers: tuple = ()
    is_too_long: bool = False

    def header(self, name):
        """Return a header's value, empty when it is not there."""
        wanted = name.lower()
        return next((v for key, v in self.headers if key.lower() == wanted), "")


@dataclass(frozen=True)
class Command:
    """What a bank asks, in our words. Amounts are Decimal in the main unit.

    ``paid_at`` is local time of the profile; ``receipt`` is our number of a payment;
    ``month`` is the first day of the month whose debtors are listed.
    """

    action: Action
    identifier: str = ""
    transaction_id: str = ""
    amount: Decimal | None = None
    currency: str = ""
    paid_at: datetime | None = None
    bill: str = ""
    receipt: str = ""
    day: date | None = None
    month: date | None = None
    page: int = 1
    rows: int = 10


@dataclass(frozen=True)
class OwedBill:
    """A bill that is still to be paid."""

    number: str
    amount: Decimal
    due_date: date | None = None
    is_being_debited: bool = False


@dataclass(frozen=True)
class Row:
    """A line of a list: a debtor of the month, or a payment of the day."""

    identifier: str
    amount: Decimal
    info: str = ""
    transaction_id: str = ""
    receipt: str = ""


@dataclass(frozen=True)
class Answer:
    """What we answer. ``now`` is local time of the profile."""

    outcome: Outcome
    now: datetime
    action: Action | None = None
    comment: str = ""
    identifier: str = ""
    transaction_id: str = ""
    receipt: str = ""
    amount: Decimal | None = None
    currency: str = ""
    booked_at: datetime | None = None
    name: str = ""
    owed: Decimal | None = None
    bills: tuple = ()
    rows: tuple = field(default=())
