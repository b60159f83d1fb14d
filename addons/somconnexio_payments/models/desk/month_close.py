# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .close_checks import CHECKS

#: A closed month can be opened again, with a reason.
STATES = {"open": ("closed",), "closed": ("open",)}


class TelecomMonthClose(models.Model):
    """The accountant's checklist of a month: each figure, what it should be, its rows.

    A line is right, or somebody has accepted the difference and said why; then the
    month can be closed, which locks its entries.
    """

    _name = "telecom.month.close"
    _description = "Month close"
    _inherit = ["mail.thread", "cooperative.state.mixin"]
    _order = "month_date desc, id desc"
    _check_company_auto = True

    _state_table = STATES
    _guarded_fields = frozenset(
        {"state", "closed_by_id", "closed_at", "checked_at", "lock_date_before"}
    )

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    month_date = fields.Date(
        string="Month",
        required=True,
        default=lambda self: self._last_month(),
        help="Any day of the month; kept as its first.",
    )
    last_date = fields.Date(compute="_compute_last_date", string="Until")
    state = fields.Selection(
        [("open", "Open"), ("closed", "Closed")],
        required=True,
        readonly=True,
        default="open",
        index=True,
        tracking=True,
        copy=False,
    )
    line_ids = fields.One2many("telecom.month.close.line", "close_id", string="Lines")
    open_count = fields.Integer(
        string="To look at", compute="_compute_open_count", store=True
    )
    to_do = fields.Text(compute="_compute_to_do", string="What to do")
    checked_at = fields.Datetime(string="Computed at", readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    closed_at = fields.Datetime(readonly=True, copy=False)
    lock_date_before = fields.Date(readonly=True, copy=False)
    reopen_reason = fields.Char(
        string="Why it is opened again", copy=False, tracking=True
    )
    note = fields.Text()

    _once = models.Constraint(
        "UNIQUE (company_id, month_date)", "This month has its checklist already."
    )
    _first_of_month = models.Constraint(
        "CHECK (extract(day from month_date) = 1)",
        "A month is kept by its first day.",
    )

    @api.model
    def _last_month(self):
        """Return the first day of the month that has ended."""
        today = self.env.company._telecom_today()
        return today.replace(day=1) - relativedelta(months=1)

    @api.depends("month_date")
    def _compute_last_date(self):
        for close in self:
            close.last_date = close.month_date and (
                close.month_date + relativedelta(months=1, days=-1)
            )

    @api.depends("line_ids.state")
    def _compute_open_count(self):
        for close in self:
            close.open_count = len(
                close.line_ids.filtered(lambda line: line.state == "look")
            )

    @api.depends("line_ids.state", "line_ids.figure", "line_ids.expected")
    @api.depends_context("lang")
    def _compute_to_do(self):
        for close in self:
            waiting = close.line_ids.filtered(lambda line: line.state == "look")
            close.to_do = "\n".join(line._as_task() for line in waiting)

    @api.depends("month_date", "company_id")
    def _compute_display_name(self):
        for close in self:
            month = close.month_date and close.month_date.strftime("%Y-%m")
            close.display_name = " · ".join(
                filter(None, (month, close.company_id.name))
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of ``base`` to keep months by their first day, and to compute."""
        vals_list = [self._with_first_day(vals) for vals in vals_list]
        closes = super().create(vals_list)
        closes._refresh()
        return closes

    def write(self, vals):
        """Override of ``base`` to keep the month of a checklist."""
        if {"month_date", "company_id"} & vals.keys():
            raise UserError(
                self.env._("Make another checklist for another month or company.")
            )
        return super().write(vals)

    @api.model
    def _with_first_day(self, vals):
        """Return values with the first day of the month."""
        day = fields.Date.to_date(vals.get("month_date")) or self._last_month()
        return {**vals, "month_date": day.replace(day=1)}

    @api.constrains("month_date", "company_id")
    def _check_month(self):
        for close in self:
            if close.month_date > close.company_id._telecom_today():
                raise ValidationError(
                    self.env._("%s has not begun.", close.display_name)
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        for close in self.filtered(lambda one: one.state == "closed"):
            raise UserError(
                self.env._(
                    "%s is closed and kept as history: open it again first.",
                    close.display_name,
                )
            )

    def action_open_ageing(self):
        """Open what bills were owed on the month's last day, by age."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_payments.action_telecom_receivable_ageing"
        )
        day = fields.Date.to_string(self.last_date)
        return {
            **action,
            "name": self.env._("Ageing on %s", day),
            "domain": [("company_id", "=", self.company_id.id)],
            "context": {"search_default_open": 1, "ageing_date": day},
        }

    def action_refresh(self):
        """Compute all figures anew; what was accepted stays while it is the same."""
        self._require_group("accountant", "admin")
        for close in self.filtered(lambda one: one.state != "open"):
            raise UserError(
                self.env._("%s is closed: its figures stay.", close.display_name)
            )
        self._refresh()
        return True

    def _refresh(self):
        """Bring the lines in line with the database: a query or two for each line."""
        self.env.flush_all()
        for close in self:
            known = {line.code: line for line in close.line_ids}
            values = close._compute_figures()
            self.env["telecom.month.close.line"]._create_guarded(
                [
                    {"close_id": close.id, "code": code, **figures}
                    for code, figures in values.items()
                    if code not in known
                ]
            )
            for code, line in known.items():
                line._take(values.get(code))
        self._write_guarded(checked_at=fields.Datetime.now())

    def _compute_figures(self):
        """Return the figures of a month by the code of their line.

        :return: {code: {"sequence", "figure", "expected", "state"}}
        """
        self.ensure_one()
        values = {}
        for sequence, check in enumerate(CHECKS, 1):
            figure = self._sum_rows(check.figure)
            expected = self._sum_rows(check.expected) if check.expected else 0
            is_right = self.currency_id.is_zero(figure - expected)
            values[check.code] = {
                "sequence": sequence,
                "figure": figure,
                "expected": expected,
                "state": "right" if is_right else "look",
            }
        return values
