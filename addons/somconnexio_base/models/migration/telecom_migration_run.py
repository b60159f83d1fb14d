# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError

#: Compared by identity: no RPC client can put this object into a context.
STATE_PASS = object()
#: State -> those that may follow.
NEXT_STATES = {
    "draft": ("trial_queued", "queued", "tried", "running", "failed"),
    "trial_queued": ("tried", "failed", "draft"),
    "tried": ("trial_queued", "queued", "running", "tried", "failed", "draft"),
    "queued": ("running", "stopped", "failed"),
    "running": ("running", "done", "stopped", "failed"),
    "stopped": ("queued", "running"),
    "failed": ("trial_queued", "queued", "running", "tried", "draft"),
    "done": (),
}
#: States in which files may still come and go.
OPEN_STATES = ("draft", "tried")


class TelecomMigrationRun(models.Model):
    """One delivery of another system's data, from its files to records here."""

    _name = "telecom.migration.run"
    _description = "Migration"
    _inherit = ["mail.thread"]
    _order = "id desc"

    name = fields.Char(
        required=True, default=lambda self: self.env._("Migration"), tracking=True
    )
    profile_id = fields.Many2one(
        "telecom.migration.profile",
        string="Source",
        required=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(related="profile_id.company_id", store=True)
    user_id = fields.Many2one(
        "res.users", readonly=True, default=lambda self: self.env.user
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("trial_queued", "Being tried out"),
            ("tried", "Tried out"),
            ("queued", "Waiting"),
            ("running", "In progress"),
            ("stopped", "Stopped"),
            ("failed", "Failed"),
            ("done", "Done"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    error_message = fields.Text(readonly=True, copy=False)
    file_ids = fields.One2many("telecom.migration.file", "run_id", string="Files")
    step_ids = fields.One2many("telecom.migration.step", "run_id", string="Steps")
    total_ids = fields.One2many(
        "telecom.migration.total", "run_id", string="Reconciliation"
    )
    issue_ids = fields.One2many("telecom.migration.issue", "run_id", string="Faults")
    row_count = fields.Integer(string="Rows", compute="_compute_counts")
    settled_count = fields.Integer(string="Settled", compute="_compute_counts")
    refused_count = fields.Integer(string="Refused", compute="_compute_counts")
    progress = fields.Float(compute="_compute_counts")
    issue_count = fields.Integer(
        string="Number of faults", compute="_compute_issue_count"
    )
    is_reconciled = fields.Boolean(
        compute="_compute_is_reconciled",
        help="Files and records agree in number, sums and fingerprints.",
    )
    trial_at = fields.Datetime(string="Tried out", readonly=True, copy=False)
    started_at = fields.Datetime(string="Started", readonly=True, copy=False)
    ended_at = fields.Datetime(string="Finished", readonly=True, copy=False)
    errors_file = fields.Binary(
        string="Faults (CSV)", attachment=True, readonly=True, copy=False
    )
    errors_name = fields.Char(readonly=True, copy=False)
    report_file = fields.Binary(
        string="Report (XLSX)", attachment=True, readonly=True, copy=False
    )
    report_name = fields.Char(readonly=True, copy=False)

    @api.depends("step_ids.row_count", "step_ids.open_count", "step_ids.refused_count")
    def _compute_counts(self):
        for run in self:
            rows = sum(run.step_ids.mapped("row_count"))
            run.row_count = rows
            run.settled_count = rows - sum(run.step_ids.mapped("open_count"))
            run.refused_count = sum(run.step_ids.mapped("refused_count"))
            run.progress = 100 * run.settled_count / rows if rows else 0

    @api.depends("issue_ids")
    def _compute_issue_count(self):
        counts = dict(
            self.env["telecom.migration.issue"]._read_group(
                [("run_id", "in", self.ids)], ["run_id"], ["__count"]
            )
        )
        for run in self:
            run.issue_count = counts.get(run, 0)

    @api.depends("total_ids.is_equal", "file_ids.expected_count")
    def _compute_is_reconciled(self):
        for run in self:
            run.is_reconciled = bool(run.total_ids) and all(
                [
                    *run.total_ids.mapped("is_equal"),
                    *(file._is_as_expected() for file in run.file_ids),
                ]
            )

    def write(self, vals):
        """Override of ``base``: the state follows from what was done.

        :raise UserError: for a state or result written by hand, or a profile changed
            once files have been read by it
        """
        if self.env.context.get("migration_pass") is not STATE_PASS:
            self._check_written_by_hand(vals)
        return super().write(vals)

    def _check_written_by_hand(self, vals):
        derived = {
            name
            for name in vals
            if name in self._fields
            and self._fields[name].readonly
            and self._fields[name].store
            and name not in models.MAGIC_COLUMNS
            and not name.startswith(("message_", "company_id"))
        }
        if derived:
            raise UserError(
                self.env._(
                    "%(fields)s of a migration follow from its work and are not"
                    " written: use its buttons.",
                    fields=", ".join(sorted(self._fields[n].string for n in derived)),
                )
            )
        if "profile_id" in vals:
            for run in self.filtered("file_ids"):
                run._check_is_open()

    def _move(self, state, **vals):
        """Bring migrations into a state.

        :raise UserError: when it may not follow the present one
        """
        labels = dict(self._fields["state"]._description_selection(self.env))
        for run in self:
            if state not in NEXT_STATES[run.state]:
                raise UserError(
                    self.env._(
                        "%(run)s is “%(state)s” and cannot become “%(next)s”.",
                        run=run.display_name,
                        state=labels[run.state],
                        next=labels[state],
                    )
                )
        return self.with_context(migration_pass=STATE_PASS).write(
            {"state": state, **vals}
        )

    def _check_is_open(self):
        """Raise unless files may still come and go."""
        for run in self:
            if run.state not in OPEN_STATES:
                raise UserError(
                    self.env._(
                        "The files of %(run)s are being taken over, or have been. Make"
                        " a new migration for others.",
                        run=run.display_name,
                    )
                )

    def _check_ready(self):
        """Raise when there is no file, or one of an unknown kind."""
        for run in self:
            unknown = run.file_ids.filtered(lambda file: not file.layout_id)
            if not run.file_ids or unknown:
                raise UserError(
                    self.env._(
                        "Say what %(name)s holds, or correct the file names in the"
                        " layouts of the profile.",
                        name=", ".join(unknown.mapped("name")),
                    )
                    if unknown
                    else self.env._("Add the files of the source first.")
                )
            if problems := run.file_ids.layout_id.filtered("problem"):
                raise UserError(
                    self.env._(
                        "%(file)s: %(problem)s",
                        file=problems[0].display_name,
                        problem=problems[0].problem,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        for run in self:
            if run.state not in OPEN_STATES:
                raise UserError(
                    self.env._(
                        "%(run)s has taken over records and is kept as their proof.",
                        run=run.display_name,
                    )
                )
