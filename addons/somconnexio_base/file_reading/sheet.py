# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The rows of an XLSX -> numbered lines of text, cells between tabs.

So all that reads delimited text reads sheets, and a rejected row can be shown. What a
cell becomes:

* a text: itself, in quotes where it holds a tab, a quote or an end of line
* a number: its digits, 15 at most as Excel has no more, with the format's separator;
  a whole one of more has lost the others and is written as ``8.93404990000000E+18``
* a date ``2026-10-03``, a time ``10:22:33``, both ``2026-10-03T10:22:33``, an elapsed
  time ``26:10:00``: by the style of the cell, to the second
* a formula: the result that was saved with it; a row with an unsaved one is faulty
"""

import re
from datetime import datetime, timedelta
from decimal import Context

from .archive import Archive, spooled
from .errors import FileError
from .limits import MAX_LINE_BYTES, MAX_SHEET_COLUMNS, MAX_SHEET_ROWS
from .lines import FORMULA, STRUCTURE, shown
from .sheet_parts import read_workbook
from .strict_xml import XmlEvents, parse_stream

_NUMBER = re.compile(r"[+-]?\d{1,20}(?:\.\d{1,40})?(?:[eE][+-]?\d{1,2})?", re.ASCII)
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})", re.ASCII)
_NEEDS_QUOTES = re.compile(r'[\t\r\n"]')
_EXCEL_DIGITS = Context(prec=15)
_DAY_SECONDS = 24 * 3600
# Day 60 of Excel's calendar is 29 February 1900, which never was.
_FIRST_SOUND_DAY, _LAST_DAY = 61, 2_958_465
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)


class SheetReader:
    """Iterate over ``(row number, text, fault)``, see ``lines.LineReader``.

    :param stream: the bytes of the XLSX, see ``stream.CappedStream``
    :param str sheet_name: which sheet; may be empty when there is only one
    :param str decimal_separator: that numbers are written with
    :param int width: cells that each line has at least
    :param bool names_formulas: the fault of a formula without its result is
        ``formula`` and its text the cell's place, instead of ``structure``
    :raise FileError: while iterating: ``xlsx_corrupt``, ``xlsx_sheet``, or as
        ``archive`` and ``strict_xml``
    """

    ends_with_newline = True

    def __init__(
        self,
        stream,
        sheet_name="",
        decimal_separator=".",
        width=0,
        names_formulas=False,
    ):
        self.stream = stream
        self.names_formulas = names_formulas
        self.sheet_name = sheet_name
        self.separator = decimal_separator
        self.width = width

    def __iter__(self):
        content = spooled(iter(self.stream.read, b""))
        if not self.stream.size:
            raise FileError("empty")
        archive = Archive(content)
        book = read_workbook(archive)
        blocks = archive.blocks(self._sheet_path(book))
        rows = _Rows(Cells(book, self.separator), self.width, self.names_formulas)
        for _block in parse_stream(rows, lambda: next(blocks, b"")):
            yield from rows.taken()

    def _sheet_path(self, book):
        names = list(book.sheets)
        if self.sheet_name in names:
            return book.sheets[self.sheet_name]
        if not self.sheet_name and len(names) == 1:
            return book.sheets[names[0]]
        raise FileError("xlsx_sheet", name=self.sheet_name, names=", ".join(names))


class Cells:
    """The text of one cell, by its type and style."""

    def __init__(self, book, separator):
        self.book = book
        self.separator = separator
        self.epoch = _EPOCH_1904 if book.has_1904_dates else _EPOCH
        self.first_day = 0 if book.has_1904_dates else _FIRST_SOUND_DAY

    def text(self, cell_type, style, value):
        """Return what a cell becomes.

        :raise FileError: ``xlsx_corrupt`` for a shared text that is not there
        """
        if cell_type == "s":
            return self._shared(value)
        if cell_type == "b":
            return "TRUE" if value == "1" else "FALSE"
        if cell_type != "n" or not _NUMBER.fullmatch(value):
            return value
        number = _EXCEL_DIGITS.create_decimal(value).normalize()
        kind = self._kind(style)
        moment = self._moment(number, kind) if kind else None
        if moment is not None:
            return moment
        if number.adjusted() >= _EXCEL_DIGITS.prec:
            return f"{number:.14E}".replace(".", self.separator)
        return f"{number:f}".replace(".", self.separator)

    def _shared(self, value):
        strings = self.book.strings
        if not (value.isascii() and value.isdigit()) or int(value) >= len(strings):
            raise FileError("xlsx_corrupt", problem=f"text {value[:20]}")
        return strings[int(value)]

    def _kind(self, style):
        kinds = self.book.kinds
        is_known = style.isascii() and style.isdigit() and int(style) < len(kinds)
        return kinds[int(style)] if is_known else ""

    def _moment(self, number, kind):
        """Return a date or time as ISO 8601 writes it, None where there is none."""
        if not 0 <= number < _LAST_DAY:
            return None
        seconds = int((number * _DAY_SECONDS).to_integral_value())
        if kind == "e" or (kind == "t" and seconds < _DAY_SECONDS):
            minutes, second = divmod(seconds, 60)
            hour, minute = divmod(minutes, 60)
            return f"{hour:02}:{minute:02}:{second:02}"
        if number < self.first_day:
            return None
        moment = self.epoch + timedelta(seconds=seconds)
        is_midnight = seconds % _DAY_SECONDS == 0
        return (
            f"{moment:%Y-%m-%d}" if kind == "d" and is_midnight else f"{moment:%FT%T}"
        )


class _Rows(XmlEvents):
    """Gather the cells of each row; of what is empty, nothing."""

    def __init__(self, cells, width, names_formulas):
        self.cells = cells
        self.width = width
        self.names_formulas = names_formulas
        self.lines = []
        self.number = 0
        self.row = None
        self._begin_cell({})

    def taken(self):
        """Return the lines gathered so far, and forget them."""
        lines, self.lines = self.lines, []
        return lines

    def start(self, name, attributes):
        if name == "row":
            self._begin_row(attributes)
        elif name == "c":
            self._begin_cell(attributes)
        elif name == "f":
            self.has_formula = True
        self.is_value = name in ("v", "t")

    def text(self, text):
        if self.is_value and self.row is not None:
            self.size += len(text)
            if self.size <= MAX_LINE_BYTES:
                self.pieces.append(text)

    def end(self, name):
        self.is_value = False
        if self.row is None:
            return
        if name == "c":
            self._end_cell()
        elif name == "row":
            self._end_row()

    def _begin_row(self, attributes):
        number = attributes.get("r", f"{self.number + 1}")
        is_sound = number.isascii() and number.isdigit() and len(number) <= 7
        if not is_sound or not self.number < int(number) <= MAX_SHEET_ROWS:
            raise FileError("xlsx_corrupt", problem=f"row {number[:20]}")
        self.number = int(number)
        self.row, self.size, self.fault, self.column = [], 0, None, -1
        self.formula_place = ""

    def _begin_cell(self, attributes):
        self.pieces = []
        self.has_formula = self.is_value = False
        self.place = attributes.get("r", "")
        self.type = attributes.get("t", "n")
        self.style = attributes.get("s", "0")

    def _end_cell(self):
        column = column_of(self.place) if self.place else self.column + 1
        is_in_order = self.column < column
        self.column = column
        value = "".join(self.pieces)
        if not value:
            if self.has_formula:
                self.fault = STRUCTURE
                self.formula_place = self.formula_place or self.place
            return
        if not is_in_order or column >= MAX_SHEET_COLUMNS:
            self.fault = STRUCTURE
            return
        text = self.cells.text(self.type, self.style, value)
        self.size += len(text)
        if self.size > MAX_LINE_BYTES:
            self.fault = STRUCTURE
            return
        self.row.extend([""] * (column - len(self.row)))
        self.row.append(text)

    def _end_row(self):
        row, self.row = self.row, None
        if not row and not self.fault:
            return
        if self.names_formulas and self.formula_place:
            self.lines.append((self.number, self.formula_place, FORMULA))
            return
        self.width = self.width or len(row)
        row.extend([""] * (self.width - len(row)))
        text = "\t".join(map(quoted, row))
        self.lines.append(
            (self.number, shown(text) if self.fault else text, self.fault)
        )


def column_of(place):
    """Return the index of the column of a cell such as ``B7``.

    >>> column_of("A1"), column_of("B7"), column_of("AA1")
    (0, 1, 26)

    :raise FileError: ``xlsx_corrupt``
    """
    found = _PLACE.fullmatch(place)
    if not found:
        raise FileError("xlsx_corrupt", problem=f"cell {place[:20]}")
    index = 0
    for letter in found[1]:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def quoted(text):
    r"""Return a cell's text as it stands in its line.

    >>> quoted('5" disk'), quoted("disk")
    ('"5"" disk"', 'disk')
    """
    if _NEEDS_QUOTES.search(text):
        return '"' + text.replace('"', '""') + '"'
    return text
