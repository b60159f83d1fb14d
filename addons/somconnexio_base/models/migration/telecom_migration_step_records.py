# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import json

from psycopg2 import DataError, IntegrityError

from odoo import models
from odoo.exceptions import UserError

from ... import sql_steps
from ...takeover.rows import row_hash
from .writers import WRITERS

#: A batch that is refused is tried again in parts, then row by row.
PART_ROWS = 25
#: What can be wrong with a row; anything else is a fault of the machinery.
REFUSALS = (UserError, IntegrityError, DataError, ValueError)


class TelecomMigrationStep(models.Model):
    """How the rows of a batch become records, or are refused one by one."""

    _inherit = "telecom.migration.step"

    def _write_rows(self, writer, rows):
        known = writer.model.browse([row.res_id for row in rows if row.res_id])
        alive = set(known.exists().ids)
        self._create_records(writer, [row for row in rows if row.res_id not in alive])
        for row in rows:
            if row.res_id in alive and not row.state:
                self._update_record(writer, row)

    def _create_records(self, writer, rows):
        """Create the records of rows; of a batch that is refused, in parts."""
        if not rows:
            return
        try:
            with self.env.cr.savepoint():
                writer.prepare(rows, WRITERS)
                self._link(writer, writer.create(rows))
        except REFUSALS as error:
            for row in rows:
                row.reset()
            if len(rows) == 1:
                self._refuse(writer, rows[0], error)
                return
            size = PART_ROWS if len(rows) > PART_ROWS else 1
            for start in range(0, len(rows), size):
                self._create_records(writer, rows[start : start + size])

    def _link(self, writer, pairs):
        """Note the external ids of new records."""
        ids = {row.external_id: record.id for row, record in pairs}
        if ids:
            system = writer.system_of(self.run_id.profile_id)
            writer.links._link_many(writer.model_name, system, ids)
        for row, record in pairs:
            row.res_id = record.id
            row.state = "created"

    def _refuse(self, writer, row, error):
        text = str(error)
        if isinstance(error, IntegrityError):
            text = writer.model._sql_error_to_message(error)
        row.res_id = None
        row.report(None, None, "refused_by_rule", text, "refused")

    def _update_record(self, writer, row):
        """Write what the source has changed, and report what may not be changed."""
        columns = [c for c in writer.kind.columns if c.name != "external_id"]
        changed = row.changed_columns([column.name for column in columns])
        fixed = [name for name in changed if writer.kind.by_name[name].is_fixed]
        free = [name for name in changed if name not in fixed]
        try:
            with self.env.cr.savepoint():
                writer.prepare([row], WRITERS)
                writer.update(row, writer.model.browse(row.res_id), free)
        except REFUSALS as error:
            self._refuse(writer, row, error)
            return
        if row.known_content is not None:
            for name in fixed:
                known = row.known_content.get(name)
                row.report(name, row.content.get(name), "fixed", known, "kept")
        row.state = row.state or ("updated" if free else "unchanged")

    def _store(self, rows):
        """Keep what became of the rows of a batch."""
        sql_steps.run(
            self.env,
            "migration/24_store_outcomes",
            ids=[row.id for row in rows],
            states=[row.state for row in rows],
            res_ids=[row.res_id or None for row in rows],
            facts=[row.facts for row in rows],
        )
        taken = [row for row in rows if row.state != "refused"]
        contents = [row.taken_content() for row in taken]
        sql_steps.run(
            self.env,
            "migration/25_keep_ledger",
            profile_id=self.run_id.profile_id.id,
            run_id=self.run_id.id,
            ids=[row.id for row in taken],
            contents=[json.dumps(content) for content in contents],
            row_hashes=[row_hash(content) for content in contents],
        )
        self._store_issues(rows)

    def _store_issues(self, rows):
        labels = self._labels()
        # Faults follow from the files: nobody writes them by hand.
        self.env["telecom.migration.issue"].sudo().create(
            [
                {
                    "run_id": self.run_id.id,
                    "file_id": row.file_id,
                    "kind": self.kind,
                    "line_number": row.line_number,
                    "external_id": row.external_id,
                    "column_name": labels.get(column, column),
                    "value": value,
                    "code": code,
                    "expected": expected,
                    "severity": severity,
                }
                for row in rows
                for column, value, code, expected, severity in row.issues
            ]
        )
