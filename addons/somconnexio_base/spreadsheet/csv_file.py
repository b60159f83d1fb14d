# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Rows -> CSV, in which no cell is a formula."""

import csv
import io

from .formula import disarmed


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
    writer.writerows([disarmed(text) for text in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")
