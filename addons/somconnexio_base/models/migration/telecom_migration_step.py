# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from time import monotonic

from odoo import fields, models

from ... import sql_steps
from .kind_labels import kind_selection
from .writers import WRITERS
from .writers.batch_row import BatchRow

BATCH_ROWS = 500


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
        self._count()
        self.seconds += monotonic() - started

    def _count(self):
        """Note how far this kind has come."""
        self.write(
            sql_steps.fetch(self.env, "migration/26_count_step", **self._place())[0]
        )

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
                # What rules say of a row is kept as they say it.
                "lang": self.run_id.user_id.lang,
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
        self._drop_dangling()
        sql_steps.run(self.env, "migration/20_refuse_twice", **self._place())
        sql_steps.run(
            self.env, "migration/21_mark_unchanged", **self._place(), **self._system()
        )
        labels = self._labels()
        for column in WRITERS[self.kind].references():
            if column.refers != self.kind:
                self._refuse_lost(column, labels)
        self.state = "open"

    def _drop_dangling(self):
        """Forget the ids of records that have been deleted here."""
        system = self._system()
        links = self.env["telecom.external.id"].search(
            [
                ("system", "=", system["system"]),
                ("res_model", "=", system["model"]),
            ]
        )
        links._drop_dangling(system["model"])

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
        sql_steps.run(self.env, "migration/28_analyze_links")
        self.state = "done"
