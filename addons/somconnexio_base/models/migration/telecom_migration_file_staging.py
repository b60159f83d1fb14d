# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from base64 import b64decode
from io import BytesIO
from itertools import islice

from odoo import models
from odoo.exceptions import UserError

from ... import sql_steps
from ...file_reading.archive import is_office_document
from ...file_reading.cells import open_rows, read_header
from ...file_reading.errors import FileError
from ...file_reading.stream import CappedStream
from ...takeover.errors import LayoutError
from ...takeover.kinds import KINDS
from ...takeover.rows import Fault, RowReader, StagedRow
from ...takeover.staged_text import StagedText
from .faults import file_fault_text

STAGED_AT_ONCE = 5_000


class TelecomMigrationFile(models.Model):
    """How the rows of a file become staged rows: all of them, or none."""

    _inherit = "telecom.migration.file"

    def _stage(self):
        """Read every row into ``telecom.migration.row``, faults beside it.

        :raise UserError: naming the file, when it cannot be read or lacks a column
        """
        self.ensure_one()
        try:
            self._stage_rows()
        except (FileError, LayoutError) as error:
            raise UserError(
                self.env._(
                    "%(file)s: %(problem)s",
                    file=self.name,
                    problem=file_fault_text(self.env, error),
                )
            ) from error
        self.state = "staged"
        counted = sql_steps.fetch(self.env, "migration/12_sum_file", file_id=self.id)
        self.write(counted[0])

    def _stage_rows(self):
        layout = self.layout_id._as_layout()
        content = BytesIO(b64decode(self.content))
        is_sheet = is_office_document(content)
        rows = iter(self._open(CappedStream(content), is_sheet))
        reader = RowReader(
            layout.for_sheets() if is_sheet else layout,
            read_header(rows),
            self.profile_id.is_lenient,
        )
        writer = StagedText(self.run_id.id, self.id, KINDS[self.kind])
        self._copy([_unused(reader)], writer, is_row=False)
        staged = map(reader.read, rows)
        while batch := list(islice(staged, STAGED_AT_ONCE)):
            self._copy(batch, writer)

    def _open(self, stream, is_sheet):
        profile = self.profile_id
        return open_rows(
            stream,
            is_sheet,
            profile.encoding,
            profile._delimiter(),
            profile.quote_char or "",
            self.layout_id.sheet_name or "",
            profile.decimal_separator,
        )

    def _copy(self, batch, writer, is_row=True):
        """Take a batch of staged rows into the tables."""
        if is_row:
            text = "".join(map(writer.row, batch))
            self._copy_text("migration/10_copy_rows", text)
        if text := "".join(map(writer.issues, batch)):
            self._copy_text("migration/11_copy_issues", text)

    def _copy_text(self, step, text):
        self.env.cr.copy_expert(
            sql_steps.statement(step), BytesIO(text.encode("utf-8"))
        )


def _unused(reader):
    """Return, as a row without number, the columns that nothing is taken from."""
    faults = [Fault(name, "", "unused_column", "", False) for name in reader.unused]
    return StagedRow(1, faults=faults)
