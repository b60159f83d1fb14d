# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Rows -> CSV or XLSX, in which no cell is a formula."""

import csv
import io

import xlsxwriter

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
COLUMN_WIDTH = 16


def write_csv(columns, rows):
    """Return a CSV file in UTF-8.

    A text that a spreadsheet would take for a formula gets an apostrophe in front,
    which ``read_table`` takes away.

    :param columns: the header
    :param rows: iterable of lists of texts
    :return: bytes
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([harmless(text) for text in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def harmless(text):
    """Return a text that no spreadsheet takes for a formula.

    >>> harmless("=1+1"), harmless("34612")
    ("'=1+1", '34612')
    """
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def write_xlsx(columns, rows):
    """Return a workbook of one sheet whose cells are all text, row after row.

    Text keeps every digit: a number would become a float.

    :param columns: the header
    :param rows: iterable of lists of texts
    :return: bytes
    """
    stream = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(stream, options) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet.set_column(0, len(columns) - 1, COLUMN_WIDTH)
        sheet.write_row(0, 0, columns, bold)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, start=1):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text)
    return stream.getvalue()
