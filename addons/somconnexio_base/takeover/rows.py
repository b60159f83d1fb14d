# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A row's cells -> its staged form: values, what is wrong, hash and facts."""

import json
from dataclasses import dataclass, field
from hashlib import md5

from ..file_reading.lines import FORMULA
from ..file_reading.sheet import column_of
from .checks import find_faults
from .errors import ValueFault
from .kinds import KINDS
from .layout import bind

MAX_SHOWN_VALUE = 200


@dataclass(frozen=True)
class Fault:
    """Something wrong in a row.

    :ivar str column: as the source names it
    :ivar bool is_refusal: the row cannot be taken; otherwise without this value
    """

    column: str
    value: str
    code: str
    expected: str = ""
    is_refusal: bool = True


@dataclass
class StagedRow:
    """One row of a file.

    :ivar dict values: canonical value by column of the kind; None is left out
    """

    line_number: int
    external_id: str = ""
    values: dict = field(default_factory=dict)
    faults: list = field(default_factory=list)

    @property
    def is_refused(self):
        """Whether the row cannot be taken."""
        return any(fault.is_refusal for fault in self.faults)


class RowReader:
    """Read the rows of one file.

    :param Layout layout: of the file's kind
    :param header: names of the file's columns
    :param bool is_lenient: a row with a value that cannot be read, and need not be
        there, is taken without it
    :ivar unused: columns of the file that nothing is taken from
    :raise LayoutError: see ``layout.bind``
    """

    def __init__(self, layout, header, is_lenient=False):
        self.kind = KINDS[layout.kind]
        self.header = header
        self.width = len(header)
        self.is_lenient = is_lenient
        self.readers, self.unused = bind(layout, header)
        self.labels = {reader.column.name: reader.label for reader in self.readers}

    def read(self, row):
        """Return the ``StagedRow`` of a row, see ``file_reading.cells``."""
        number, cells, text, fault = row
        staged = StagedRow(number)
        while len(cells) > self.width and not cells[-1].strip():
            cells = cells[:-1]
        if fault or len(cells) != self.width:
            staged.faults.append(self._row_fault(cells, text, fault))
            return staged
        for reader in self.readers:
            self._read_cell(reader, cells, staged)
        self._check(staged)
        staged.external_id = staged.values.get("external_id", "")
        return staged

    def _row_fault(self, cells, text, fault):
        """Return why a row is no row of cells."""
        if not fault:
            return _fault("", f"{len(cells)}", "width", f"{self.width}", True)
        name = ""
        if fault == FORMULA and column_of(text) < self.width:
            name = self.header[column_of(text)]
        return _fault(name, text, fault, "", True)

    def _read_cell(self, reader, cells, staged):
        text = reader.text(cells)
        try:
            value = reader.value(text)
        except ValueFault as fault:
            column = reader.column
            is_refusal = not self.is_lenient or column.is_required or column.is_fixed
            staged.faults.append(
                _fault(reader.label, text, fault.code, fault.expected, is_refusal)
            )
        else:
            if value is not None:
                staged.values[reader.column.name] = value

    def _check(self, staged):
        if staged.is_refused:
            return
        for name, code, expected in find_faults(self.kind.name, staged.values):
            value = str(staged.values.get(name) or "")
            label = self.labels.get(name, name)
            staged.faults.append(_fault(label, value, code, expected, True))


def _fault(column, value, code, expected, is_refusal):
    shown = value[:MAX_SHOWN_VALUE].replace("\0", "\N{SYMBOL FOR NULL}")
    return Fault(column, shown, code, expected, is_refusal)


def as_json(values):
    """Return values as JSON text, the same for equal values."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def row_hash(values):
    """Return the fingerprint of values, 32 hexadecimal digits.

    >>> row_hash({"a": "1", "b": "2"}) == row_hash({"b": "2", "a": "1"})
    True
    """
    return md5(as_json(values).encode(), usedforsecurity=False).hexdigest()


def facts(kind, values):
    """Return the text of what is compared with the record afterwards.

    >>> facts(KINDS["resource"], {"kind": "msisdn", "value": "34612345678"})
    'msisdn|34612345678'
    """
    return "|".join(_fact(values.get(name)) for name in kind.facts)


def _fact(value):
    if value is True:
        return "1"
    return "" if value is None or value is False else str(value)


def unique_key(kind, values):
    """Return the text that names one thing, None where nothing is named."""
    parts = [values.get(name) for name in kind.unique]
    return "|".join(map(str, parts)) if parts and all(parts) else None
