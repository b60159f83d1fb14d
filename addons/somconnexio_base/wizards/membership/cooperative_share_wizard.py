# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError


class CooperativeShareWizard(models.TransientModel):
    """Let a member subscribe more shares, or give shares to another member."""

    _name = "cooperative.share.wizard"
    _description = "Subscribe or Transfer Shares"

    operation = fields.Selection(
        [("subscribe", "Subscribe shares"), ("transfer", "Give shares to a member")],
        required=True,
        default="subscribe",
    )
    membership_id = fields.Many2one(
        "cooperative.membership", string="Member", required=True, readonly=True
    )
    company_id = fields.Many2one(related="membership_id.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    receiver_id = fields.Many2one(
        "cooperative.membership",
        domain="[('kind', '=', 'member'), ('state', '=', 'active'),"
        " ('company_id', '=', company_id), ('id', '!=', membership_id)]",
    )
    share_class_id = fields.Many2one(
        "cooperative.share.class",
        string="Share class",
        required=True,
        domain="[('company_id', '=', company_id)]",
    )
    share_count = fields.Integer(string="Shares", default=1, required=True)
    amount = fields.Monetary(compute="_compute_amount")
    instalment_count = fields.Integer(string="Instalments", default=1, required=True)
    instalment_text = fields.Char(
        string="How it is paid", compute="_compute_instalment_text"
    )
    unpaid_amount = fields.Monetary(
        string="Still to be paid",
        compute="_compute_unpaid_amount",
        help="Goes to the receiver together with the shares.",
    )
    date = fields.Date(
        required=True, default=lambda self: self.env.company._telecom_today()
    )

    @api.depends("share_class_id", "share_count")
    def _compute_amount(self):
        for wizard in self:
            share_class = wizard.share_class_id
            wizard.amount = share_class and share_class.amount_of(wizard.share_count)

    @api.depends("share_class_id", "share_count", "instalment_count")
    def _compute_instalment_text(self):
        for wizard in self:
            wizard.instalment_text = wizard.share_class_id._instalment_text(
                wizard.share_count, wizard.instalment_count
            )

    @api.depends("membership_id", "share_class_id")
    def _compute_unpaid_amount(self):
        for wizard in self:
            balances = wizard.membership_id._balances() if wizard.membership_id else {}
            balance = balances.get(wizard.share_class_id)
            wizard.unpaid_amount = balance and balance.subscribed - balance.paid

    def action_apply(self):
        """Do it; pressing the button twice does it once."""
        self.ensure_one()
        self.env["cooperative.membership"].browse()._require_group(
            "accountant", "admin"
        )
        member = self.membership_id.sudo()
        key = f"wizard:{self.operation}:{self.id}"
        if self.operation == "subscribe":
            member.subscribe(
                self.share_class_id,
                self.share_count,
                self.instalment_count,
                self.date,
                key,
            )
        elif not self.receiver_id:
            raise UserError(self.env._("Choose the member who gets the shares."))
        else:
            member.transfer_shares(
                self.receiver_id.sudo(),
                self.share_class_id,
                self.share_count,
                self.date,
                key,
            )
        return {"type": "ir.actions.act_window_close"}
