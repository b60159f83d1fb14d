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
from ...file_reading.probe import probe
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
        found = None if is_sheet else self._probe(content)
        rows = iter(self._open(CappedStream(content), is_sheet, found))
        reader = RowReader(
            layout.for_sheets() if is_sheet else layout,
            read_header(rows),
            self.profile_id.is_lenient,
        )
        writer = StagedText(self.run_id.id, self.id, KINDS[self.kind])
        staged = map(reader.read, rows)
        last = None
        while batch := list(islice(staged, STAGED_AT_ONCE)):
            self._copy(batch, writer)
            last = batch[-1]
        self._copy(_remarks(reader, found, last), writer, is_row=False)

    def _probe(self, content):
        """Return what a text file tells of itself.

        :raise FileError: ``is_utf16``, or ``is_utf8`` where the profile says otherwise
        """
        found = probe(CappedStream(content))
        content.seek(0)
        encoding = self.profile_id.encoding
        if found.is_utf16:
            raise FileError("is_utf16")
        if found.is_utf8 and not found.has_mark and encoding != "utf-8":
            labels = dict(
                self.profile_id._fields["encoding"]._description_selection(self.env)
            )
            raise FileError("is_utf8", encoding=labels[encoding])
        return found

    def _open(self, stream, is_sheet, found):
        profile = self.profile_id
        return open_rows(
            stream,
            is_sheet,
            "utf-8" if found and found.has_mark else profile.encoding,
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


def _remarks(reader, found, last):
    """Return what is to be said of a file, as rows that are none.

    :param Probe found: of a text file
    :param StagedRow last: its last row, None when it has none
    """
    first = StagedRow(
        1,
        faults=[Fault(name, "", "unused_column", "", False) for name in reader.unused],
    )
    if last is None:
        first.faults.append(Fault("", "", "no_rows", "", False))
    elif found and not found.ends_whole:
        fault = Fault("", "", "cut_off", "", False)
        return [first, StagedRow(last.line_number, last.external_id, faults=[fault])]
    return [first]
