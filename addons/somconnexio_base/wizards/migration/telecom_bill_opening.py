# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models


class TelecomBillOpening(models.TransientModel):
    """Bring what is unpaid of earlier bills into the accounts."""

    _name = "telecom.bill.opening"
    _description = "Opening entries of earlier bills"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    bill_ids = fields.Many2many(
        "telecom.bill.history", string="Bills", default=lambda self: self._chosen()
    )
    bill_count = fields.Integer(
        string="Bills with something unpaid", compute="_compute_amount"
    )
    amount = fields.Monetary(
        string="Unpaid", compute="_compute_amount", help="Credit notes are deducted."
    )
    journal_id = fields.Many2one(
        "account.journal",
        required=True,
        domain="[('type', '=', 'general'), ('company_id', '=', company_id)]",
    )
    account_id = fields.Many2one(
        "account.account",
        string="Opening balances",
        required=True,
        help="Takes the other side of each entry.",
        domain="[('company_ids', 'in', company_id),"
        " ('account_type', 'not in', ('asset_receivable', 'liability_payable'))]",
    )
    date = fields.Date(
        required=True,
        default=fields.Date.context_today,
        help="Usually the last day before the change of system.",
    )

    @api.model
    def _chosen(self):
        if self.env.context.get("active_model") == "telecom.bill.history":
            return self.env.context.get("active_ids")
        return []

    @api.depends("bill_ids", "company_id")
    def _compute_amount(self):
        for wizard in self:
            bills = wizard._due()
            signs = {"invoice": 1, "refund": -1}
            wizard.bill_count = len(bills)
            wizard.amount = sum(
                signs[bill.bill_type] * bill.amount_residual for bill in bills
            )

    def _due(self):
        """Return the bills to enter: those chosen, or all of the company."""
        domain = [
            ("company_id", "=", self.company_id.id),
            ("opening_move_id", "=", False),
            ("payment_state", "!=", "paid"),
        ]
        if self.bill_ids:
            domain.append(("id", "in", self.bill_ids.ids))
        return self.env["telecom.bill.history"].search(domain)

    def action_make(self):
        """Post the entries and show them.

        :raise UserError: when journal or account cannot be used for this
        """
        self.ensure_one()
        moves = self._due().make_opening_entries(
            self.journal_id, self.account_id, self.date
        )
        return moves._get_records_action(name=self.env._("Opening entries"))
