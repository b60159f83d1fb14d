# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A line of a provider's file -> one usage record, or its rejection."""

from datetime import datetime
from typing import NamedTuple

from odoo.addons.somconnexio_base.file_reading.limits import MAX_SHOWN_LINE
from odoo.addons.somconnexio_base.file_reading.lines import shown

from .cell_fields import CellFields
from .errors import FieldError
from .instants import combine
from .limits import MAX_CALL_SECONDS, MAX_QUANTITY, MAX_SHOWN_VALUE
from .record import Rejection, UsageRecord
from .spec import RECORD_TARGETS, START_HALVES

SLOTS = (*RECORD_TARGETS, *START_HALVES)
_STARTED_AT = SLOTS.index("started_at")
_STARTED_DATE, _STARTED_TIME = map(SLOTS.index, START_HALVES)
_QUANTITY = SLOTS.index("quantity")
_USAGE_TYPE = SLOTS.index("usage_type")
_SUMMED = ("quantity", "wholesale_cost")


class Window(NamedTuple):
    """The starts that a file may hold: UTC, naive, half-open."""

    earliest: datetime
    latest: datetime


class RowDecoder:
    """Decode lines of one format.

    :param FormatSpec spec: the format
    :param Window window: events that start outside are ``out_of_range``
    :raise SpecError: when a source or a pattern does not suit the container
    """

    def __init__(self, spec, window):
        self.window = window
        self.cells = CellFields(spec, spec.fields, SLOTS)
        summed = [field for field in spec.fields if field.target in _SUMMED]
        self.sums = CellFields(spec, summed, _SUMMED)
        self.has_halves = any(field.target in START_HALVES for field in spec.fields)
        self.most = {
            usage_type: MAX_CALL_SECONDS if unit == "second" else MAX_QUANTITY
            for usage_type, unit in spec.usage_units.items()
        }

    def __call__(self, number, line):
        """Return the ``UsageRecord`` of a line, or its ``Rejection``."""
        try:
            values = self.cells.read(line)
            if self.has_halves:
                values[_STARTED_AT] = combine(
                    values[_STARTED_DATE], values[_STARTED_TIME]
                )
            self._check_range(values)
        except FieldError as error:
            return rejection(number, line, error)
        raw_line = line[:MAX_SHOWN_LINE]
        return UsageRecord._make((number, *values[:_STARTED_DATE], raw_line))

    def read_column_header(self, line):
        """Learn where the columns are; see ``DelimitedLine``."""
        self.cells.split.read_column_header(line)
        self.sums.split.read_column_header(line)

    def read_sums(self, line):
        """Return the quantity and the cost of a line that was rejected.

        Both are None when one of them cannot be read; a cost that is not there is 0.
        """
        try:
            return self.sums.read(line)
        except FieldError:
            return None, None

    def _check_range(self, values):
        started_at = values[_STARTED_AT]
        earliest, latest = self.window
        if not earliest <= started_at < latest:
            limits = f"{earliest} - {latest}"
            raise FieldError("out_of_range", str(started_at), limits, "started_at")
        quantity = values[_QUANTITY]
        most = self.most[values[_USAGE_TYPE]]
        if not 0 <= quantity <= most:
            raise FieldError("out_of_range", str(quantity), f"0 - {most}", "quantity")


def rejection(number, line, error):
    """Return the ``Rejection`` of a line for a ``FieldError``."""
    found = error.found.encode("utf-8", "backslashreplace").decode("utf-8")
    return Rejection(
        number,
        shown(line),
        error.reason,
        error.target,
        shown(found)[:MAX_SHOWN_VALUE],
        error.expected[:MAX_SHOWN_VALUE],
    )
