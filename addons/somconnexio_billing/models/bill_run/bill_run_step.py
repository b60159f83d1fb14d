# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class TelecomBillRunStep(models.Model):
    """One stage of a bill run: when it ran, how long, on how many rows."""

    _name = "telecom.bill.run.step"
    _description = "Bill run step"
    _order = "run_id, sequence"
    _rec_name = "code"

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
    started_by_id = fields.Many2one("res.users", "Started by")
    ended_at = fields.Datetime()
    seconds = fields.Float("Duration (s)", digits=(16, 2))
    row_count = fields.Integer("Rows", help="Files, events, accounts or bills handled.")
    message = fields.Char()

    _run_code_unique = models.Constraint(
        "UNIQUE (run_id, code)", "A bill run has each step once."
    )

    def _begin(self):
        """Note that the step runs from now on."""
        self.write(
            {
                "state": "running",
                "started_at": fields.Datetime.now(),
                "started_by_id": self.env.uid,
                "ended_at": False,
                "seconds": 0,
                "row_count": 0,
                "message": False,
            }
        )

    def _finish(self, row_count, seconds=None, message=False):
        """Note that the step is done.

        :param int row_count: what it handled
        :param float seconds: how long; by default since its start
        """
        self._end("done", row_count, seconds, message)

    def _fail(self, message, row_count=0):
        """Note that the step could not finish, and why."""
        self._end("failed", row_count, None, message)

    def _end(self, state, row_count, seconds, message):
        """Write the end of the step."""
        now = fields.Datetime.now()
        if seconds is None:
            seconds = (now - (self.started_at or now)).total_seconds()
        self.write(
            {
                "state": state,
                "ended_at": now,
                "seconds": seconds,
                "row_count": row_count,
                "message": message,
            }
        )
