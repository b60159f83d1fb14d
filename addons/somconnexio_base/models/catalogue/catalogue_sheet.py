# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A sheet of the catalogue's workbook: which model, which columns."""

from collections.abc import Callable
from dataclasses import dataclass, field

from ...catalogue.cells import read_cell, write_cell

#: How records are named in cells: model -> field, or a function of the record.
CODES = {
    "product.template": "default_code",
    "res.partner.category": "name",
    "telecom.pack.slot": "display_name",
}


@dataclass(frozen=True)
class Column:
    """One column.

    :ivar str name: in the header
    :ivar str kind: as catalogue.cells reads it
    :ivar str field: of the model; the name by default
    :ivar str ref: model that a code, or codes, name
    :ivar str lang: language of the text, such as ca_ES
    :ivar get: function of a record that gives the value, instead of the field
    :ivar set: function of (env, value, record) that gives values to write; the record
        is empty when it is new
    """

    name: str
    kind: str = "text"
    field: str = ""
    is_key: bool = False
    is_required: bool = False
    ref: str = ""
    lang: str = ""
    choices: tuple = ()
    get: Callable | None = None
    set: Callable | None = None

    @property
    def field_name(self):
        """Return the field that holds it."""
        return self.field or self.name

    def text_of(self, record):
        """Return the cell of a record."""
        return write_cell(self.kind, self._value_of(record))

    def _value_of(self, record):
        if self.get:
            return self.get(record)
        if self.lang:
            record = record.with_context(lang=self.lang)
        value = record[self.field_name]
        if not self.ref:
            return value
        codes = [code_of(item) for item in value]
        return codes if self.kind == "codes" else "".join(codes)

    def canonical(self, text):
        """Return a cell as it would be written.

        :raise CellError: saying what to write
        """
        return write_cell(self.kind, self.value(text))

    def value(self, text):
        """Return the value of a cell.

        :raise CellError: saying what to write
        """
        return read_cell(self.kind, text, self.choices)

    def codes(self, text):
        """Return the codes that a cell names."""
        value = self.value(text)
        if not self.ref or not value:
            return ()
        return value if self.kind == "codes" else (value,)

    def write_values(self, record, text, ids):
        """Return the values to write for a cell.

        :param record: the record it is for, empty when it is new
        :param ids: dict of model -> dict of code -> id
        """
        value = self.value(text)
        if self.set:
            return self.set(record.env, value, record)
        if self.ref:
            found = [ids[self.ref][code] for code in self.codes(text)]
            if self.kind == "codes":
                return {self.field_name: [(6, 0, found)]}
            return {self.field_name: found[0] if found else False}
        if self.kind == "price":
            value = float(value)
        return {self.field_name: False if value is None else value}


@dataclass(frozen=True)
class Sheet:
    """One sheet: a model, its columns, which of its records.

    :ivar str name: of the sheet
    :ivar str model: whose records are its rows
    :ivar list columns: Columns, the keys first
    :ivar list domain: of the records that belong to the catalogue
    :ivar dict defaults: values of new records
    :ivar str order: of the rows when written
    """

    name: str
    model: str
    columns: list
    domain: list = field(default_factory=list)
    defaults: dict = field(default_factory=dict)
    order: str = "id"

    @property
    def header(self):
        """Return the names of the columns."""
        return [column.name for column in self.columns]

    @property
    def keys(self):
        """Return the columns that name a row."""
        return [column for column in self.columns if column.is_key]

    @property
    def required(self):
        """Return the names of the columns that a sheet must have."""
        return [column.name for column in self.keys]


def code_of(record):
    """Return the text by which a cell names a record."""
    return record[CODES.get(record._name, "code")] or ""
