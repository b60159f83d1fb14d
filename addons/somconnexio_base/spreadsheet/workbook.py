# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Write rows into an XLSX file one by one, in the same memory however many there are.

A spreadsheet has 1,048,576 rows: what is longer goes on in further sheets, each with
the header. Texts are never formulas: one that a program could take for a formula
(after being saved as CSV, say) is marked as quoted text and stays as it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from io import BytesIO
from itertools import chain, islice
from typing import NamedTuple

import xlsxwriter

from .formula import is_formula_like

XLSX_MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_ROWS = 1_048_576
MAX_TEXT = 32_767
TEXT_WIDTH = 16
MAX_SHEET_NAME = 31
FORBIDDEN_IN_SHEET_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


class Kind(str, Enum):
    """What the cells of a column hold."""

    TEXT = "text"
    NUMBER = "number"  # Decimal, int, or a text that Decimal reads
    DATE = "date"
    DATETIME = "datetime"  # civil time, without a zone
    ANY = "any"  # Decimal and int as numbers, all else as text


@dataclass(frozen=True)
class Column:
    """One column: its header, what it holds, its width in characters.

    :param int digits: decimals shown of a number; the cell holds all of them
    """

    title: str
    kind: Kind = Kind.TEXT
    width: int = 14
    digits: int = 0

    @property
    def number_format(self) -> str:
        """How a spreadsheet shows the cells; empty for texts."""
        if self.kind is Kind.NUMBER:
            return "#,##0" + ("." + "0" * self.digits if self.digits else "")
        return {Kind.DATE: "yyyy-mm-dd", Kind.DATETIME: "yyyy-mm-dd hh:mm:ss"}.get(
            self.kind, ""
        )


class Table(NamedTuple):
    """One table of a workbook: sheet name, columns, rows of as many values."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence]


def write_workbook(
    target,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence],
    max_rows: int = MAX_ROWS,
) -> int:
    """Write one table into a new file; an existing one is replaced.

    :param target: path of the file, or a binary stream
    :param str title: name of the first sheet; the next are "title 2", "title 3"
    :param rows: as many values as columns; None leaves a cell empty
    :param int max_rows: rows of a sheet, header included
    :return: number of rows written
    :raise ValueError: when a number can't be read, naming row and column
    """
    return write_tables(target, [Table(title, columns, rows)], max_rows)


def write_tables(target, tables: Iterable[Table], max_rows: int = MAX_ROWS) -> int:
    """Write several tables into a new file, each beginning a sheet of its own.

    :param target: path of the file, or a binary stream
    :param int max_rows: rows of a sheet, header included
    :return: number of rows written
    :raise ValueError: when a number can't be read, naming row and column
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(target, options) as book:
        return sum(
            _Sheets(book, table.title, table.columns).write(table.rows, max_rows)
            for table in tables
        )


def write_xlsx(columns, rows):
    """Return a workbook of one sheet whose cells are all text.

    Text keeps every digit: a number would become a float.

    :param columns: the header
    :param rows: iterable of lists of texts
    :return: bytes
    """
    stream = BytesIO()
    shapes = [Column(name, width=TEXT_WIDTH) for name in columns]
    write_workbook(stream, "", shapes, rows)
    return stream.getvalue()


class _Sheets:
    """The sheets of one table."""

    def __init__(self, book, title, columns):
        self._book = book
        self._title = title.translate(FORBIDDEN_IN_SHEET_NAME).strip() or "Sheet"
        self._columns = columns
        self._bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self._quoted = book.add_format({"quote_prefix": True})
        self._formats = [self._format(column) for column in columns]
        self._sheet_count = 0

    def _format(self, column):
        shape = column.number_format
        return self._book.add_format({"num_format": shape}) if shape else None

    def write(self, rows, max_rows):
        """Write all rows; return how many."""
        rows, count = iter(rows), 0
        room = max_rows - 1
        while True:
            first = list(islice(rows, 1))
            if not first and self._sheet_count:
                return count
            count += self._write_sheet(chain(first, islice(rows, room - 1)))

    def _write_sheet(self, rows):
        """Write one sheet, header first; return how many rows it got."""
        sheet = self._book.add_worksheet(self._next_name())
        for number, column in enumerate(self._columns):
            sheet.set_column(number, number, column.width)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, [column.title for column in self._columns], self._bold)
        writers = [
            _WRITERS[column.kind](sheet, place, shape or self._quoted)
            for place, (column, shape) in enumerate(
                zip(self._columns, self._formats, strict=True)
            )
        ]
        number = 0
        for number, row in enumerate(rows, start=1):
            for write, value in zip(writers, row, strict=True):
                if value is not None:
                    write(number, value)
        if number:
            sheet.autofilter(0, 0, number, len(self._columns) - 1)
        return number

    def _next_name(self):
        self._sheet_count += 1
        suffix = f" {self._sheet_count}" if self._sheet_count > 1 else ""
        return self._title[: MAX_SHEET_NAME - len(suffix)] + suffix


def _text_writer(sheet, place, quoted):
    def write(row, value):
        text = str(value)[:MAX_TEXT]
        shape = quoted if is_formula_like(text) else None
        sheet.write_string(row, place, text, shape)

    return write


def _number_writer(sheet, place, shape):
    def write(row, value):
        try:
            number = Decimal(value)
        except ArithmeticError:
            raise ValueError(
                f"Row {row}, column {place + 1}: {value!r} is no number."
            ) from None
        sheet.write_number(row, place, number, shape)

    return write


def _date_writer(sheet, place, shape):
    def write(row, value):
        sheet.write_datetime(row, place, value, shape)

    return write


def _any_writer(sheet, place, shape):
    write_number = _number_writer(sheet, place, None)
    write_text = _text_writer(sheet, place, shape)

    def write(row, value):
        (write_number if isinstance(value, (Decimal, int)) else write_text)(row, value)

    return write


_WRITERS = {
    Kind.TEXT: _text_writer,
    Kind.NUMBER: _number_writer,
    Kind.DATE: _date_writer,
    Kind.DATETIME: _date_writer,
    Kind.ANY: _any_writer,
}
