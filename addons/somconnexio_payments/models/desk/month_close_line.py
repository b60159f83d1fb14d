# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang

from .close_checks import BY_CODE

STATES = {
    "right": ("look",),
    "look": ("right", "accepted"),
    "accepted": ("look", "right"),
}


class TelecomMonthCloseLine(models.Model):
    """One figure of a month, what it should be, and who accepted a difference."""

    _name = "telecom.month.close.line"
    _description = "Line of a month close"
    _inherit = ["cooperative.state.mixin"]
    _order = "close_id, sequence"
    _rec_name = "code"

    _state_table = STATES
    _is_created_by_hand = False
    _guarded_fields = frozenset(
        {
            "close_id",
            "code",
            "sequence",
            "figure",
            "expected",
            "state",
            "accepted_by_id",
            "accepted_at",
        }
    )

    close_id = fields.Many2one(
        "telecom.month.close",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="close_id.company_id", store=True, precompute=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    sequence = fields.Integer(readonly=True)
    code = fields.Char(required=True, readonly=True)
    name = fields.Char(compute="_compute_name", string="What is looked at")
    remedy = fields.Char(compute="_compute_name", string="What to do")
    is_count = fields.Boolean(compute="_compute_name")
    figure = fields.Float(digits=(16, 2), readonly=True)
    expected = fields.Float(digits=(16, 2), readonly=True)
    difference = fields.Float(digits=(16, 2), compute="_compute_difference", store=True)
    figure_text = fields.Char(compute="_compute_texts", string="There is")
    expected_text = fields.Char(compute="_compute_texts", string="There should be")
    is_figure_open = fields.Boolean(
        compute="_compute_is_open", help="Whether the user may see the rows."
    )
    is_expected_open = fields.Boolean(compute="_compute_is_open")
    state = fields.Selection(
        [("right", "Right"), ("look", "To look at"), ("accepted", "Accepted")],
        required=True,
        readonly=True,
        index=True,
    )
    reason = fields.Char(help="Why the difference is accepted.")
    accepted_by_id = fields.Many2one("res.users", readonly=True)
    accepted_at = fields.Datetime(readonly=True)

    _once = models.Constraint(
        "UNIQUE (close_id, code)", "A month has each line of the checklist once."
    )

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_name(self):
        for line in self:
            check = BY_CODE.get(line.code)
            line.name = self.env._(check.name) if check else line.code
            line.remedy = self.env._(check.remedy) if check else False
            line.is_count = bool(check and check.is_count)

    @api.depends("code")
    @api.depends_context("uid")
    def _compute_is_open(self):
        for line in self:
            check = BY_CODE.get(line.code)
            rows = (check.figure, check.expected) if check else (None, None)
            line.is_figure_open, line.is_expected_open = (
                bool(one) and self.env[one.model].has_access("read") for one in rows
            )

    @api.depends("figure", "expected", "code")
    @api.depends_context("lang")
    def _compute_texts(self):
        for line in self:
            line.figure_text = line._as_text(line.figure)
            line.expected_text = line._as_text(line.expected)

    def _as_task(self):
        """Return what differs and what to do about it, in one sentence or two."""
        return self.env._(
            "“%(line)s”: %(figure)s instead of %(expected)s. %(remedy)s",
            line=self.name,
            figure=self.figure_text,
            expected=self.expected_text,
            remedy=self.remedy,
        )

    def _as_text(self, value):
        """Return a figure as people write it: money, or a number of rows."""
        if self.is_count:
            return formatLang(self.env, value, digits=0)
        return formatLang(self.env, value, currency_obj=self.currency_id)

    @api.depends("figure", "expected")
    def _compute_difference(self):
        for line in self:
            line.difference = line.figure - line.expected

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_month(self):
        for line in self.filtered(lambda one: one.close_id.state == "closed"):
            raise UserError(self.env._("%s is closed.", line.close_id.display_name))

    def write(self, vals):
        """Override of ``base`` to leave closed months alone."""
        closed = self.close_id.filtered(lambda close: close.state == "closed")
        if closed and vals:
            raise UserError(
                self.env._("%s is closed: open it again first.", closed[0].display_name)
            )
        return super().write(vals)

    def _take(self, figures):
        """Take newly computed figures; an acceptance holds for the same ones only.

        :param figures: dict of values, None for a line that is gone
        """
        self.ensure_one()
        if figures is None:
            self.unlink()
            return
        is_same = not (
            self.currency_id.compare_amounts(self.figure, figures["figure"])
            or self.currency_id.compare_amounts(self.expected, figures["expected"])
        )
        if self.state == "accepted" and is_same and figures["state"] == "look":
            figures = {**figures, "state": "accepted"}
        if figures["state"] == self.state:
            figures = {key: value for key, value in figures.items() if key != "state"}
        elif self.state == "accepted":
            figures = {**figures, "accepted_by_id": False, "accepted_at": False}
        self._write_guarded(**figures)

    def action_accept(self):
        """Accept a difference; its reason has to be there.

        :raise UserError: without a reason, and for what is right anyway
        """
        self._require_group("accountant", "admin")
        for line in self:
            if not (line.reason or "").strip():
                raise UserError(
                    self.env._("“%s”: write why you accept the difference.", line.name)
                )
        self._move(
            "accepted", accepted_by_id=self.env.uid, accepted_at=fields.Datetime.now()
        )
        return True

    def action_open_rows(self):
        """Open the rows that the figure is the sum of."""
        self.ensure_one()
        return self._open(BY_CODE[self.code].figure)

    def action_open_expected(self):
        """Open the rows that what is expected is the sum of.

        :raise UserError: when nothing is expected
        """
        self.ensure_one()
        rows = BY_CODE[self.code].expected
        if not rows:
            raise UserError(self.env._("“%s”: there should be nothing.", self.name))
        return self._open(rows)

    def _open(self, rows):
        """Return the action that lists some rows."""
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": rows.model,
            "view_mode": "list,form",
            "domain": self.close_id._rows_domain(rows),
        }
