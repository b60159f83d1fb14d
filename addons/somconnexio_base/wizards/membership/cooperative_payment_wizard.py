# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class CooperativePaymentWizard(models.TransientModel):
    """Say that instalments were paid, or could not be collected."""

    _name = "cooperative.payment.wizard"
    _description = "Outcome of Instalments"

    outcome = fields.Selection(
        [("paid", "Paid"), ("failed", "Not paid, or returned by the bank")],
        required=True,
        default="paid",
    )
    call_ids = fields.Many2many(
        "cooperative.capital.call", string="Instalments", required=True, readonly=True
    )
    date = fields.Date(
        required=True, default=lambda self: self.env.company._telecom_today()
    )
    reason = fields.Char(string="Reference or reason")

    def action_apply(self):
        """Write the outcome of all instalments, or of none."""
        self.ensure_one()
        self.call_ids._require_group("accountant", "admin")
        if self.outcome == "paid":
            self.call_ids.instalment_paid(self.date, reference=self.reason)
        else:
            self.call_ids.instalment_failed(self.date, reason=self.reason)
        return {"type": "ir.actions.act_window_close"}
