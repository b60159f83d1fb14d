# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models


class TelecomPaymentPlanInstalment(models.Model):
    """One part of a payment plan. Written by the plan only."""

    _name = "telecom.payment.plan.instalment"
    _description = "Instalment of a Payment Plan"
    _order = "plan_id, sequence"

    plan_id = fields.Many2one(
        "telecom.payment.plan", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="plan_id.company_id", store=True)
    partner_id = fields.Many2one(related="plan_id.partner_id", store=True)
    billing_account_id = fields.Many2one(related="plan_id.billing_account_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    plan_state = fields.Selection(related="plan_id.state", store=True, string="Plan is")
    sequence = fields.Integer(string="Instalment", required=True)
    due_date = fields.Date(string="Due", required=True, index=True)
    amount = fields.Monetary(required=True)
    paid_amount = fields.Monetary(string="Paid so far", readonly=True)
    open_amount = fields.Monetary(
        string="Still open", compute="_compute_open_amount", store=True
    )

    _once = models.Constraint(
        "UNIQUE (plan_id, sequence)", "An instalment is once in a plan."
    )
    _amount_positive = models.Constraint(
        "CHECK (amount > 0)", "An instalment is more than nothing."
    )

    @api.depends("amount", "paid_amount")
    def _compute_open_amount(self):
        for instalment in self:
            instalment.open_amount = instalment.amount - instalment.paid_amount

    @api.depends("plan_id", "sequence")
    def _compute_display_name(self):
        for instalment in self:
            code = instalment.plan_id.code
            instalment.display_name = f"{code} · {instalment.sequence}"
