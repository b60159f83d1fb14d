# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A provider's file -> its usage records and rejections, streamed."""

from decimal import Decimal
from itertools import islice, repeat

from odoo.addons.somconnexio_base.file_reading.errors import FileError
from odoo.addons.somconnexio_base.file_reading.lines import shown

from .block_decoder import BlockDecoder
from .containers.picker import FAULT
from .control import ControlLines, Tally
from .errors import FieldError
from .limits import GARBAGE_LINES
from .line_source import open_lines
from .record import Rejection
from .row_decoder import RowDecoder

# So many lines that what is done once for all of them is nothing to each.
BLOCK_LINES = 1_000
#: Containers that may begin with a line of column names.
COLUMNED = ("delimited", "xlsx")


class FileDecoder:
    """Decode one file; iterate over it once.

    Rows come in the order of the file, one for each of its usage lines. What the
    header and trailer say is checked when the last row has been taken, so nothing may
    be kept of a file before the iteration has ended.

    :param FormatSpec spec: the format
    :param stream: the uncompressed bytes, see ``stream.CappedStream``
    :param Window window: starts that are accepted
    :raise FileError: while iterating, when the file contradicts itself or has more
        rejected lines than the format allows
    """

    def __init__(self, spec, stream, window):
        self.spec = spec
        self.lines = open_lines(spec, stream)
        self.record_marker = spec.line_markers[1]
        self.decode_line = RowDecoder(spec, window)
        self.control = ControlLines(spec)
        self.tally = Tally()
        self.first_rejection = None

    def __iter__(self):
        return (row for _text, row in self.texts_and_rows())

    def texts_and_rows(self):
        """Iterate over the usage lines and the rows that they become."""
        lines = iter(self.lines)
        self._read_head(lines)
        for number, text, fault in lines:
            row = self._row(number, text, fault)
            if row is not None:
                yield text, row
        self._check_end()

    def copy_lines(self, writer):
        """Iterate over the COPY lines of the rows: of the same rows, made faster.

        :param CopyText writer: writes the rows that are decoded one by one
        """
        lines = iter(self.lines)
        self._read_head(lines)
        tally = self.tally if self.control.has_sums else None
        decode_block = BlockDecoder(self.decode_line, writer, tally)
        while block := list(islice(lines, BLOCK_LINES)):
            copied = self._copy_block(block, decode_block)
            self.tally.row_count += len(copied) - copied.count(None)
            for index, copy_line in enumerate(copied):
                if copy_line is None:
                    row = self._row(*block[index])
                    copied[index] = "" if row is None else writer.line(row)
            yield from filter(None, copied)
        self._check_end()

    def _copy_block(self, block, decode_block):
        """Return the COPY line of each line; None for those to decode one by one."""
        numbers, texts, faults = zip(*block, strict=True)
        marker, end = self.record_marker, self._trailer_place(texts)
        if end < len(texts):
            texts = (*texts[:end], *repeat(FAULT, len(texts) - end))
        if marker or any(faults):
            texts = [
                FAULT if fault or not text.startswith(marker) else text
                for text, fault in zip(texts, faults, strict=True)
            ]
        return decode_block(numbers, texts)

    def _trailer_place(self, texts):
        """Return the index of the first line from which on the trailer matters."""
        trailer = self.control.trailer_marker
        if not trailer:
            return len(texts)
        if self.control.has_trailer:
            return 0
        places = (i for i, text in enumerate(texts) if text.startswith(trailer))
        return next(places, len(texts))

    def _row(self, number, text, fault):
        """Return what a line becomes, counted; None for the trailer."""
        if self.spec.trailer_marker and self.control.take_trailer(number, text):
            return None
        if fault is None and text.startswith(self.record_marker):
            row = self.decode_line(number, text)
        else:
            row = self._rejected_line(number, text, fault)
        self.tally.row_count += 1
        if row.__class__ is Rejection:
            self._count_rejected(row, text, fault)
        elif self.control.has_sums:
            self.tally.add(row.quantity, row.wholesale_cost)
        return row

    def rows_of(self, numbers):
        """Iterate over the rows of the lines of these numbers only.

        Rereads single lines: header and trailer are not checked again.
        """
        lines = iter(self.lines)
        self._read_head(lines)
        for number, text, fault in lines:
            if number not in numbers:
                continue
            if fault is None and text.startswith(self.record_marker):
                yield self.decode_line(number, text)
            else:
                yield self._rejected_line(number, text, fault)

    def _read_head(self, lines):
        spec = self.spec
        if spec.header_marker:
            number, text = self._next(lines, "header_missing")
            self.control.read_header(number, text)
        if spec.has_column_header and spec.container in COLUMNED:
            text = self._next(lines, "column_header_missing")[1]
            try:
                self.decode_line.read_column_header(text)
            except FieldError as error:
                raise FileError("column_header_missing") from error

    def _next(self, lines, code):
        number, text, fault = next(lines, (0, "", "structure"))
        if fault:
            is_empty = not self.lines.stream.size
            raise FileError(
                "empty" if is_empty else code, marker=self.spec.header_marker
            )
        return number, text

    def _rejected_line(self, number, text, fault):
        """Return the rejection of a line that is not even a line of the format."""
        expected = {"encoding": self.spec.encoding, None: self.spec.record_marker}
        return Rejection(
            number,
            shown(text),
            fault or "structure",
            None,
            "",
            expected.get(fault, ""),
        )

    def _count_rejected(self, row, text, fault):
        """Count a rejected line, its quantity and cost too if they can be read."""
        tally = self.tally
        tally.rejected_count += 1
        self.first_rejection = self.first_rejection or row
        allowed = max(self.spec.max_rejected_ratio, Decimal("0.5"))
        if tally.rejected_count > max(GARBAGE_LINES, tally.row_count * allowed):
            self._refuse_rejected()
        if not self.control.has_sums:
            return
        quantity, cost = self.decode_line.read_sums(text)
        if fault or quantity is None:
            tally.unread_count += 1
        else:
            tally.add(quantity, cost)

    def _check_end(self):
        spec, tally = self.spec, self.tally
        if not self.lines.stream.size and not self.lines.stream.is_gzip:
            raise FileError("empty")
        self.control.check(tally)
        if spec.is_newline_terminated and not self.lines.ends_with_newline:
            raise FileError("no_last_newline")
        if tally.rejected_count > tally.row_count * spec.max_rejected_ratio:
            self._refuse_rejected()

    def _refuse_rejected(self):
        first = self.first_rejection
        raise FileError(
            "too_many_rejected",
            rejected=self.tally.rejected_count,
            rows=self.tally.row_count,
            allowed=f"{self.spec.max_rejected_ratio:.2%}",
            line=first.line_number,
            reason=first.reason,
            field=first.field_name or "",
            found=first.detail,
            expected=first.expected,
        )
