# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import base64
from dataclasses import dataclass, field

from odoo import models
from odoo.exceptions import ValidationError

from ...inventory import number_range, sim_sheet
from ...spreadsheet import TableError, read_table
from ...spreadsheet.text import told

RANGE_VALIDATORS = ("msisdn", "fixed_number")
MAX_RANGE = 20_000
MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_ROWS = 100_000


@dataclass
class Batch:
    """What was read: rows as they will be inserted, and what is wrong.

    ``rows`` are dicts with line, name and the other columns; ``faults`` are dicts
    with line, column and message; ``column`` holds the values.
    """

    rows: list = field(default_factory=list)
    faults: list = field(default_factory=list)
    column: str = "number"

    def refuse(self, message, line=0, column=""):
        """Note a fault."""
        self.faults.append({"line": line, "column": column, "message": message})


class TelecomResourceImport(models.Model):
    """How the rows of an import are read and checked."""

    _inherit = "telecom.resource.import"

    def _read_batch(self):
        """Return the rows of the import and all that is wrong with them."""
        self.ensure_one()
        batch = Batch()
        if self.source == "range":
            self._read_range(batch)
        else:
            self._read_file(batch)
        self._refuse_doubles(batch)
        return batch

    def _read_range(self, batch):
        """Add the numbers of the range."""
        if self.kind_id.validator not in RANGE_VALIDATORS:
            batch.refuse(
                self.env._(
                    "Ranges are for telephone numbers: import %s from a file.",
                    self.kind_id.name,
                )
            )
            return
        ends = []
        for number, column in ((self.first_number, "from"), (self.last_number, "to")):
            ends.append(self._normalised(batch, number, 0, column))
        if not all(ends):
            return
        try:
            numbers = number_range.expand(*ends, MAX_RANGE)
        except number_range.RangeError as error:
            batch.refuse(self._range_fault(error))
            return
        for line, number in enumerate(numbers, 1):
            name = self._normalised(batch, number, line, "number")
            batch.rows.append({"line": line, "name": name})

    def _range_fault(self, error):
        """Say what is wrong with a range."""
        texts = {
            number_range.DIFFERENT_LENGTH: self.env._(
                "The two numbers differ in length: write both in full."
            ),
            number_range.REVERSED: self.env._(
                "The range ends before it begins: exchange the two numbers."
            ),
            number_range.TOO_MANY: self.env._(
                "The range has %(count)s numbers; at most %(max)s are imported at "
                "once: split it.",
                count=error.count,
                max=MAX_RANGE,
            ),
        }
        return texts[error.code]

    def _read_file(self, batch):
        """Add the rows of the file."""
        content = base64.b64decode(self.content or b"")
        if not content or len(content) > MAX_FILE_BYTES:
            batch.refuse(
                self.env._(
                    "Choose a CSV or XLSX file of at most %s MB.",
                    MAX_FILE_BYTES // 1024**2,
                )
            )
            return
        try:
            table = read_table(content, sim_sheet.COLUMNS, ())
        except TableError as error:
            for fault in error.faults:
                batch.refuse(told(fault, self.env._))
            return
        column = sim_sheet.value_column(table)
        if not column or len(table) > MAX_ROWS:
            batch.refuse(
                self.env._(
                    "The file needs one column %(names)s that holds the numbers, and "
                    "at most %(max)s rows.",
                    names=self.env._(" or ").join(sim_sheet.VALUE_COLUMNS),
                    max=MAX_ROWS,
                )
            )
            return
        batch.column = column
        for line, cells in table:
            self._read_row(batch, line, cells)

    def _read_row(self, batch, line, cells):
        """Add one row of a file, with what is wrong in it."""
        row = {"line": line, "external_ref": cells.get("external_ref")}
        value = cells.get(batch.column)
        row["name"] = self._normalised(batch, value, line, batch.column)
        for name in sim_sheet.SECRET_COLUMNS:
            row[name] = cells.get(name)
            fault = sim_sheet.code_fault(name, row[name])
            if fault:
                batch.refuse(self._code_fault_text(fault), line, name)
        batch.rows.append(row)

    def _code_fault_text(self, fault):
        """Say what is wrong with a PIN or PUK, without showing it."""
        texts = {
            "pin_digits": self.env._(
                "A PIN has 4 to 8 digits. If zeros in front are missing, format the "
                "column as text in the spreadsheet and fill it again."
            ),
            "puk_digits": self.env._(
                "A PUK has 8 digits. If zeros in front are missing, format the column "
                "as text in the spreadsheet and fill it again."
            ),
        }
        return texts[fault]

    def _normalised(self, batch, value, line, column):
        """Return a value in the normal form of its kind, None when it is wrong."""
        try:
            return self.kind_id.normalise(value)
        except ValidationError as error:
            batch.refuse(str(error), line, column)
            return None

    def _refuse_doubles(self, batch):
        """Note values that stand twice in the file, or exist already."""
        first_lines = {}
        for row in batch.rows:
            name = row["name"]
            if not name:
                continue
            first = first_lines.setdefault(name, row["line"])
            if first != row["line"]:
                batch.refuse(
                    self.env._(
                        "%(value)s stands on line %(first)s already: take one out.",
                        value=name,
                        first=first,
                    ),
                    row["line"],
                    batch.column,
                )
        for name in self._find_existing(list(first_lines)):
            batch.refuse(
                self.env._(
                    "%s exists already, perhaps in another company: take it out.", name
                ),
                first_lines[name],
                batch.column,
            )
