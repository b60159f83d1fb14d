# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Many lines of a provider's file -> their COPY lines, column by column.

What is not plainly fine is left to the row decoder: it alone knows what is wrong with
a line. So there is one set of rules; this module may know less of them, never more.
"""

from hashlib import md5
from itertools import compress, repeat
from operator import le

from odoo.addons.somconnexio_base.file_reading.limits import MAX_SHOWN_LINE

from .column_fields import ColumnFields
from .containers.picker import FAULT
from .copy_text import NO_FAULT, NULL, escaped
from .spec import RECORD_TARGETS

_USAGE_TYPE = RECORD_TARGETS.index("usage_type")
_QUANTITY = RECORD_TARGETS.index("quantity")
_COST = RECORD_TARGETS.index("wholesale_cost")


class BlockDecoder:
    """Decode lines of one format, many at once.

    :param RowDecoder row_decoder: that has read the column header
    :param CopyText writer: knows the event key
    :param Tally tally: gets the sums of what is decoded here, where they are asked for
    """

    def __init__(self, row_decoder, writer, tally=None):
        self.split = row_decoder.cells.split
        self.fields = ColumnFields(row_decoder, has_sums=tally is not None)
        self.most_of = {**row_decoder.most, FAULT: -1}.__getitem__
        self.namespace = writer.namespace
        self.key_columns = [RECORD_TARGETS.index(name) for name in writer.key_fields]
        self.tally = tally

    def __call__(self, numbers, lines):
        """Return the COPY line of each line; None for those of the row decoder."""
        columns = self.fields.read(self.split.columns(lines), len(lines))
        quantities, costs = columns[_QUANTITY], columns[_COST]
        columns[_QUANTITY] = self._quantity_texts(columns[_USAGE_TYPE], quantities)
        if self.tally is not None:
            columns[_COST] = [NULL if cost is None else str(cost) for cost in costs]
        copied = [
            None if FAULT in line else line
            for line in self._copy_lines(numbers, columns, lines)
        ]
        if self.tally is not None:
            self._add_up(copied, quantities, costs)
        return copied

    def _quantity_texts(self, usage_types, quantities):
        most = map(self.most_of, usage_types)
        if min(quantities) >= 0 and all(map(le, quantities, most)):
            return list(map(str, quantities))
        most = map(self.most_of, usage_types)
        return [
            str(quantity) if 0 <= quantity <= limit else FAULT
            for quantity, limit in zip(quantities, most, strict=True)
        ]

    def _copy_lines(self, numbers, columns, lines):
        key_columns = [columns[index] for index in self.key_columns]
        keys = [
            md5(f"{self.namespace}{key}".encode(), usedforsecurity=False).hexdigest()
            for key in map("|".join, zip(*key_columns, strict=True))
        ]
        return map(
            "\t".join,
            zip(
                map(str, numbers),
                *columns,
                _raw_texts(lines),
                keys,
                repeat(NO_FAULT),
                strict=False,
            ),
        )

    def _add_up(self, copied, quantities, costs):
        is_kept = [line is not None for line in copied]
        self.tally.quantity += sum(compress(quantities, is_kept))
        self.tally.cost += sum(filter(None, compress(costs, is_kept)))


def _raw_texts(lines):
    joined = "".join(lines)
    if "\\" in joined or "\t" in joined or "\r" in joined:
        return [escaped(line[:MAX_SHOWN_LINE]) for line in lines]
    if max(map(len, lines)) > MAX_SHOWN_LINE:
        return [line[:MAX_SHOWN_LINE] for line in lines]
    return lines
