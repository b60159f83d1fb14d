# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A mandate of another system, for who draws money here."""

import re
from dataclasses import dataclass
from datetime import date

#: EPC217-08: what identifiers may be made of; a slash is neither first nor last nor
#: doubled.
_REFERENCE = re.compile(r"(?!/)(?!.*//)[A-Za-z0-9+?/:().,' -]{1,35}(?<!/)")


@dataclass(frozen=True)
class TakenMandate:
    """One mandate as the other system had it.

    :ivar billing_account: telecom.billing.account that is debited
    :ivar partner_bank: res.partner.bank of its IBAN, empty when that is not known
    :ivar str reference: unique mandate reference
    :ivar str scheme: ``CORE`` or ``B2B``
    :ivar last_debit_date: date of the last collection, None when it is not known
    :ivar bool is_used: it was debited before: the next collection is recurring
    """

    billing_account: object
    partner_bank: object
    reference: str
    signed_date: date
    scheme: str
    last_debit_date: date | None
    is_used: bool


def is_reference(text):
    """Tell whether banks take a text as the reference of a mandate.

    >>> is_reference("MND-2019/0001"), is_reference("//1"), is_reference("Ñ")
    (True, False, False)
    """
    return bool(_REFERENCE.fullmatch(text))
