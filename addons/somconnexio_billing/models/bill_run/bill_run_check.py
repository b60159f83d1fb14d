# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class TelecomBillRunCheck(models.Model):
    """The result of one control of a run: the rows that break its rule."""

    _name = "telecom.bill.run.check"
    _description = "Bill run control"
    _order = "run_id, sequence, id"

    run_id = fields.Many2one(
        "telecom.bill.run", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="run_id.company_id", store=True)
    sequence = fields.Integer()
    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
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
    checked_at = fields.Datetime()

    _run_code_unique = models.Constraint(
        "UNIQUE (run_id, code)", "A bill run has each control once."
    )
