# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Texts of a bank's file as values, by the types of ISO 20022; never a guess."""

import re
from datetime import date
from decimal import Decimal

from stdnum.iso7064 import mod_97_10

from odoo.addons.somconnexio_base.file_reading.errors import FileError

from .limits import AMOUNT_DECIMALS, AMOUNT_DIGITS, MAX_TEXT

_AMOUNT = re.compile(r"(\d{1,18})(?:\.(\d{0,17}))?\Z", re.ASCII)
_DATE = re.compile(
    r"(\d{4}-\d\d-\d\d)"
    r"(?:T\d\d:\d\d:\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?\Z",
    re.ASCII,
)
_CURRENCY = re.compile(r"[A-Z]{3}\Z")
_IBAN = re.compile(r"[A-Z]{2}\d\d[A-Z0-9]{11,30}\Z", re.ASCII)
_COUNT = re.compile(r"\d{1,15}\Z", re.ASCII)
_SIGNS = {"CRDT": 1, "DBIT": -1}
#: What banks write where there is no reference.
NO_REFERENCE = {"NOTPROVIDED", "NOT PROVIDED", "NONREF", "N/A"}


def amount(text, where):
    """Return a text as Decimal: digits and a dot, never below zero.

    :raise FileError: ``amount``
    """
    found = _AMOUNT.match(text)
    decimals = found and (found.group(2) or "")
    if (
        not found
        or len(decimals) > AMOUNT_DECIMALS
        or len(found.group(1)) + len(decimals) > AMOUNT_DIGITS
    ):
        raise FileError("amount", found=text[:40], where=where)
    return Decimal(text)


def sign(text, where):
    """Return 1 for CRDT and -1 for DBIT.

    :raise FileError: ``sign``
    """
    if text not in _SIGNS:
        raise FileError("sign", found=text[:40], where=where)
    return _SIGNS[text]


def day(text, where):
    """Return the civil date of an ISODate or ISODateTime, as the bank wrote it.

    :raise FileError: ``date``
    """
    found = _DATE.match(text)
    try:
        return date.fromisoformat(found.group(1))
    except (AttributeError, ValueError):
        raise FileError("date", found=text[:40], where=where) from None


def currency(text, where):
    """Return a currency code.

    :raise FileError: ``currency_code``
    """
    if not _CURRENCY.match(text):
        raise FileError("currency_code", found=text[:40], where=where)
    return text


def count(text, where):
    """Return a whole number.

    :raise FileError: ``count``
    """
    if not _COUNT.match(text):
        raise FileError("count", found=text[:40], where=where)
    return int(text)


def boolean(text, where):
    """Return an XML boolean; empty is false.

    :raise FileError: ``boolean``
    """
    if text not in ("", "true", "false", "1", "0"):
        raise FileError("boolean", found=text[:40], where=where)
    return text in ("true", "1")


def words(text, where, longest=MAX_TEXT):
    """Return a text of at most so many characters.

    :raise FileError: ``too_long``
    """
    if len(text) > longest:
        raise FileError("too_long", found=text[:40], limit=longest, where=where)
    return text


def reference(text, where):
    """Return a reference (Max35Text), empty when the bank says that there is none."""
    text = words(text, where, 35)
    return "" if text.upper() in NO_REFERENCE else text


def iban(text, where):
    """Return an IBAN without spaces whose check digits hold (ISO 13616).

    :raise FileError: ``iban``
    """
    compact = text.replace(" ", "").upper()
    turned = compact[4:] + compact[:4]
    if not _IBAN.match(compact) or not mod_97_10.is_valid(turned):
        raise FileError("iban", found=text[:40], where=where)
    return compact
