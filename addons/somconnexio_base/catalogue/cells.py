# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Cells of a catalogue sheet <-> values. A cell has one text for each value.

An empty cell says nothing; ``-`` says: none.

>>> read_cell("price", "12,50"), write_cell("price", Decimal("12.5"))
(Decimal('12.50'), '12.50')
>>> read_cell("codes", "b a"), write_cell("codes", ["b", "a"])
(('a', 'b'), 'a b')
"""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from ..spreadsheet.text import Text as _

# pylint: disable=prefer-env-translation  # there is no env in plain Python
NONE = "-"
FLAGS = {
    "yes": True,
    "true": True,
    "1": True,
    "no": False,
    "false": False,
    "0": False,
}
MOST_PRICE = Decimal(1_000_000)
MOST_NUMBER = 2**31 - 1
_NUMBER = re.compile(r"-?[0-9]{1,10}")
_SPACES = re.compile(r"[\s,;]+")


class CellError(ValueError):
    """What is wrong with a cell, and what to write instead.

    :ivar text: a ``Text``, or a str that is translated
    """

    def __init__(self, text):
        self.text = text
        super().__init__(str(text))


def read_cell(kind, text, choices=()):
    """Return the value of a cell.

    :param str kind: text, number, price, flag, date, choice, code or codes
    :param str text: not empty
    :param choices: of a choice, the values it may have
    :raise CellError: with what to write
    """
    if text == NONE:
        return _nothing(kind)
    if kind == "choice":
        if text not in choices:
            raise CellError(
                _(
                    "%(text)s is none of %(choices)s",
                    text=repr(text),
                    choices=", ".join(choices),
                )
            )
        return text
    return READERS[kind](text)


def write_cell(kind, value):
    """Return the text of a value; of nothing, an empty text."""
    if kind == "flag":
        return "yes" if value else "no"
    if value in (None, False, "", ()) or value == []:
        return ""
    if kind == "price":
        return price_text(value)
    if kind == "codes":
        return " ".join(sorted(value))
    if kind == "date":
        return value.isoformat()
    return "" if kind == "number" and not value else str(value)


def _nothing(kind):
    empty = {"number": 0, "price": Decimal(0), "flag": False, "codes": ()}
    return empty.get(kind)


def _number(text):
    if not _NUMBER.fullmatch(text) or not 0 <= int(text) <= MOST_NUMBER:
        raise CellError(_("%(text)s is no whole number of 0 or more", text=repr(text)))
    return int(text)


def _price(text):
    try:
        price = Decimal(text.replace(",", "."))
    except InvalidOperation:
        price = None
    if price is None or not price.is_finite() or abs(price) > MOST_PRICE:
        raise CellError(
            _("%(text)s is no amount; write it such as 12.50", text=repr(text))
        )
    return price


def price_text(price):
    """Return a price with two decimals, or with as many as it needs.

    >>> price_text(Decimal("8.0")), price_text(Decimal("0.0415"))
    ('8.00', '0.0415')
    """
    exact = Decimal(str(price)).normalize()
    digits = max(2, -exact.as_tuple().exponent)
    return format(exact, f".{digits}f")


def _flag(text):
    if text.lower() not in FLAGS:
        raise CellError(_("%(text)s: write yes or no", text=repr(text)))
    return FLAGS[text.lower()]


def _date(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CellError(
            _("%(text)s is no day; write it as 2026-10-31", text=repr(text))
        ) from None


def _codes(text):
    codes = [code for code in _SPACES.split(text) if code]
    return tuple(sorted(set(codes)))


READERS = {
    "text": str,
    "code": str,
    "number": _number,
    "price": _price,
    "flag": _flag,
    "date": _date,
    "codes": _codes,
}
