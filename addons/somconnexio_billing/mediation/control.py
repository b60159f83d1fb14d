# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What a file says of itself in its header and trailer, and whether it is true."""

from dataclasses import dataclass, replace
from decimal import Decimal

from odoo.addons.somconnexio_base.file_reading.errors import FileError

from .cell_fields import CellFields
from .errors import FieldError
from .spec import CONTROL_TARGETS


@dataclass
class Tally:
    """What was counted while reading the usage lines of a file.

    ``quantity`` and ``cost`` are only summed up when the trailer tells their sums;
    ``unread_count`` lines had a quantity or a cost that could not be read.
    """

    row_count: int = 0
    rejected_count: int = 0
    quantity: int | Decimal = 0
    cost: Decimal = Decimal(0)
    unread_count: int = 0

    def add(self, quantity, cost):
        """Add one line's quantity and cost (None counts as nothing) to the sums."""
        self.quantity += quantity
        self.cost += cost or 0


class ControlLines:
    """Header and trailer of one file.

    :ivar dict values: what they say, by control target
    :ivar notes: codes of what could not be verified
    """

    def __init__(self, spec):
        self.spec = spec
        self.header_marker, _record, self.trailer_marker = spec.line_markers
        self.values = {}
        self.notes = []
        self.has_trailer = False
        plain = replace(spec, has_column_header=False)
        self._header = CellFields(plain, spec.header_fields, CONTROL_TARGETS)
        self._trailer = CellFields(plain, spec.trailer_fields, CONTROL_TARGETS)

    def read_header(self, number, line):
        """Learn what the header says.

        :raise FileError: ``header_missing`` or ``control_unreadable``
        """
        if not line.startswith(self.header_marker):
            raise FileError("header_missing", marker=self.spec.header_marker)
        self._learn(self._header, number, line)

    def take_trailer(self, number, line):
        """Return whether this line is the trailer, and learn what it says.

        :raise FileError: ``after_trailer`` for any line that follows it
        """
        if self.has_trailer:
            raise FileError("after_trailer", line=number)
        if not line.startswith(self.trailer_marker):
            return False
        self._learn(self._trailer, number, line)
        self.has_trailer = True
        return True

    def _learn(self, fields, number, line):
        try:
            values = fields.read(line)
        except FieldError as error:
            raise FileError(
                "control_unreadable",
                line=number,
                field=error.target or "",
                found=error.found,
                expected=error.expected,
            ) from error
        told = zip(CONTROL_TARGETS, values, strict=True)
        self.values.update((name, value) for name, value in told if value is not None)

    @property
    def has_sums(self):
        """Whether the trailer tells the sum of the quantities or of the costs."""
        return any(
            field.target in ("control_quantity", "control_cost")
            for field in self.spec.trailer_fields
        )

    def check(self, tally):
        """Compare what the file says with what was counted.

        The sums are compared when every line's values could be read; otherwise the
        lines at fault are known and rejected, and a note tells that the sums are not
        verified.

        :raise FileError: ``trailer_missing``, ``control_count``,
            ``control_quantity`` or ``control_cost``
        """
        if self.spec.trailer_marker and not self.has_trailer:
            raise FileError("trailer_missing", marker=self.spec.trailer_marker)
        self._compare("control_count", tally.row_count)
        if self.has_sums and tally.unread_count:
            self.notes.append("sums_not_verified")
            return
        self._compare("control_quantity", tally.quantity)
        self._compare("control_cost", tally.cost)

    def _compare(self, target, found):
        declared = self.values.get(target, found)
        if declared != found:
            raise FileError(target, declared=f"{declared}", found=f"{found}")
