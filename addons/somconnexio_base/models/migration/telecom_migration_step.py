# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import json
from time import monotonic

from psycopg2 import DataError, IntegrityError

from odoo import fields, models
from odoo.exceptions import UserError

from ... import sql_steps
from ...takeover.rows import row_hash
from .kind_labels import kind_selection
from .writers import WRITERS
from .writers.batch_row import BatchRow

BATCH_ROWS = 500
#: A batch that is refused is tried again in parts, then row by row.
PART_ROWS = 25
#: What can be wrong with a row; anything else is a fault of the machinery.
REFUSALS = (UserError, IntegrityError, DataError, ValueError)


class TelecomMigrationStep(models.Model):
    """One kind of row of a migration: how far it has come."""

    _name = "telecom.migration.step"
    _description = "Migration Step"
    _order = "run_id, sequence, id"
    _rec_name = "kind"

    run_id = fields.Many2one(
        "telecom.migration.run",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="run_id.company_id", store=True)
    sequence = fields.Integer(readonly=True)
    kind = fields.Selection(kind_selection, required=True, readonly=True)
    state = fields.Selection(
        [("waiting", "Waiting"), ("open", "In progress"), ("done", "Done")],
        required=True,
        readonly=True,
        default="waiting",
    )
    row_count = fields.Integer(string="Rows", readonly=True)
    open_count = fields.Integer(string="To do", readonly=True)
    created_count = fields.Integer(string="Created", readonly=True)
    updated_count = fields.Integer(string="Updated", readonly=True)
    unchanged_count = fields.Integer(string="Unchanged", readonly=True)
    refused_count = fields.Integer(string="Refused", readonly=True)
    seconds = fields.Float(digits=(12, 1), readonly=True)
    progress = fields.Float(
        compute="_compute_progress", help="Share of the rows that are settled."
    )

    _kind_unique = models.Constraint(
        "UNIQUE (run_id, kind)", "A migration does each kind once."
    )

    def _compute_progress(self):
        for step in self:
            settled = step.row_count - step.open_count
            step.progress = 100 * settled / step.row_count if step.row_count else 0

    def _work(self):
        """Settle all rows of this kind; yield where the transaction may end."""
        self.ensure_one()
        if self.state == "waiting":
            self.run_id._lock()
            self._timed(self._begin)
            yield
        while self.state != "done":
            self.run_id._lock()
            self._timed(self._work_batch)
            yield

    def _timed(self, action):
        started = monotonic()
        action()
        counted = sql_steps.fetch(self.env, "migration/26_count_step", **self._place())
        self.write({**counted[0], "seconds": self.seconds + monotonic() - started})

    def _place(self):
        return {"run_id": self.run_id.id, "kind": self.kind}

    def _system(self):
        """Return the parameters that find the records of this kind."""
        profile = self.run_id.profile_id
        return {
            "profile_id": profile.id,
            "system": WRITERS[self.kind].system_of(profile),
            "model": WRITERS[self.kind].model_name,
        }

    def _writer(self):
        profile = self.run_id.profile_id
        env = self.env(
            context={
                **self.env.context,
                "allowed_company_ids": profile.company_id.ids,
            }
        )
        return WRITERS[self.kind](env, profile)

    def _labels(self):
        """Return the source's name of each column."""
        layouts = self.run_id.file_ids.layout_id.filtered(
            lambda layout: layout.kind == self.kind
        )
        return {
            column.target: column.source
            for column in layouts.column_ids
            if column.source
        }

    def _begin(self):
        """Settle, in a few statements, what needs no record to be settled."""
        sql_steps.run(self.env, "migration/20_refuse_twice", **self._place())
        sql_steps.run(
            self.env, "migration/21_mark_unchanged", **self._place(), **self._system()
        )
        labels = self._labels()
        for column in WRITERS[self.kind].references():
            if column.refers != self.kind:
                self._refuse_lost(column, labels)
        self.state = "open"

    def _refuse_lost(self, column, labels):
        referred = WRITERS[column.refers]
        sql_steps.run(
            self.env,
            "migration/22_refuse_lost",
            **self._place(),
            column_name=column.name,
            label=labels.get(column.name, column.name),
            referred_kind=column.refers,
            system=referred.system_of(self.run_id.profile_id),
            model=referred.model_name,
        )

    def _work_batch(self):
        """Write the records of the next rows; without any, end the step."""
        writer = self._writer()
        rows = [
            BatchRow(**vals)
            for vals in sql_steps.fetch(
                self.env,
                "migration/23_list_batch",
                **self._place(),
                **self._system(),
                own_column=writer.own_column,
                last_column=writer.last_column,
                row_limit=BATCH_ROWS,
            )
        ]
        if rows:
            self._write_rows(writer, rows)
            self._store(rows)
        else:
            self._end(writer)

    def _end(self, writer):
        name = writer.own_column
        if name:
            # What is left waits for rows that wait as well, or were refused.
            sql_steps.run(
                self.env,
                "migration/27_refuse_rest",
                **self._place(),
                own_column=name,
                label=self._labels().get(name, name),
            )
        self.state = "done"

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
            hashes=[row_hash(content) for content in contents],
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
