# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models

PHASE_STATES = [
    ("pending", "Pending"),
    ("queued", "Queued"),
    ("done", "Done"),
    ("failed", "Failed"),
]


class TelecomBillRunSlice(models.Model):
    """Some billing accounts of a run that one background job handles at a time."""

    _name = "telecom.bill.run.slice"
    _description = "Bill run slice"
    _order = "run_id, number"

    run_id = fields.Many2one(
        "telecom.bill.run", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="run_id.company_id", store=True)
    number = fields.Integer(required=True)
    account_ids = fields.One2many("telecom.bill.run.account", "slice_id")
    account_count = fields.Integer("Accounts")
    invoice_state = fields.Selection(PHASE_STATES, required=True, default="pending")
    post_state = fields.Selection(PHASE_STATES, required=True, default="pending")
    deliver_state = fields.Selection(PHASE_STATES, required=True, default="pending")
    invoice_job_uuid = fields.Char()
    post_job_uuid = fields.Char()
    deliver_job_uuid = fields.Char()
    message = fields.Char()

    _run_number_unique = models.Constraint(
        "UNIQUE (run_id, number)", "The slices of a bill run are numbered once."
    )
