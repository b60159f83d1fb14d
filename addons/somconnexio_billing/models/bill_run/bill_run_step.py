# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class TelecomBillRunStep(models.Model):
    """One stage of a bill run: when it ran, how long, on how many rows."""

    _name = "telecom.bill.run.step"
    _description = "Bill run step"
    _order = "run_id, sequence"

    run_id = fields.Many2one(
        "telecom.bill.run", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="run_id.company_id", store=True)
    sequence = fields.Integer(required=True)
    code = fields.Selection(
        [
            ("load", "Load"),
            ("rate", "Rate"),
            ("check", "Check"),
            ("preview", "Preview"),
            ("invoice", "Invoice"),
            ("post", "Post"),
            ("deliver", "Deliver"),
        ],
        required=True,
    )
    state = fields.Selection(
        [
            ("pending", "Pending"),
            ("running", "Running"),
            ("done", "Done"),
            ("failed", "Failed"),
        ],
        required=True,
        default="pending",
    )
    started_at = fields.Datetime()
    ended_at = fields.Datetime()
    seconds = fields.Float("Duration (s)", digits=(16, 2))
    row_count = fields.Integer("Rows")
    message = fields.Char()

    _run_code_unique = models.Constraint(
        "UNIQUE (run_id, code)", "A bill run has each step once."
    )
