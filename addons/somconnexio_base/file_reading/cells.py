# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The rows of a CSV or XLSX as lists of texts, one fault costing one row.

Cells of a CSV may hold ends of line between quotes. A quote that never closes would
swallow the rest of the file: past the cap the row that opened it is given up, and
reading goes on with the line after.
"""

import csv
from collections import deque
from itertools import islice

from .errors import FileError
from .limits import MAX_LINE_BYTES
from .lines import ENCODING, STRUCTURE, LineReader, shown
from .sheet import SheetReader

#: Most lines that one row of a CSV may span.
MAX_ROW_LINES = 200


def open_rows(stream, is_sheet, encoding, delimiter, quote, sheet_name="", point="."):
    """Return what iterates over ``(number, cells, text, fault)``.

    ``number`` is the line (or row of the sheet) where the row begins, ``text`` what
    can be shown of it, ``fault`` None, ``encoding``, ``structure`` or ``formula`` (one
    without its result; the text is its place, such as C7); a faulty row has no cells.

    :param stream: the uncompressed bytes, see ``stream.CappedStream``
    :param bool is_sheet: XLSX instead of delimited text
    :param str quote: may be empty: nothing is quoted
    :param str point: decimal separator that numbers of a sheet are written with
    """
    if is_sheet:
        reader = SheetReader(stream, sheet_name, point, names_formulas=True)
        return _sheet_rows(reader)
    lines = LineReader(stream, encoding, keeps_empty=True)
    return _DelimitedRows(lines, delimiter, quote)


def _sheet_rows(reader):
    for number, text, fault in reader:
        cells = [] if fault else next(csv.reader([text], delimiter="\t", strict=True))
        yield number, cells, shown(text), fault


class _DelimitedRows:
    """Join the lines of a row, and cut it into cells."""

    def __init__(self, lines, delimiter, quote):
        self.lines = iter(lines)
        self.ahead = deque()
        self.delimiter = delimiter
        self.quote = quote

    def __iter__(self):
        while True:
            line = self._next()
            if line is None:
                return
            number, text, fault = line
            if fault:
                yield number, [], text, fault
            elif text.strip():
                yield self._row(number, text)

    def _next(self):
        return self.ahead.popleft() if self.ahead else next(self.lines, None)

    def _row(self, number, text):
        joined = self._joined(text)
        if joined is None:
            return number, [], shown(text), STRUCTURE
        try:
            return number, self._cells(joined), shown(joined), None
        except csv.Error:
            return number, [], shown(joined), STRUCTURE

    def _joined(self, text):
        """Return the row that begins with a line, None when its quote never closes."""
        if not self.quote or not text.count(self.quote) % 2:
            return text
        taken, size = [], len(text)
        for line in islice(iter(self._next, None), MAX_ROW_LINES):
            taken.append(line)
            size += len(line[1])
            if line[2] or size > MAX_LINE_BYTES:
                break
            if line[1].count(self.quote) % 2:
                return "\n".join([text, *(part[1] for part in taken)])
        self.ahead.extendleft(reversed(taken))
        return None

    def _cells(self, text):
        if not self.quote:
            return text.split(self.delimiter)
        reader = csv.reader(
            text.splitlines(keepends=True),
            delimiter=self.delimiter,
            quotechar=self.quote,
            strict=True,
        )
        rows = list(reader)
        if len(rows) != 1:
            raise csv.Error("more than one row")
        return rows[0]


def read_header(rows):
    """Take the first row of an iterator of rows: the names of the columns.

    :return: list of texts
    :raise FileError: ``empty``, ``header_encoding``, ``header_unreadable`` or
        ``column_twice``
    """
    first = next(rows, None)
    if first is None:
        raise FileError("empty")
    number, cells, _text, fault = first
    names = [cell.strip() for cell in cells]
    if fault == ENCODING:
        raise FileError("header_encoding", line=number)
    if fault or not any(names):
        raise FileError("header_unreadable", line=number)
    for name in names:
        if name and names.count(name) > 1:
            raise FileError("column_twice", column=name)
    return names
