# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The bill run: its header, control totals and constraints."""

from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from . import stages

STATES = [
    ("draft", "Draft"),
    ("loaded", "Loaded"),
    ("rated", "Rated"),
    ("checked", "Checked"),
    ("previewed", "Previewed"),
    ("invoiced", "Invoiced"),
    ("posted", "Posted"),
    ("delivered", "Delivered"),
    ("cancelled", "Cancelled"),
]
KINDS = [("cycle", "Monthly cycle"), ("off_cycle", "Off cycle")]
# What people write; everything else is written by the stages.
HEADER_FIELDS = {
    "company_id",
    "kind",
    "period_start",
    "period_end",
    "only_account_ids",
}
UNTIL_INVOICED_FIELDS = {"invoice_date", "due_date", "journal_id"}


class TelecomBillRun(models.Model):
    """One month (or one extra occasion) of bills of one company.

    ``period_start`` and ``period_end`` are civil dates of the company's time zone,
    half-open: October is 1 October to 1 November.
    """

    _name = "telecom.bill.run"
    _description = "Bill run"
    _inherit = [
        "telecom.engine.fields.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _mail_post_access = "read"
    _order = "period_start desc, id desc"
    _check_company_auto = True
    _no_engine_fields = frozenset({"name"})

    name = fields.Char(readonly=True, copy=False, default="/", index="trigram")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(
        KINDS,
        required=True,
        default="cycle",
        help="A monthly run bills every account; an off-cycle run bills what is"
        " still open of some accounts, for instance after a termination.",
    )
    is_preview = fields.Boolean(
        readonly=True,
        copy=False,
        help="Made to show one account its bill, and never kept.",
    )
    only_account_ids = fields.Many2many(
        "telecom.billing.account",
        "telecom_bill_run_only_account_rel",
        "run_id",
        "account_id",
        string="Only these accounts",
        check_company=True,
        help="Leave empty to bill all accounts.",
    )
    period_start = fields.Date(
        required=True,
        copy=False,
        default=lambda self: self._default_period_start(),
        help="First civil day that is billed.",
    )
    period_end = fields.Date(
        required=True,
        copy=False,
        compute="_compute_period_end",
        store=True,
        readonly=False,
        precompute=True,
        help="First civil day that is not billed any more.",
    )
    invoice_date = fields.Date(
        required=True,
        copy=False,
        compute="_compute_invoice_date",
        store=True,
        readonly=False,
        precompute=True,
        help="Date printed on the bills.",
    )
    planned_date = fields.Date(
        copy=False,
        help="The day on which the run is to be started.",
    )
    due_date = fields.Date(
        copy=False,
        help="Due date of the bills. Empty: by the payment terms of each payer.",
    )
    journal_id = fields.Many2one(
        "account.journal",
        required=True,
        compute="_compute_journal_id",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
        domain=[("type", "=", "sale")],
        ondelete="restrict",
    )
    state = fields.Selection(
        STATES, required=True, default="draft", readonly=True, copy=False, tracking=True
    )
    run_until = fields.Selection(
        [(stage.code, stage.code) for stage in stages.STAGES],
        readonly=True,
        copy=False,
        help="Where a run that goes through by itself stops.",
    )
    slice_size = fields.Integer(
        required=True,
        default=100,
        help="Number of billing accounts that one background job handles.",
    )

    step_ids = fields.One2many("telecom.bill.run.step", "run_id", readonly=True)
    slice_ids = fields.One2many("telecom.bill.run.slice", "run_id", readonly=True)
    account_ids = fields.One2many("telecom.bill.run.account", "run_id", readonly=True)
    line_ids = fields.One2many("telecom.bill.run.line", "run_id", readonly=True)
    tax_line_ids = fields.One2many("telecom.bill.run.tax", "run_id", readonly=True)
    check_ids = fields.One2many("telecom.bill.run.check", "run_id", readonly=True)
    move_ids = fields.One2many("account.move", "telecom_bill_run_id", readonly=True)

    file_count = fields.Integer("Files", readonly=True, copy=False)
    row_count = fields.Integer("Rows of files", readonly=True, copy=False)
    event_count = fields.Integer("Usage events", readonly=True, copy=False)
    duplicate_count = fields.Integer("Duplicates", readonly=True, copy=False)
    rejected_count = fields.Integer("Rejected", readonly=True, copy=False)
    suspended_count = fields.Integer("Suspended", readonly=True, copy=False)
    rated_count = fields.Integer("Rated", readonly=True, copy=False)
    allowance_count = fields.Integer(
        "In allowance",
        readonly=True,
        copy=False,
        help="Rated usage that an allowance covered completely.",
    )
    charged_amount = fields.Float(
        "Charged usage",
        digits=(16, 6),
        readonly=True,
        copy=False,
        help="Sum of the rated usage before it is rounded to the currency.",
    )
    account_count = fields.Integer("Accounts", readonly=True, copy=False)
    amount_untaxed = fields.Monetary("Untaxed (preview)", readonly=True, copy=False)
    amount_tax = fields.Monetary("Taxes (preview)", readonly=True, copy=False)
    amount_total = fields.Monetary("Total (preview)", readonly=True, copy=False)
    invoiced_untaxed = fields.Monetary("Untaxed (bills)", readonly=True, copy=False)
    invoiced_tax = fields.Monetary("Taxes (bills)", readonly=True, copy=False)
    invoiced_total = fields.Monetary("Total (bills)", readonly=True, copy=False)

    _one_live_cycle = models.UniqueIndex(
        "(company_id, period_start) WHERE kind = 'cycle' AND state != 'cancelled'"
        " AND is_preview IS NOT TRUE",
        "This company already has a bill run for this period."
        " Open that one, or cancel it first.",
    )
    _period_check = models.Constraint(
        "CHECK (period_start < period_end)",
        "The period must end after it starts.",
    )
    _cycle_is_a_month = models.Constraint(
        "CHECK (kind != 'cycle' OR ("
        "period_start = date_trunc('month', period_start)"
        " AND period_end = date_trunc('month', period_start) + interval '1 month'))",
        "A monthly run bills one civil month, from its first day to the first day of"
        " the next month. Choose an off-cycle run for other periods.",
    )
    _slice_size_check = models.Constraint(
        "CHECK (slice_size BETWEEN 1 AND 1000)",
        "A slice holds between 1 and 1000 billing accounts.",
    )

    def _default_period_start(self):
        """Return the first day of the month before this one."""
        today = self.env.company._telecom_today()
        return today + relativedelta(months=-1, day=1)

    @api.depends("period_start")
    def _compute_period_end(self):
        for run in self:
            start = run.period_start
            run.period_end = start and start + relativedelta(months=1, day=1)

    @api.depends("period_end")
    def _compute_invoice_date(self):
        for run in self:
            run.invoice_date = run.period_end

    @api.depends("company_id")
    def _compute_journal_id(self):
        for run in self:
            # A billing manager bills without the rights of an accountant.
            run.journal_id = (
                self.env["account.journal"]
                .sudo()
                .search(
                    [("type", "=", "sale"), ("company_id", "=", run.company_id.id)],
                    limit=1,
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Name the runs and lay out their steps."""
        vals_list = [dict(vals) for vals in vals_list]
        self._check_written_fields({field for vals in vals_list for field in vals})
        for vals in vals_list:
            company = self.env["res.company"].browse(
                vals.get("company_id") or self.env.company.id
            )
            vals["name"] = self._next_name(company, vals)
        runs = super().create(vals_list)
        runs.sudo().step_ids = [
            Command.create({"code": stage.code, "sequence": number})
            for number, stage in enumerate(stages.STAGES)
        ]
        return runs

    def _next_name(self, company, vals):
        """Return the name of a new run; one that is not kept uses up no number."""
        if vals.get("is_preview"):
            return self.env._("Preview")
        (name,) = self.env["ir.sequence"].next_codes(self._name, company, 1)
        return name

    def write(self, vals):
        self._check_still_changeable(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("A bill run is kept as history: cancel it instead of deleting.")
        )

    def _engine_fields_text(self, labels):
        return self.env._(
            "%s of a bill run follow from its steps and cannot be written.", labels
        )

    def _check_still_changeable(self, vals):
        """Raise when the header is changed after something was computed from it."""
        for run in self:
            locked = HEADER_FIELDS if run.state != "draft" else set()
            if stages.has_reached(run.state, "invoiced") or run.state == "cancelled":
                locked = locked | UNTIL_INVOICED_FIELDS
            changed = sorted(self._fields[name].string for name in locked & vals.keys())
            if changed:
                raise UserError(
                    self.env._(
                        "%(fields)s of bill run %(run)s cannot change any more in"
                        " state %(state)s. Take the run back first.",
                        fields=", ".join(changed),
                        run=run.name,
                        state=run._state_label(run.state),
                    )
                )
