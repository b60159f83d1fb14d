# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A whole column of cells -> COPY texts or numbers, where they are plainly fine.

Reading cell by cell costs ten times as much as the work of Python's own C loops over
a column. So these readers take the common case only: a cell that they cannot read,
for whatever reason, becomes ``FAULT`` (or ``BAD``, among numbers), and the row
decoder, which knows all rules and all reasons, reads that cell's line by itself.

A column reader is made once per file and field; it is called with the columns of the
field's atoms. Cells are texts; ``IntegerColumn`` takes integers as well, as JSON has
them.
"""

import re
from functools import reduce
from operator import add

from .containers.picker import FAULT
from .copy_text import NULL
from .errors import FieldError
from .limits import MAX_TEXT_LENGTH
from .phone_number import NumberReader
from .values import IntegerReader, make_room_in

#: In place of a number that is not plainly fine: no sum makes it a quantity.
BAD = -(10**40)
_SAFE_DIGITS = 15


class TextMemo(dict):
    """Cell -> COPY text, computed once per distinct cell, of bounded size.

    :param Memo memo: how the cells are read
    """

    def __init__(self, memo):
        super().__init__()
        self.memo = memo

    def __missing__(self, cell):
        make_room_in(self)
        try:
            value = self.memo.value_of(cell)
        except FieldError:
            value = FAULT
        self[cell] = text = NULL if value is None else f"{value}"
        return text


class MemoColumn:
    """Cells of few distinct texts: choices, phone numbers, countries."""

    def __init__(self, memo):
        self.texts = TextMemo(memo)

    def __call__(self, cells):
        return list(map(self.texts.__getitem__, cells))


class NumberColumn:
    """Phone numbers: most of them are national ones, of nothing but digits."""

    def __init__(self, memo):
        self.texts = TextMemo(memo)
        self.length = memo.read.national_length
        self.country_code = memo.read.country_code
        self.prefix = memo.read.international_prefix

    @staticmethod
    def suits(reader):
        """Return whether a memo reads numbers of which some are national."""
        read = reader.read
        return isinstance(read, NumberReader) and bool(read.international_prefix)

    def __call__(self, cells):
        code, length, prefix = self.country_code, self.length, self.prefix
        texts = self.texts
        return [
            code + cell
            if len(cell) == length
            and cell.isdigit()
            and cell.isascii()
            and not cell.startswith(prefix)
            else texts[cell]
            for cell in cells
        ]


class IdentifierColumn:
    """Cells that are all different, such as record ids: looked at all at once."""

    def __init__(self, reader):
        self.reader = reader

    def __call__(self, cells):
        joined = "".join(cells)
        is_plain = (
            joined.isprintable()
            and "\\" not in joined
            and " " not in joined
            and "" not in cells
            and max(map(len, cells)) <= MAX_TEXT_LENGTH
        )
        return cells if is_plain else [self._text(cell) for cell in cells]

    def _text(self, cell):
        try:
            value = self.reader[cell]
        except FieldError:
            return FAULT
        text = NULL if value is None else value
        # Escaped in its column, but not in the event key: the row decoder's.
        return FAULT if value and "\\" in text else text


class DecimalColumn:
    """Decimal numbers without a factor: texts that PostgreSQL reads as they are."""

    def __init__(self, memo, separator):
        self.texts = TextMemo(memo)
        self.separator = separator
        number = rf"[0-9]{{1,9}}(?:{re.escape(separator)}[0-9]{{1,12}})?"
        self.is_plain = re.compile(number).fullmatch
        self.are_plain = re.compile(rf"(?:{number}\n)*").fullmatch

    def __call__(self, cells):
        joined = "\n".join(cells) + "\n"
        if self.are_plain(joined):
            return joined.replace(self.separator, ".").split("\n")[:-1]
        return [
            cell.replace(self.separator, ".")
            if self.is_plain(cell)
            else self.texts[cell]
            for cell in cells
        ]


class ValueMemo(dict):
    """Cell -> value, or BAD; computed once per distinct cell, of bounded size.

    :param Memo memo: how the cells are read
    """

    def __init__(self, memo):
        super().__init__()
        self.memo = memo

    def __missing__(self, cell):
        make_room_in(self)
        try:
            self[cell] = value = self.memo.value_of(cell)
        except FieldError:
            self[cell] = value = BAD
        return value


class MemoValueColumn:
    """Cells of few distinct texts that are one number each: values, or BAD."""

    def __init__(self, memo):
        self.values = ValueMemo(memo)

    def __call__(self, cells):
        return list(map(self.values.__getitem__, cells))


class ValueColumn:
    """Cells that are read one by one, with alternatives and sums: values, or BAD.

    :param read: function from the atoms' cells of one line to its value
    """

    def __init__(self, read):
        self.read = read

    def __call__(self, *columns):
        return [self._value(cells) for cells in zip(*columns, strict=True)]

    def _value(self, cells):
        try:
            return self.read(cells)
        except FieldError:
            return BAD


class TextColumn:
    """Cells that are read one by one, with alternatives and sums: COPY texts.

    :param read: function from the atoms' cells of one line to its value
    """

    def __init__(self, read):
        self.read = read

    def __call__(self, *columns):
        return [self._text(cells) for cells in zip(*columns, strict=True)]

    def _text(self, cells):
        try:
            value = self.read(cells)
        except FieldError:
            return FAULT
        text = NULL if value is None else f"{value}"
        return FAULT if value and "\\" in text else text


class IntegerColumn:
    """Whole numbers without a factor, with alternatives and sums: integers, or BAD.

    :param alternatives: for each, the positions of its atoms among the columns
    :param Memo memo: reads what is not merely digits
    """

    def __init__(self, memo, alternatives):
        self.memo = memo
        self.alternatives = alternatives

    @staticmethod
    def suits(reader):
        """Return whether a memo reads integers as they are written."""
        read = getattr(reader.read, "read", reader.read)
        return isinstance(read, IntegerReader) and read.factor == 1

    def __call__(self, *columns):
        numbers = [self._numbers(cells) for cells in columns]
        chosen = None
        for positions in self.alternatives:
            total = reduce(_sums, [numbers[position] for position in positions])
            chosen = total if chosen is None else _first_there(chosen, total)
        if None in chosen:
            empty = self._number("")
            chosen = [empty if number is None else number for number in chosen]
        return chosen

    def _numbers(self, cells):
        """Return the cells as integers; None where there is nothing."""
        return [
            cell
            if cell.__class__ is int
            else int(cell)
            if cell.isdigit() and cell.isascii() and len(cell) <= _SAFE_DIGITS
            else self._number(cell)
            if cell and not cell.isspace()
            else None
            for cell in cells
        ]

    def _number(self, cell):
        try:
            value = self.memo[cell]
        except FieldError:
            return BAD
        return BAD if value is None else value


def _sums(first, second):
    if None in first or None in second:
        return [
            None if a is None or b is None else a + b
            for a, b in zip(first, second, strict=True)
        ]
    return list(map(add, first, second))


def _first_there(first, second):
    return [b if a is None else a for a, b in zip(first, second, strict=True)]
