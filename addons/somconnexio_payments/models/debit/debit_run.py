# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import AccessError, LockError, UserError

from ... import sql_steps

MANAGER = "somconnexio_base.group_telecom_billing_manager"
ACCOUNTANT = "somconnexio_base.group_telecom_accountant"
STATES = [
    ("draft", "New"),
    ("proposed", "To review"),
    ("confirmed", "Confirmed"),
    ("filed", "File written"),
    ("sent", "Sent"),
    ("booked", "Booked"),
    ("closed", "Closed"),
    ("cancelled", "Cancelled"),
    ("rejected", "Refused by the bank"),
]
#: State -> states that may follow it.
STATE_TABLE = {
    "draft": ("proposed", "cancelled"),
    "proposed": ("confirmed", "cancelled"),
    "confirmed": ("proposed", "filed", "cancelled"),
    "filed": ("sent", "cancelled"),
    "sent": ("booked", "rejected"),
    "booked": ("closed", "rejected"),
    "closed": (),
    "cancelled": (),
    "rejected": (),
}
#: States in which a run still selects what it debits.
OPEN_STATES = ("draft", "proposed")
#: What people write; everything else the steps write.
HEADER_FIELDS = frozenset(
    {"company_id", "reference", "cutoff_date", "due_rule", "fixed_date"}
)


