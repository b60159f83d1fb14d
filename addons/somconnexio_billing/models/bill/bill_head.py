# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What is known of a bill before its lines are read: invoice or preview alike."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class BillHead:
    """The head of one bill.

    :param int id: of the journal entry or, for a preview, of the account of the run
    :param Any account: telecom.billing.account record
    :param Any partner: res.partner record of the customer
    :param str pay_to_iban: account of the cooperative, for a transfer
    """

    id: int
    company: Any
    account: Any
    partner: Any
    run_id: int
    number: str
    bill_date: date
    amount_untaxed: Decimal
    amount_tax: Decimal
    amount_total: Decimal
    currency: str
    due_date: date | None = None
    period_start: date | None = None
    period_end: date | None = None
    is_draft: bool = False
    is_credit_note: bool = False
    corrected_number: str = ""
    correction_reason: str = ""
    mandate_reference: str = ""
    pay_to_iban: str = ""

    @property
    def language(self) -> str:
        """Language of the account, else of the customer, else of the company."""
        return (
            self.account.lang
            or self.partner.lang
            or self.company.partner_id.lang
            or "en_US"
        )

    @property
    def month(self) -> date:
        """First day of the month that the bill belongs to."""
        return (self.period_start or self.bill_date).replace(day=1)


def decimal(value: float, currency) -> Decimal:
    """Return a monetary field's float as the exact amount it stands for.

    >>> from types import SimpleNamespace
    >>> decimal(0.1 + 0.2, SimpleNamespace(decimal_places=2))
    Decimal('0.30')
    """
    return round(Decimal(repr(value)), currency.decimal_places)
