# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What the readers give: plain facts, amounts as Decimal, dates as date."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass
class Balance:
    """A balance that the bank states.

    :ivar str kind: OPBD (opening), PRCD (closing of the day before), CLBD (closing),
        ITBD, ITAV, CLAV, OPAV, FWAV …
    :ivar Decimal amount: below zero when the bank is owed
    """

    kind: str
    amount: Decimal
    currency: str
    day: date
    where: str = ""


@dataclass
class Statement:
    """The heading of a statement, report or notification.

    :ivar str number: its own number, for gaps (ElctrncSeqNb); may be empty
    :ivar dict declared: what TxsSummry or record 33 says: ``count``, ``credit_count``,
        ``credit_sum``, ``debit_count``, ``debit_sum``
    :ivar bool has_balances: whether opening and closing are stated
    """

    reference: str
    account: str
    currency: str = ""
    number: str = ""
    from_date: date | None = None
    to_date: date | None = None
    opening: Balance | None = None
    closing: Balance | None = None
    declared: dict = field(default_factory=dict)
    where: str = ""

    @property
    def has_balances(self):
        """Whether the chain of balances can be followed."""
        return self.opening is not None and self.closing is not None


@dataclass
class Detail:
    """One transaction of an entry."""

    amount: Decimal | None = None
    currency: str = ""
    end_to_end_id: str = ""
    message_id: str = ""
    payment_info_id: str = ""
    instruction_id: str = ""
    transaction_id: str = ""
    mandate_id: str = ""
    bank_reference: str = ""
    party_name: str = ""
    party_iban: str = ""
    texts: tuple = ()
    structured: tuple = ()
    reason: str = ""
    reason_text: str = ""
    where: str = ""

    @property
    def text(self):
        """What the payer wrote, in one line."""
        return " ".join(" ".join((*self.structured, *self.texts)).split())


@dataclass
class Entry:
    """One movement of the account.

    :ivar Decimal amount: below zero when money leaves
    :ivar bool is_reversal: it takes back an earlier entry
    :ivar bool is_booked: false while the bank only expects it
    :ivar str code: the bank's kind of transaction, such as ``PMNT/RDDT/UPDD``
    :ivar Detail batch: what is said about a whole batch
    :ivar int batch_count: how many transactions the batch has by its own word
    :ivar Decimal charges: sum of what the bank says it kept for itself
    :ivar list details: its transactions; empty when the bank tells none
    """

    amount: Decimal
    currency: str
    booking_date: date
    value_date: date
    is_reversal: bool = False
    is_booked: bool = True
    reference: str = ""
    bank_reference: str = ""
    code: str = ""
    info: str = ""
    batch: Detail | None = None
    batch_count: int | None = None
    batch_sum: Decimal | None = None
    charges: Decimal = Decimal(0)
    details: list = field(default_factory=list)
    where: str = ""


@dataclass
class Status:
    """What the bank says about an order of ours, or a part of it.

    :ivar str level: ``file``, ``batch`` or ``transaction``
    :ivar str status: ACTC, ACCP, ACSP, ACSC, ACWC, PART, PDNG, RCVD or RJCT
    :ivar str message_id: of our order; ``batch_id`` and ``end_to_end_id`` at the levels
        below it
    """

    level: str
    status: str
    message_id: str
    batch_id: str = ""
    end_to_end_id: str = ""
    instruction_id: str = ""
    bank_reference: str = ""
    mandate_id: str = ""
    amount: Decimal | None = None
    currency: str = ""
    reason: str = ""
    reason_text: str = ""
    where: str = ""


@dataclass
class Heading:
    """What a file says about itself."""

    message_id: str
    created_at: str = ""
