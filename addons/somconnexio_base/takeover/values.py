# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A cell's text -> its canonical value: JSON's text, boolean or nothing.

Numbers and dates stay text, ``"12.5"`` and ``"2026-10-03"``, so that nothing is lost
between the file, the staged row and the record.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from ..partner_data import iban, mail, phone, tax_id
from ..partner_data.reading import INVALID
from .errors import ValueFault

MAX_TEXT = 512
MAX_NOTE = 20_000
MAX_KEY = 128
YEARS = range(1900, 2101)
ISO_DATE = "%Y-%m-%d"
_TRUE = frozenset({"1", "true", "t", "yes", "y", "si", "sí", "s", "x", "verdadero"})
_FALSE = frozenset({"0", "false", "f", "no", "n", "falso"})
_SPACES = re.compile(r"\s+")
#: A long number that a spreadsheet has taken for a quantity: 8,93405E+18.
_ROUNDED = re.compile(r"[+-]?\d(?:[.,]\d+)?E\+\d{1,3}")
#: What a spreadsheet shows instead of a value.
CELL_ERRORS = frozenset(
    {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}
)


@dataclass(frozen=True)
class Manner:
    """How a source writes its values.

    :ivar str date_pattern: as ``strptime`` reads it
    :ivar str point: decimal separator; the other of ``.`` and ``,`` groups thousands
    :ivar str country: ISO code of telephone and tax numbers without a country
    :ivar bool has_iso_dates: dates come as 2026-10-03 whatever the pattern (sheets)
    """

    date_pattern: str = ISO_DATE
    point: str = "."
    country: str = "ES"
    has_iso_dates: bool = False
    value_map: dict = field(default_factory=dict, hash=False)


def read_text(text, manner):
    """Return a text of one line, spaces tidied."""
    text = _SPACES.sub(" ", text).strip()
    if not text.isprintable():
        raise ValueFault("bad_text")
    if len(text) > MAX_TEXT:
        raise ValueFault("too_long", f"<= {MAX_TEXT}")
    return text


def read_note(text, manner):
    """Return a text of several lines."""
    if "\0" in text:
        raise ValueFault("bad_text")
    if len(text) > MAX_NOTE:
        raise ValueFault("too_long", f"<= {MAX_NOTE}")
    return text.strip()


def read_key(text, manner):
    """Return what identifies a row, here or in another kind."""
    text = text.strip()
    if _ROUNDED.fullmatch(text):
        raise ValueFault("rounded")
    if not text.isprintable():
        raise ValueFault("bad_text")
    if len(text) > MAX_KEY:
        raise ValueFault("too_long", f"<= {MAX_KEY}")
    return text


def read_date(text, manner):
    """Return a civil date as 2026-10-03; a time of day behind it is left out."""
    patterns = [manner.date_pattern]
    if manner.has_iso_dates and ISO_DATE not in patterns:
        patterns.insert(0, ISO_DATE)
        text = text.partition("T")[0]
    for pattern in patterns:
        try:
            moment = datetime.strptime(text.strip(), pattern)
        except ValueError:
            continue
        if moment.year in YEARS:
            return moment.date().isoformat()
    raise ValueFault("bad_date", " / ".join(patterns))


def read_decimal(text, manner):
    """Return a number without grouping or needless zeros.

    >>> read_decimal("1.234,50", Manner(point=","))
    '1234.5'
    """
    group = "," if manner.point == "." else "."
    number = text.strip().replace("\N{NO-BREAK SPACE}", "")
    shape = (
        rf"[+-]?(?:\d{{1,3}}(?:{re.escape(group)}\d{{3}})+|\d{{1,15}})"
        rf"(?:{re.escape(manner.point)}\d{{1,9}})?"
    )
    if not re.fullmatch(shape, number, re.ASCII):
        raise ValueFault("bad_number", f"1234{manner.point}56")
    return canonical(Decimal(number.replace(group, "").replace(manner.point, ".")))


def canonical(number):
    """Return the shortest plain writing of a Decimal.

    >>> canonical(Decimal("10.50")), canonical(Decimal("-0.00"))
    ('10.5', '0')
    """
    if not number:
        return "0"
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def read_integer(text, manner):
    """Return a whole number of at most nine digits, as text."""
    number = text.strip().removesuffix(f"{manner.point}0")
    if not re.fullmatch(r"[+-]?\d{1,9}", number, re.ASCII):
        raise ValueFault("bad_number", "1234")
    return str(int(number))


def read_flag(text, manner):
    """Return whether a text says yes."""
    word = text.strip().lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise ValueFault("bad_choice", "1, 0, true, false, sí, no")


def read_email(text, manner):
    """Return one or more addresses, in lower case, with commas between them."""
    readings = [mail.read(part) for part in re.split(r"[,;\s]+", text.strip()) if part]
    if any(reading.state == INVALID for reading in readings):
        raise ValueFault("bad_email", "name@example.org")
    return ", ".join(reading.normal for reading in readings)


def read_phone(text, manner):
    """Return a telephone number as +34612345678."""
    reading = phone.read(text, manner.country)
    if reading.state == INVALID:
        raise ValueFault("bad_phone", "+34612345678")
    return reading.normal


def read_tax_id(text, manner):
    """Return a tax number with its country, ES12345678Z, check digits looked at."""
    reading = tax_id.read(text, manner.country)
    if reading.state == INVALID:
        raise ValueFault("bad_tax_id")
    return reading.normal or reading.value


def read_iban(text, manner):
    """Return an IBAN without blanks, its check digits looked at."""
    reading = iban.read(text)
    if reading.state == INVALID:
        raise ValueFault("bad_iban")
    return iban.compact(reading.normal)


def read_country(text, manner):
    """Return an ISO 3166 code of two letters."""
    code = text.strip().upper()
    if not re.fullmatch(r"[A-Z]{2}", code):
        raise ValueFault("bad_choice", "ISO 3166-1 alpha-2")
    return code


#: Type of a field -> function (text, manner) -> canonical value.
READERS = {
    "text": read_text,
    "note": read_note,
    "key": read_key,
    "date": read_date,
    "decimal": read_decimal,
    "integer": read_integer,
    "flag": read_flag,
    "email": read_email,
    "phone": read_phone,
    "tax_id": read_tax_id,
    "iban": read_iban,
    "country": read_country,
}
