# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...dunning_rules import states

OUTCOMES = [
    ("upheld", "The customer is right"),
    ("rejected", "The bill is right"),
    ("withdrawn", "Withdrawn by the customer"),
]


class TelecomPaymentDispute(models.Model):
    """A customer does not agree with a bill, or with a part of it.

    While it is open its amount is left out of dunning, and no fee is charged. A claim
    about one service of the bill is left out of that service's part: the others are
    owed as before.
    """

    _name = "telecom.payment.dispute"
    _description = "Claim about a Bill"
    _inherit = ["cooperative.state.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "opened_date desc, id desc"
    _check_company_auto = True
    _rec_names_search = ["bill_id", "reason"]

    _state_table = states.DISPUTE
    _guarded_fields = frozenset({"state", "closed_date", "outcome"})

    bill_id = fields.Many2one(
        "account.move",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
        domain="[('move_type', '=', 'out_invoice'), ('state', '=', 'posted'),"
        " ('telecom_billing_account_id', '!=', False)]",
    )
    billing_account_id = fields.Many2one(
        related="bill_id.telecom_billing_account_id", store=True, index=True
    )
    partner_id = fields.Many2one(related="bill_id.partner_id", store=True)
    company_id = fields.Many2one(related="bill_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    charged_subscription_ids = fields.Many2many(
        "contract.contract", compute="_compute_charged_subscription_ids"
    )
    subscription_id = fields.Many2one(
        "contract.contract",
        domain="[('id', 'in', charged_subscription_ids)]",
        ondelete="restrict",
        tracking=True,
        help="Of those that the bill charges; empty: the claim is about all of it.",
    )
    amount = fields.Monetary(
        compute="_compute_amount",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="With tax; what is open of the bill, or what it charges for the "
        "subscription, unless somebody says less.",
    )
    reason = fields.Char(required=True, tracking=True)
    opened_date = fields.Date(
        string="Opened on", required=True, default=fields.Date.context_today
    )
    state = fields.Selection(
        [("open", "Being looked into"), ("closed", "Closed")],
        required=True,
        default="open",
        index=True,
        tracking=True,
    )
    closed_date = fields.Date(string="Closed on", readonly=True)
    outcome = fields.Selection(OUTCOMES, readonly=True, tracking=True)
    note = fields.Text()

    _amount_positive = models.Constraint(
        "CHECK (amount > 0)", "A claim is about more than nothing."
    )

    @api.depends("bill_id", "opened_date")
    def _compute_display_name(self):
        for claim in self:
            claim.display_name = self.env._("Claim about %s", claim.bill_id.name or "")

    @api.depends("bill_id")
    def _compute_charged_subscription_ids(self):
        for claim in self:
            lines = claim.bill_id.invoice_line_ids
            claim.charged_subscription_ids = lines.telecom_subscription_id

    @api.depends("bill_id", "subscription_id")
    def _compute_amount(self):
        for claim in self:
            claim.amount = claim._largest_amount()

    def _largest_amount(self):
        """Return what can be claimed at most: the service's part of what is open."""
        bill = self.bill_id
        if not self.subscription_id:
            return bill.amount_residual
        charged = sum(self._charging_lines().mapped("price_total"))
        return min(max(charged, 0), bill.amount_residual)

    def _charging_lines(self):
        """Return the lines of the bill that charge the subscription."""
        return self.bill_id.invoice_line_ids.filtered(
            lambda line: line.telecom_subscription_id == self.subscription_id
        )

    @api.constrains("bill_id", "subscription_id", "amount")
    def _check_subscription(self):
        for claim in self.filtered("subscription_id"):
            charged = sum(claim._charging_lines().mapped("price_total"))
            if claim.currency_id.compare_amounts(claim.amount, charged) > 0:
                raise ValidationError(
                    self.env._(
                        "%(bill)s charges %(charged)s for %(subscription)s: the claim "
                        "about it cannot be about more.",
                        bill=claim.bill_id.name,
                        charged=claim.currency_id.format(charged),
                        subscription=claim.subscription_id.display_name,
                    )
                )

    @api.constrains("bill_id", "amount")
    def _check_bill(self):
        for claim in self:
            bill = claim.bill_id
            if bill.state != "posted" or not bill.telecom_billing_account_id:
                raise ValidationError(
                    self.env._(
                        "%s is no posted bill of a billing account: choose another.",
                        bill.display_name,
                    )
                )
            if bill.currency_id.compare_amounts(claim.amount, bill.amount_total) > 0:
                raise ValidationError(
                    self.env._(
                        "The claim is about more than the bill %s comes to.", bill.name
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of ``base``: dunning leaves out the amount at once."""
        claims = super().create(vals_list)
        claims.bill_id._money_moved()
        return claims

    def write(self, vals):
        """Override of ``base``: dunning looks again; what was decided stays."""
        closed = self.filtered(lambda claim: claim.state == "closed")
        if closed and {"bill_id", "amount", "reason", "opened_date"} & vals.keys():
            raise UserError(
                self.env._(
                    "%s is closed and kept as it was decided: open another one.",
                    closed[0].display_name,
                )
            )
        result = super().write(vals)
        if {"amount", "state", "bill_id", "subscription_id"} & vals.keys():
            self.bill_id._money_moved()
        return result

    def action_close_upheld(self):
        """The customer is right; the bill is corrected by who makes the bills."""
        return self._close("upheld")

    def action_close_rejected(self):
        """The bill is right: it is owed again."""
        return self._close("rejected")

    def action_close_withdrawn(self):
        """The customer does not claim any more."""
        return self._close("withdrawn")

    def _close(self, outcome):
        """End open claims."""
        self._require_group("agent", "accountant")
        for claim in self:
            claim._move(
                "closed",
                outcome=outcome,
                closed_date=claim.company_id._telecom_today(),
            )
        return True

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        self._refuse_deletion()
