# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The monthly bill run: its header, control totals and constraints."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

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


class TelecomBillRun(models.Model):
    """One month (or one extra occasion) of bills of one company.

    ``period_start`` and ``period_end`` are civil dates of the company's time zone,
    half-open: October is 1 October to 1 November.
    """

    _name = "telecom.bill.run"
    _description = "Bill run"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "period_start desc, id desc"
    _check_company_auto = True

    name = fields.Char(readonly=True, copy=False, default="/", index="trigram")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(
        [("cycle", "Monthly cycle"), ("off_cycle", "Off cycle")],
        required=True,
        default="cycle",
        help="A monthly run bills every account; an off-cycle run bills what is"
        " still open, for instance after a termination.",
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
    journal_id = fields.Many2one(
        "account.journal",
        compute="_compute_journal_id",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
        domain=[("type", "=", "sale")],
    )
    state = fields.Selection(
        STATES, required=True, default="draft", readonly=True, copy=False, tracking=True
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
        "(company_id, period_start) WHERE kind = 'cycle' AND state != 'cancelled'",
        "This company already has a bill run for this period."
        " Open that one, or cancel it first.",
    )
    _period_check = models.Constraint(
        "CHECK (period_start < period_end)",
        "The period must end after it starts.",
    )
    _slice_size_check = models.Constraint(
        "CHECK (slice_size BETWEEN 1 AND 1000)",
        "A slice holds between 1 and 1000 billing accounts.",
    )

    def _default_period_start(self):
        """Return the first day of the month before this one."""
        return fields.Date.context_today(self) + relativedelta(months=-1, day=1)

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
            run.journal_id = self.env["account.journal"].search(
                [("type", "=", "sale"), ("company_id", "=", run.company_id.id)], limit=1
            )
