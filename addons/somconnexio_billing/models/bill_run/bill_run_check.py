# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from .checks import BY_CODE


class TelecomBillRunCheck(models.Model):
    """The result of one control of a run: the rows that break its rule."""

    _name = "telecom.bill.run.check"
    _description = "Bill run control"
    _order = "run_id, sequence, id"
    _rec_name = "code"

    run_id = fields.Many2one(
        "telecom.bill.run", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="run_id.company_id", store=True)
    sequence = fields.Integer()
    code = fields.Char(required=True)
    name = fields.Char("Rule", compute="_compute_texts")
    remedy = fields.Char("What to do", compute="_compute_texts")
    severity = fields.Selection(
        [
            ("warn", "Warn"),
            ("block_account", "Hold the account"),
            ("block_run", "Stop the run"),
        ],
        required=True,
    )
    state = fields.Selection([("pass", "Pass"), ("fail", "Fail")], required=True)
    row_count = fields.Integer("Rows")
    sample = fields.Json(help="The first offending rows.")
    sample_text = fields.Text("Examples", compute="_compute_sample_text")
    checked_at = fields.Datetime()

    _run_code_unique = models.Constraint(
        "UNIQUE (run_id, code)", "A bill run has each control once."
    )

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_texts(self):
        for result in self:
            check = BY_CODE.get(result.code)
            result.name = self.env._(check.name) if check else result.code
            result.remedy = check and self.env._(check.remedy)

    @api.depends("sample")
    def _compute_sample_text(self):
        for result in self:
            result.sample_text = "\n".join(
                row["detail"] for row in result.sample or [] if row["detail"]
            )

    def action_view_rows(self):
        """Open the records that break the rule now."""
        self.ensure_one()
        self.check_access("read")
        rows = self.run_id.sudo()._check_rows(self.code)
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": BY_CODE[self.code].model,
            "view_mode": "list,form",
            "domain": [("id", "in", [row["res_id"] for row in rows])],
            "context": {"create": False},
        }
