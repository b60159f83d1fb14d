# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

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
        string="Proposed by itself", readonly=True, copy=False
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
    def _expand_states(self, states, _domain):
        """Show the steps that have runs as columns, and what waits for people."""
        return [code for code, _label in STATES if code in ("proposed", *states)]

    @api.depends("line_count", "booked_count")
    def _compute_progress(self):
        for run in self:
            run.progress = run.line_count and 100 * run.booked_count / run.line_count

    @api.depends("name", "reference")
    def _compute_display_name(self):
        for run in self:
            run.display_name = " · ".join(filter(None, (run.name, run.reference)))
