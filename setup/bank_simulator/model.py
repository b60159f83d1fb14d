# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What a bank knows: movements of an account and days with their balances."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass
class Part:
    """One transaction inside a movement."""

    amount: Decimal
    end_to_end_id: str = ""
    message_id: str = ""
    payment_info_id: str = ""
    mandate_id: str = ""
    name: str = ""
    iban: str = ""
    text: str = ""
    structured: str = ""
    reason: str = ""
    reason_text: str = ""
    bank_reference: str = ""


@dataclass
class Movement:
    """One entry of an account; money that leaves is below zero."""

    day: date
    amount: Decimal
    code: str
    bank_reference: str
    parts: list = field(default_factory=list)
    message_id: str = ""
    payment_info_id: str = ""
    is_reversal: bool = False
    currency: str = "EUR"


@dataclass
class Day:
    """The statement of one account and day."""

    iban: str
    number: int
    day: date
    opening: Decimal
    movements: list = field(default_factory=list)
    currency: str = "EUR"

    @property
    def closing(self):
        """The balance at the end of the day."""
        return self.opening + sum((m.amount for m in self.movements), Decimal(0))


@dataclass
class Debit:
    """One collection of an order that the bank took."""

    amount: Decimal
    end_to_end_id: str
    instruction_id: str
    mandate_id: str
    name: str
    iban: str
    text: str = ""


@dataclass
class Batch:
    """One PmtInf of an order: settled as one movement on its day."""

    payment_info_id: str
    day: date
    iban: str
    debits: list = field(default_factory=list)
    is_batch_booked: bool = True


@dataclass
class Order:
    """A pain.008 or pain.001 that was handed in."""

    message_id: str
    message_name: str
    batches: list = field(default_factory=list)

    @property
    def is_debit(self):
        """Whether it collects."""
        return self.message_name.startswith("pain.008")

    @property
    def debits(self):
        """All its transactions."""
        return [debit for batch in self.batches for debit in batch.debits]
