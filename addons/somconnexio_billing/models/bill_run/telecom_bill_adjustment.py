# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class TelecomBillAdjustment(models.Model):
    """Something that the next bill of an account charges or gives back, once.

    A compensation for a fault, or the difference that came out when usage that had
    been billed was priced anew. Whatever finds such amounts (the legal credit for an
    outage will) writes a row here, and the bill run does the rest.
    """

    _name = "telecom.bill.adjustment"
    _description = "Bill adjustment"
    _inherit = ["mail.thread"]
    _order = "effective_date desc, id desc"
    _check_company_auto = True

    name = fields.Char("Text on the bill", required=True)
    kind = fields.Selection(
        [("compensation", "Compensation"), ("usage", "Usage priced anew")],
        required=True,
        default="compensation",
    )
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        index=True,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    billing_account_id = fields.Many2one(
        "telecom.billing.account",
        required=True,
        index=True,
        ondelete="restrict",
        compute="_compute_billing_account_id",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
    )
    subscription_id = fields.Many2one(
        "contract.contract",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('is_telecom', '=', True)]",
    )
    category_id = fields.Many2one("telecom.usage.category", "Usage category")
    product_id = fields.Many2one(
        "product.product",
        required=True,
        ondelete="restrict",
        domain="[('type', '=', 'service')]",
        help="Gives account and taxes.",
    )
    amount_untaxed = fields.Monetary(
        "Amount without tax",
        required=True,
        tracking=True,
        help="Below zero: given back to the member.",
    )
    effective_date = fields.Date(
        "From",
        required=True,
        default=lambda self: self.env.company._telecom_today(),
        help="The first bill of a period that reaches this day takes it.",
    )
    period_from = fields.Date(
        compute="_compute_period", store=True, readonly=False, precompute=True
    )
    period_to = fields.Date(
        compute="_compute_period",
        store=True,
        readonly=False,
        precompute=True,
        help="First day that it is not about any more.",
    )
    event_count = fields.Integer("Events", readonly=True)
    note = fields.Text("Reason", help="Why, for those who look at it later.")
    state = fields.Selection(
        [("open", "Waits for a bill"), ("cancelled", "Cancelled")],
        required=True,
        default="open",
        readonly=True,
        tracking=True,
        copy=False,
    )
    line_ids = fields.One2many("telecom.bill.run.line", "adjustment_id")
    bill_id = fields.Many2one("account.move", compute="_compute_bill_id")

    _period_check = models.Constraint(
        "CHECK (period_from < period_to)", "The period must end after it starts."
    )

    @api.depends("billing_account_id")
    def _compute_company_id(self):
        for adjustment in self:
            adjustment.company_id = adjustment.billing_account_id.company_id

    @api.depends("subscription_id")
    def _compute_billing_account_id(self):
        for adjustment in self:
            account = adjustment.subscription_id.telecom_billing_account_id
            adjustment.billing_account_id = account or adjustment.billing_account_id

    @api.depends("effective_date")
    def _compute_period(self):
        for adjustment in self:
            day = adjustment.effective_date
            adjustment.period_from = day
            adjustment.period_to = day and fields.Date.add(day, days=1)

    @api.depends("line_ids.run_account_id.move_id", "line_ids.is_void")
    def _compute_bill_id(self):
        for adjustment in self:
            lines = adjustment.sudo().line_ids.filtered(lambda line: not line.is_void)
            adjustment.bill_id = lines.run_account_id.move_id[:1]

    @api.constrains("amount_untaxed")
    def _check_amount(self):
        for adjustment in self:
            if adjustment.currency_id.is_zero(adjustment.amount_untaxed):
                raise ValidationError(
                    self.env._("An adjustment of nothing does nothing: give an amount.")
                )

    def write(self, vals):
        """Refuse to change what a bill has charged."""
        if set(vals) - {"note", "message_ids", "message_follower_ids"}:
            self._check_not_billed()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_billed(self):
        self._check_not_billed()

    def action_cancel(self):
        """Let no bill take the adjustment."""
        self.write({"state": "cancelled"})
        return True

    def action_reopen(self):
        """Let the next bill take a cancelled adjustment after all."""
        self.write({"state": "open"})
        return True

    def _check_not_billed(self):
        for adjustment in self:
            if adjustment.bill_id:
                raise UserError(
                    self.env._(
                        "%(adjustment)s is on bill %(bill)s and stays as it is. Correct"
                        " it by another adjustment.",
                        adjustment=adjustment.name,
                        bill=adjustment.bill_id.name,
                    )
                )
