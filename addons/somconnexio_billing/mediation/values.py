# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""One cell's text -> one typed value, each distinct text read once.

A million lines hold few distinct dates, durations, prices and lines; a dictionary
remembers what each text means, which makes reading a value a single lookup.
"""

import re
from decimal import Decimal

from .errors import FieldError
from .limits import MAX_QUANTITY, MAX_REMEMBERED_TEXTS, MAX_TEXT_LENGTH

_HMS = re.compile(r"(?:(\d{1,4}):)?(\d{1,2}):(\d{2})", re.ASCII)
_COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)


def make_room_in(memo):
    """Forget all that a dictionary remembers once it is full."""
    if len(memo) >= MAX_REMEMBERED_TEXTS:
        memo.clear()


class Memo(dict):
    """Text -> value, computed once per distinct text, of bounded size.

    :param read: function from the stripped, non-empty text to the value
    :param empty: value of an empty text
    :param bool is_required: an empty text without default is ``missing_value``
    """

    def __init__(self, read, empty=None, is_required=False):
        super().__init__()
        self.read = read
        self.empty = empty
        self.is_required = is_required

    def __missing__(self, text):
        value = self.value_of(text)
        make_room_in(self)
        self[text] = value
        return value

    def value_of(self, text):
        """Read a text without remembering it."""
        stripped = text.strip()
        if stripped:
            return self.read(stripped)
        if self.empty is None and self.is_required:
            raise FieldError("missing_value")
        return self.empty


class TextReader:
    """Read texts that are all different, such as record ids: nothing to remember."""

    def __init__(self, empty=None, is_required=False):
        self.empty = empty
        self.is_required = is_required

    def __getitem__(self, text):
        stripped = text.strip()
        if stripped:
            return read_text(stripped)
        if self.empty is None and self.is_required:
            raise FieldError("missing_value")
        return self.empty


def canonical(number):
    """Return equal quantities as the same value, hence as the same text.

    >>> canonical(Decimal("60.00")), canonical(Decimal("1.50"))
    (60, Decimal('1.5'))
    """
    whole = int(number)
    return whole if whole == number else Decimal(number).normalize()


class DecimalReader:
    """Read plain decimal numbers: digits, one sign, one separator, no exponent.

    >>> DecimalReader(separator=",", factor=Decimal(60))("1,5")
    Decimal('90.0')
    """

    def __init__(self, separator=".", factor=Decimal(1), limit=MAX_QUANTITY):
        self.separator = separator
        self.factor = factor
        self.limit = limit
        decimals = rf"(?:{re.escape(separator)}\d{{1,12}})?"
        self.shape = re.compile(rf"[+-]?\d{{1,18}}{decimals}")

    def __call__(self, text):
        if not (text.isascii() and self.shape.fullmatch(text)):
            raise FieldError("bad_value", text, f"0{self.separator}00")
        value = Decimal(text.replace(self.separator, ".")) * self.factor
        if abs(value) > self.limit:
            raise FieldError("out_of_range", text, f"<= {self.limit}")
        return value


class IntegerReader:
    """Read whole numbers, leading zeros allowed.

    >>> IntegerReader(factor=Decimal("0.0001"))("0000000125")
    Decimal('0.0125')
    """

    shape = re.compile(r"[+-]?\d{1,18}", re.ASCII)

    def __init__(self, factor=Decimal(1), limit=MAX_QUANTITY):
        self.factor = canonical(factor)
        self.limit = limit

    def __call__(self, text):
        if not self.shape.fullmatch(text):
            raise FieldError("bad_value", text, "0-9")
        value = int(text) * self.factor
        if abs(value) > self.limit:
            raise FieldError("out_of_range", text, f"<= {self.limit}")
        return value


def read_duration(text):
    """Return the seconds of ``h:mm:ss`` or ``m:ss``.

    >>> read_duration("1:02:03"), read_duration("75:10")
    (3723, 4510)
    """
    found = _HMS.fullmatch(text)
    if not found or int(found[3]) > 59 or (found[1] and int(found[2]) > 59):
        raise FieldError("bad_value", text, "h:mm:ss")
    return int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3])


class ChoiceReader:
    """Accept only the listed texts.

    >>> ChoiceReader({"VOZ": "voice"})("VOZ")
    'voice'
    """

    def __init__(self, meanings, reason="bad_value"):
        self.meanings = meanings
        self.reason = reason

    def __call__(self, text):
        try:
            return self.meanings[text]
        except KeyError:
            expected = ", ".join(self.meanings)
            raise FieldError(self.reason, text, expected) from None


class CountryReader:
    """Read ISO 3166-1 alpha-2 codes after an optional map; home maps to nothing.

    >>> read = CountryReader({"ES": "", "FRA": "FR"})
    >>> read("FRA"), read("ES"), read("PT")
    ('FR', None, 'PT')
    """

    def __init__(self, meanings):
        self.meanings = meanings

    def __call__(self, text):
        code = self.meanings.get(text, text)
        if code and not _COUNTRY.fullmatch(code):
            raise FieldError("bad_value", text, "ISO 3166-1 alpha-2")
        return code or None


def read_text(text):
    """Return an identifier as it is.

    :raise FieldError: ``bad_value`` for control characters, half characters (JSON can
        escape them) or more length than an identifier has
    """
    if len(text) > MAX_TEXT_LENGTH:
        raise FieldError("bad_value", text, f"<= {MAX_TEXT_LENGTH}")
    if not text.isprintable():
        raise FieldError("bad_value", text, "text")
    return text
