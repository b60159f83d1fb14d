# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A CSV or XLSX file -> rows as dicts of text, within limits."""

import csv
import io
import re
from datetime import date, datetime
from decimal import Decimal

from .errors import TableError
from .formula import rearmed
from .limits import SMALL_BOOK_LIMITS, TABLE_LIMITS
from .open_workbook import OpenWorkbook
from .text import Text as _

# pylint: disable=prefer-env-translation  # there is no env in plain Python
DECIMAL_COMMA = re.compile(r"^\s*([0-9]+),([0-9]+)\s*$")
XLSX_START = b"PK\x03\x04"


def read_table(content, columns, required, limits=TABLE_LIMITS):
    """Return the rows of a table, each with the number of its line.

    :param bytes content: XLSX, of which the first sheet counts, or CSV in UTF-8 with
        commas or semicolons
    :param columns: names that the header may have, in any order
    :param required: those that it must have
    :param Limits limits: how much is read
    :return: list of (line number, dict of texts; empty cells are left out)
    :raise TableError: naming the line
    """
    if not content.startswith(XLSX_START):
        return _rows(_csv_lines(content), columns, required, limits)
    with OpenWorkbook(content, limits) as book:
        return _rows(book.lines(book.names[0]), columns, required, limits)


def read_book(content, sheets, limits=SMALL_BOOK_LIMITS):
    """Return the rows of the sheets of a workbook.

    A sheet that is missing or empty has no rows. A CSV file is the first sheet.

    :param bytes content: XLSX or CSV
    :param dict sheets: name -> (columns, required columns), in order
    :param Limits limits: how much is read
    :return: dict of name -> rows as of :func:`read_table`
    :raise TableError: naming sheet and line
    """
    if not content.startswith(XLSX_START):
        name, (columns, required) = next(iter(sheets.items()))
        return {name: _rows(_csv_lines(content), columns, required, limits)}
    with OpenWorkbook(content, limits) as book:
        unknown = [name for name in book.names if name not in sheets]
        if unknown:
            raise TableError(
                _(
                    "%(name)s is no sheet of this workbook; the sheets are %(names)s",
                    name=repr(name),
                    names=", ".join(sheets),
                )
                for name in unknown
            )
        return {
            name: _sheet_rows(book, name, *sheets[name], limits) for name in book.names
        }


def _sheet_rows(book, name, columns, required, limits):
    try:
        return _rows(book.lines(name), columns, required, limits, is_empty_good=True)
    except TableError as error:
        raise TableError(
            _("sheet %(sheet)s, %(fault)s", sheet=name, fault=fault)
            for fault in error.faults
        ) from None


def _rows(lines, columns, required, limits, is_empty_good=False):
    """Return the rows below a header, as texts."""
    header = [str(cell or "").strip() for cell in next(lines, ((), ()))[1]]
    while header and not header[-1]:
        header.pop()
    if not header and is_empty_good:
        return []
    _check_header(header, columns, required)
    rows = []
    for line_number, cells in lines:
        row = _row(header, cells, line_number, limits)
        if row:
            rows.append((line_number, row))
        if len(rows) > limits.rows:
            raise TableError(
                [_("more than %(count)s rows: split the file", count=limits.rows)]
            )
    return rows


def _check_header(header, columns, required):
    faults = [
        _(
            "line 1: %(name)s is no column; the columns are %(names)s",
            name=repr(name),
            names=", ".join(columns),
        )
        for name in header
        if name not in columns
    ]
    faults += [
        _("line 1: the column %(name)s stands twice", name=name)
        for name in sorted({name for name in header if header.count(name) > 1})
    ]
    faults += [
        _("line 1: the column %(name)s is missing", name=name)
        for name in required
        if name not in header
    ]
    if faults:
        raise TableError(faults)


def _row(header, cells, line_number, limits):
    """Return the cells that hold something, as text."""
    texts = [_text(cell) for cell in cells]
    if any(texts[len(header) :]):
        raise TableError(
            [_("line %(line)s: more cells than the header has", line=line_number)]
        )
    longest = max(map(len, texts), default=0)
    if longest > limits.cell_chars:
        raise TableError(
            [
                _(
                    "line %(line)s: a cell of %(count)s characters; at most %(most)s"
                    " are read",
                    line=line_number,
                    count=longest,
                    most=limits.cell_chars,
                )
            ]
        )
    return {name: text for name, text in zip(header, texts, strict=False) if text}


def _text(cell):
    """Return a cell as text: numbers with the digits that people see."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        # A spreadsheet keeps 0.1 as a float and shows 15 digits of it.
        return format(Decimal(f"{cell:.15g}"), "f")
    if isinstance(cell, (datetime, date)):
        return cell.isoformat()[:10]
    return rearmed(str(cell).strip())


def _csv_lines(content):
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise TableError(
            [_("line %(line)s: no UTF-8; save it as CSV UTF-8", line=line)]
        ) from None
    head = text.split("\n", 1)[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            if delimiter == ";":
                # Where semicolons separate cells, a comma is the decimal sign.
                cells = [DECIMAL_COMMA.sub(r"\1.\2", cell) for cell in cells]
            yield reader.line_num, cells
    except csv.Error as error:
        fault = _(
            "line %(line)s: no CSV: %(problem)s",
            line=reader.line_num,
            problem=str(error),
        )
        raise TableError([fault]) from None
