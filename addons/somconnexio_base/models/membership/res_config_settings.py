# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    cooperative_requires_membership = fields.Boolean(
        related="company_id.cooperative_requires_membership", readonly=False
    )
    cooperative_admission = fields.Selection(
        related="company_id.cooperative_admission", readonly=False, required=True
    )
    cooperative_max_sponsored = fields.Integer(
        related="company_id.cooperative_max_sponsored", readonly=False
    )
    cooperative_call_attempts = fields.Integer(
        related="company_id.cooperative_call_attempts", readonly=False
    )
    cooperative_notice_days = fields.Integer(
        related="company_id.cooperative_notice_days", readonly=False
    )
    cooperative_refund_months = fields.Integer(
        related="company_id.cooperative_refund_months", readonly=False
    )
    cooperative_death_refund_months = fields.Integer(
        related="company_id.cooperative_death_refund_months", readonly=False
    )
    cooperative_max_delegations = fields.Integer(
        related="company_id.cooperative_max_delegations", readonly=False
    )
    cooperative_journal_id = fields.Many2one(
        related="company_id.cooperative_journal_id", readonly=False
    )
    cooperative_capital_account_id = fields.Many2one(
        related="company_id.cooperative_capital_account_id", readonly=False
    )
    cooperative_voluntary_account_id = fields.Many2one(
        related="company_id.cooperative_voluntary_account_id", readonly=False
    )
    cooperative_uncalled_account_id = fields.Many2one(
        related="company_id.cooperative_uncalled_account_id", readonly=False
    )
    cooperative_called_account_id = fields.Many2one(
        related="company_id.cooperative_called_account_id", readonly=False
    )
    cooperative_refund_account_id = fields.Many2one(
        related="company_id.cooperative_refund_account_id", readonly=False
    )
    cooperative_deduction_account_id = fields.Many2one(
        related="company_id.cooperative_deduction_account_id", readonly=False
    )
    cooperative_liquidity_account_id = fields.Many2one(
        related="company_id.cooperative_liquidity_account_id", readonly=False
    )

    def action_find_cooperative_accounts(self):
        """Fill the empty accounts of share capital from the chart of accounts."""
        self.ensure_one()
        self.company_id.action_find_cooperative_accounts()
        return {"type": "ir.actions.client", "tag": "reload"}
