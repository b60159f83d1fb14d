# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A CSV or XLSX file -> rows as dicts of text."""

import csv
import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl

from .errors import TableError, english
from .formula import rearmed

# pylint: disable=prefer-env-translation  # there is no env in plain Python
MOST_ROWS = 250_000
#: An XLSX of 250,000 rates is some 100 MB unpacked.
MOST_UNPACKED_BYTES = 400 * 1024 * 1024
DECIMAL_COMMA = re.compile(r"^\s*([0-9]+),([0-9]+)\s*$")
XLSX_START = b"PK\x03\x04"


def read_table(content, columns, required, _=english):
    """Return the rows of a table, each with the number of its line.

    :param bytes content: XLSX, of which the first sheet counts, or CSV in UTF-8 with
        commas or semicolons
    :param columns: names that the header may have, in any order
    :param required: those that it must have
    :param _: translates a text and fills in its ``%(name)s``, such as Odoo's ``env._``
    :return: list of (line number, dict of texts; empty cells are left out)
    :raise TableError: naming the line
    """
    is_xlsx = content.startswith(XLSX_START)
    lines = _xlsx_lines(content, _) if is_xlsx else _csv_lines(content, _)
    header = [str(cell or "").strip() for cell in next(lines, ((), ()))[1]]
    while header and not header[-1]:
        header.pop()
    _check_header(header, columns, required, _)
    rows = []
    for line_number, cells in lines:
        row = _row(header, cells, line_number, _)
        if row:
            rows.append((line_number, row))
        if len(rows) > MOST_ROWS:
            text = _("more than %(count)s rows: split the file", count=MOST_ROWS)
            raise TableError([text])
    return rows


def _check_header(header, columns, required, _):
    faults = [
        _(
            "line 1: %(name)r is no column; the columns are %(columns)s",
            name=name,
            columns=", ".join(columns),
        )
        for name in header
        if name not in columns
    ]
    faults += [
        _("line 1: the column %(name)s stands twice", name=name)
        for name in {name for name in header if header.count(name) > 1}
    ]
    faults += [
        _("line 1: the column %(name)s is missing", name=name)
        for name in required
        if name not in header
    ]
    if faults:
        raise TableError(faults, _)


def _row(header, cells, line_number, _):
    """Return the cells that hold something, as text."""
    texts = [_text(cell) for cell in cells]
    if any(texts[len(header) :]):
        text = _("line %(line)s: more cells than the header has", line=line_number)
        raise TableError([text])
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


def _csv_lines(content, _):
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        text = _("line %(line)s: no UTF-8; save it as CSV UTF-8", line=line)
        raise TableError([text]) from None
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
        text = _(
            "line %(line)s: no CSV: %(problem)s",
            line=reader.line_num,
            problem=str(error),
        )
        raise TableError([text]) from None


def _xlsx_lines(content, _):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(member.file_size for member in archive.infolist())
        if size > MOST_UNPACKED_BYTES:
            raise TableError([_("the workbook is too large: split it")])
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True
        )
        yield from enumerate(book.worksheets[0].iter_rows(values_only=True), start=1)
    except TableError:
        raise
    except Exception as error:  # openpyxl raises what the broken part of a file makes
        text = _("no workbook that can be read: %(problem)s", problem=str(error))
        raise TableError([text]) from None