class TelecomDebitRun(models.Model):
    """One collection by direct debit: bills that are due, from proposal to closing.

    proposed → confirmed → file written → sent → booked → closed. Each debit is an
    ``account.payment.line`` of OCA's payment orders, one order and one file for each
    account of the creditor. A step can be started again at any time; what is done is
    not done twice.
    """

    _name = "telecom.debit.run"
    _description = "Debit run"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(readonly=True, copy=False, default="/")
    reference = fields.Char(
        copy=False, tracking=True, help="What people call it: a month, an occasion."
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        STATES,
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
        group_expand="_expand_states",
    )
    cutoff_date = fields.Date(
        string="Due until",
        required=True,
        default=fields.Date.context_today,
        help="Bills that fall due up to this day, included.",
    )
    due_rule = fields.Selection(
        [("bill", "When the bill falls due"), ("fixed", "All on one day")],
        required=True,
        default=lambda self: self.env.company.telecom_debit_due_rule,
        string="Day of the debit",
        help="In any case not before the payer has been told in time, and on a day on"
        " which banks settle.",
    )
    fixed_date = fields.Date(string="Day", help="Moved on if banks are closed.")
    is_automatic = fields.Boolean(
        string="Proposed by a bill run", readonly=True, copy=False
    )
    order_ids = fields.One2many(
        "account.payment.order", "debit_run_id", string="Orders", readonly=True
    )
    line_ids = fields.One2many(
        "account.payment.line", "debit_run_id", string="Debits", readonly=True
    )
    left_out_ids = fields.One2many(
        "telecom.debit.left.out", "run_id", string="Left out", readonly=True
    )
    slice_ids = fields.One2many("telecom.debit.slice", "run_id", readonly=True)
    line_count = fields.Integer(string="Number of debits", readonly=True, copy=False)
    amount_total = fields.Monetary(string="Total", readonly=True, copy=False)
    booked_count = fields.Integer(string="Booked", readonly=True, copy=False)
    left_out_count = fields.Integer(string="Number left out", readonly=True, copy=False)
    left_out_amount = fields.Monetary(
        string="Total left out", readonly=True, copy=False
    )
    first_date = fields.Date(string="First debit", readonly=True, copy=False)
    last_date = fields.Date(string="Last debit", readonly=True, copy=False)
    progress = fields.Float(compute="_compute_progress", aggregator="avg")
    confirmed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    confirmed_at = fields.Datetime(readonly=True, copy=False)
    filed_at = fields.Datetime(string="File written at", readonly=True, copy=False)
    sent_date = fields.Date(string="Sent on", readonly=True, copy=False)
    booked_at = fields.Datetime(readonly=True, copy=False)
    rejection_reason = fields.Char(readonly=True, copy=False)
    message = fields.Char(
        string="What went wrong", readonly=True, copy=False, tracking=True
    )

    _name_unique = models.UniqueIndex(
        "(company_id, name) WHERE name <> '/'",
        "Another debit run of the company has this name.",
    )
    _fixed_date_given = models.Constraint(
        "CHECK (due_rule <> 'fixed' OR fixed_date IS NOT NULL)",
        "Say on which day the debits are made.",
    )

    @api.model
    def _expand_states(self, _states, _domain):
        """Show the steps of a run as columns, empty ones too."""
        return [
            code for code, _label in STATES if code not in ("cancelled", "rejected")
        ]

    @api.depends("line_count", "booked_count")
    def _compute_progress(self):
        for run in self:
            run.progress = run.line_count and 100 * run.booked_count / run.line_count

    @api.depends("name", "reference")
    def _compute_display_name(self):
        for run in self:
            run.display_name = " · ".join(filter(None, (run.name, run.reference)))

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base` to name runs; people write nothing but the header."""
        for vals in vals_list:
            self._check_written(vals, (False, "/", "draft", 0))
        runs = super().create(vals_list)
        for company, own in runs.grouped("company_id").items():
            names = self.env["ir.sequence"].next_codes(self._name, company, len(own))
            for run, name in zip(own, names, strict=True):
                run.sudo().name = name
        return runs

    def write(self, vals):
        """Override of `base` to keep what the steps wrote, and their order."""
        self._check_written(vals)
        if HEADER_FIELDS & vals.keys() and not self.env.su:
            fixed = self.filtered(lambda run: run.state not in OPEN_STATES)
            if fixed:
                raise UserError(
                    self.env._(
                        "%(run)s is “%(state)s”: take it back to review to change it.",
                        run=fixed[0].name,
                        state=fixed[0]._state_label(),
                    )
                )
        if "state" in vals:
            self._check_moves(vals["state"])
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_new(self):
        for run in self:
            if run.state != "draft":
                raise UserError(
                    self.env._("%s is kept as history: cancel it instead.", run.name)
                )

    def _check_written(self, vals, initial=()):
        """Raise when a person writes what only the steps write.

        :param initial: values with which a new run begins, which say nothing
        :raise AccessError: naming the fields
        """
        if self.env.su:
            return
        engine = {
            name
            for name in vals
            if name in self._fields
            and self._fields[name].readonly
            and self._fields[name].store
            and vals[name] not in initial
        }
        if engine:
            labels = sorted(self._fields[name].string for name in engine)
            raise AccessError(
                self.env._(
                    "Only the steps of a debit run write: %s.", ", ".join(labels)
                )
            )

    def _check_moves(self, to_state):
        """Raise unless each run may go to a state.

        :raise UserError: naming the run and what it can become
        """
        labels = dict(self._fields["state"]._description_selection(self.env))
        for run in self:
            following = STATE_TABLE[run.state]
            if to_state != run.state and to_state not in following:
                raise UserError(
                    self.env._(
                        "%(run)s is “%(state)s” and cannot become “%(target)s”. What it"
                        " can become: %(following)s.",
                        run=run.name,
                        state=labels[run.state],
                        target=labels.get(to_state, to_state),
                        following=", ".join(labels[name] for name in following)
                        or self.env._("nothing more"),
                    )
                )

    def _state_label(self):
        """Return the name of the state in the user's language."""
        labels = self._fields["state"]._description_selection(self.env)
        return dict(labels)[self.state]

    def _begin(self, groups, *states):
        """Check role and state, lock the run and return it with the machine's rights.

        :param groups: xml ids of roles of which one is needed
        :param states: in which the step may be done
        :raise AccessError: without the role
        :raise UserError: in another state, or while somebody else works on the run
        """
        self.ensure_one()
        self.check_access("read")
        self._check_role(groups)
        run = self.sudo().with_company(self.company_id)
        try:
            run.lock_for_update()
        except LockError as error:
            raise UserError(
                self.env._(
                    "Somebody else, or a background job, works on %s. Wait a moment"
                    " and look at its state.",
                    self.name,
                )
            ) from error
        run.invalidate_recordset()
        if run.state not in states:
            raise UserError(
                self.env._(
                    "%(run)s is “%(state)s”: it is not the turn of this step.",
                    run=run.name,
                    state=run._state_label(),
                )
            )
        return run

    def _check_role(self, groups):
        """Raise unless the user has one of some roles."""
        if self.env.su or any(map(self.env.user.has_group, groups)):
            return
        names = [self.env.ref(xml_id).sudo().name for xml_id in groups]
        raise AccessError(
            self.env._(
                "This step of a debit run is for: %(roles)s.", roles=", ".join(names)
            )
        )

    def _sql(self, step, **params):
        """Run a statement of ``sql/debit`` for this run; return the rows touched."""
        self.env.flush_all()
        count = sql_steps.run(self.env, f"debit/{step}", **self._sql_params(), **params)
        self.env.invalidate_all()
        return count

    def _rows(self, step, **params):
        """Return the rows of a statement of ``sql/debit`` as dictionaries."""
        self.env.flush_all()
        return sql_steps.fetch(
            self.env, f"debit/{step}", **self._sql_params(), **params
        )

    def _sql_params(self):
        """Return what every statement of a run may name."""
        return {
            "run_id": self.id,
            "run_name": self.name,
            "company_id": self.company_id.id,
            "currency_id": self.company_id.currency_id.id,
            "cutoff": self.cutoff_date,
            "today": self.company_id._telecom_today(),
            "notice_days": self.company_id.telecom_debit_notice_days,
            "user_id": self.env.uid,
        }

    def _refresh_totals(self):
        """Write count and sums of the run and its orders as they are now."""
        self._sql("25_sum_orders")
        (totals,) = self._rows("24_sum_run")
        self.write(totals)
