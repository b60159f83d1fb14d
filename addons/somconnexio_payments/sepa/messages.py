# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What is told to a bank, as plain values: amounts are Decimal, days are date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Address:
    """A structured address; ``country`` is the ISO code of two letters."""

    street: str
    building: str
    postal_code: str
    town: str
    country: str


@dataclass(frozen=True, slots=True)
class Account:
    """Whose account it is; ``iban`` without blanks, ``bic`` may be empty."""

    name: str
    iban: str
    bic: str = ""
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Creditor:
    """Who draws the money.

    :param str creditor_id: identifier of the creditor, AT-02 of the rulebook
    """

    account: Account
    creditor_id: str


@dataclass(frozen=True, slots=True)
class Amendment:
    """What has changed in a mandate since its last debit; empty is unchanged.

    :param bool is_new_account: the payer has another account, at whatever bank
    """

    original_reference: str = ""
    is_new_account: bool = False
    original_creditor_id: str = ""
    original_creditor_name: str = ""


@dataclass(frozen=True, slots=True)
class Mandate:
    """The mandate of one debit, as of the day of the file."""

    reference: str
    signed_date: date | None
    amendment: Amendment | None = None


@dataclass(frozen=True, slots=True)
class Debit:
    """One collection, in euros.

    :param str label: how people call what is collected: the bill's number
    """

    end_to_end_id: str
    amount: Decimal
    mandate: Mandate
    debtor: Account
    remittance: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """Debits of one day, scheme and sequence type.

    :param str batch_id: PmtInfId, unique for ever
    :param str scheme: CORE or B2B
    :param str sequence_type: FRST, RCUR, FNAL or OOFF
    :param Iterable debits: read once, one after the other
    """

    batch_id: str
    scheme: str
    sequence_type: str
    due_date: date
    count: int
    total: Decimal
    debits: Iterable[Debit]


@dataclass(frozen=True, slots=True)
class Header:
    """What the message says of itself.

    :param str created_at: instant of creation, ISO text without fractions
    """

    message_id: str
    created_at: str
    count: int
    total: Decimal
    initiator_name: str
    initiator_id: str = ""
