# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A format tried on a sample: what each field of the first lines becomes, or why not.

The rules are those of loading; what is added is that every field of a line is told,
not only the first that is wrong.
"""

from itertools import islice
from typing import NamedTuple

from odoo.addons.somconnexio_base.file_reading.errors import FileError

from .cell_fields import first_sum
from .decode import FileDecoder
from .errors import FieldError
from .record import Rejection
from .row_decoder import rejection

SHOWN_LINES = 20
READ_LINES = 5_000


class TriedCell(NamedTuple):
    """One field of one line: its text, and its value or the ``FieldError``."""

    found: str
    value: object
    error: FieldError | None = None


class TriedLine(NamedTuple):
    """One usage line: its cells by target, and what is wrong with it as a whole.

    ``fault`` is a ``Rejection`` when the line is wrong for no cell of its own.
    """

    number: int
    text: str
    cells: dict
    fault: Rejection | None


class Trial:
    """What a format makes of a sample.

    :param FormatSpec spec: the format
    :param stream: the sample's uncompressed bytes, see ``stream.CappedStream``
    :param Window window: starts that are accepted
    :ivar lines: the first ``SHOWN_LINES`` usage lines, then as many wrong ones
    :ivar error: the ``FileError`` that would put such a file into quarantine, or None
    :ivar is_whole: whether the sample was read to its end
    """

    def __init__(self, spec, stream, window):
        self.decoder = FileDecoder(spec, stream, window)
        self.lines = []
        self.error = None
        self.is_whole = False
        try:
            self._read()
        except FileError as error:
            self.error = error

    @property
    def tally(self):
        """What was counted: ``control.Tally``."""
        return self.decoder.tally

    def _read(self):
        rows = self.decoder.texts_and_rows()
        for number, (text, row) in enumerate(islice(rows, READ_LINES), start=1):
            is_wrong = isinstance(row, Rejection)
            wanted = SHOWN_LINES if number <= SHOWN_LINES else 2 * SHOWN_LINES
            if len(self.lines) < wanted and (number <= SHOWN_LINES or is_wrong):
                self.lines.append(self._tried(text, row))
        self.is_whole = next(rows, None) is None

    def _tried(self, text, row):
        fault = row if isinstance(row, Rejection) else None
        cells = {}
        if fault is None or fault.reason not in ("encoding", "structure"):
            cells = self._cells(row.line_number, text)
            fault = self._place(fault, cells)
        return TriedLine(row.line_number, row.raw_line, cells, fault)

    def _cells(self, number, text):
        fields = self.decoder.decode_line.cells
        try:
            texts = fields.split(text)
        except FieldError:
            return {}
        return {
            target: _tried_cell(texts, number, text, *bound)
            for target, bound in fields.bound.items()
        }

    @staticmethod
    def _place(fault, cells):
        """Put a line's fault into its cell; return it when it belongs to none."""
        if fault is None or any(cell.error for cell in cells.values()):
            return None
        cell = cells.get(fault.field_name)
        if cell is None:
            return fault
        error = FieldError(fault.reason, fault.detail, fault.expected)
        cells[fault.field_name] = cell._replace(error=error)
        return None


def _tried_cell(texts, number, line, alternatives, memo):
    if not alternatives:
        return TriedCell("", memo.empty)
    found = " | ".join(
        " + ".join(texts[index] for index in atoms) for atoms in alternatives
    )
    try:
        return TriedCell(found, first_sum(texts, alternatives, memo))
    except FieldError as error:
        shown = rejection(number, line, error)
        return TriedCell(
            found, None, FieldError(shown.reason, shown.detail, shown.expected)
        )
