# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Strict readers of single values: nothing is guessed, nothing is a float.

>>> read_amount("200.00", "decimal_2"), read_amount("1045", "cents")
(Decimal('200.00'), Decimal('10.45'))
>>> write_amount(Decimal("10.4"), "decimal_2"), write_amount(Decimal("10.4"), "cents")
('10.40', '1040')
"""

import re
from decimal import Decimal

from .outcome import Outcome, Refusal

CENT = Decimal("0.01")
_PATTERNS = {
    "decimal": re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?"),
    "decimal_2": re.compile(r"[0-9]{1,9}\.[0-9]{2}"),
    "cents": re.compile(r"[0-9]{1,11}"),
}
_TRANSACTION_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")
_DIGITS = re.compile(r"[0-9]{1,20}")
_IDENTIFIER = re.compile(r"[0-9A-Za-z+][0-9A-Za-z ./+_-]{0,39}")
_BILL = re.compile(r"[0-9A-Za-z][0-9A-Za-z ./_-]{0,63}")


def read_amount(text, amount_format):
    """Return the Decimal of an amount in the main unit, with two decimals.

    :param str amount_format: ``decimal_2`` (dot and two decimals), ``decimal`` (up to
        two) or ``cents``
    :raise Refusal: bad_amount
    """
    if not _PATTERNS[amount_format].fullmatch(text):
        raise Refusal(Outcome.BAD_AMOUNT)
    amount = Decimal(text)
    if amount_format == "cents":
        amount = amount.scaleb(-2)
    return amount.quantize(CENT)


def write_amount(amount, amount_format):
    """Return an amount as the bank writes amounts."""
    exact = amount.quantize(CENT)
    if amount_format == "cents":
        return str(int(exact.scaleb(2)))
    return str(exact)


def read_transaction_id(text, only_digits):
    """Return the bank's number of a transaction, up to 20 digits or 64 signs.

    :raise Refusal: bad_transaction
    """
    pattern = _DIGITS if only_digits else _TRANSACTION_ID
    if not pattern.fullmatch(text):
        raise Refusal(Outcome.BAD_TRANSACTION)
    return text


def read_identifier(text):
    """Return what names a person, without blanks around it.

    :raise Refusal: bad_account
    """
    if not _IDENTIFIER.fullmatch(text.strip()):
        raise Refusal(Outcome.BAD_ACCOUNT)
    return text.strip()


def read_bill(text):
    """Return the number of a bill; empty is none.

    :raise Refusal: malformed
    """
    if text and not _BILL.fullmatch(text):
        raise Refusal(Outcome.MALFORMED, "Wrong number of a bill")
    return text


def read_receipt(text):
    """Return our number of a payment; empty is none.

    :raise Refusal: bad_transaction
    """
    if text and not _DIGITS.fullmatch(text):
        raise Refusal(Outcome.BAD_TRANSACTION)
    return text


def read_count(text, default, most):
    """Return a number from 1 to ``most``.

    :raise Refusal: malformed
    """
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= most):
        raise Refusal(Outcome.MALFORMED, "Wrong page or number of rows")
    return int(text)
