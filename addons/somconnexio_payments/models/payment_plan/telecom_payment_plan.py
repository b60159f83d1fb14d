# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.somconnexio_base.cooperative.instalments import due_dates
from odoo.addons.somconnexio_base.money import exact

from ...dunning_rules import states
from ...dunning_rules.instalments import split_debt

#: What is said while a plan is made; fixed once it is agreed.
TERMS = frozenset(
    {
        "billing_account_id",
        "bill_ids",
        "instalment_count",
        "first_date",
        "collection_method",
        "restores_service",
    }
)


class TelecomPaymentPlan(models.Model):
    """A debt that is paid in parts, as agreed with the payer.

    Dunning waits while it is kept. What comes in for its bills, in whatever way, covers
    the instalments, the oldest first.
    """

    _name = "telecom.payment.plan"
    _description = "Payment Plan"
    _inherit = ["cooperative.state.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "code"
    _rec_names_search = ["code", "billing_account_id"]
    _check_company_auto = True

    _state_table = states.PLAN
    _guarded_fields = frozenset(
        {
            "state",
            "code",
            "amount",
            "opening_residual",
            "paid_amount",
            "agreed_date",
            "agreed_by_id",
            "broken_date",
            "next_due_date",
            "replaces_id",
        }
    )

    code = fields.Char(readonly=True, copy=False, default="")
    billing_account_id = fields.Many2one(
        "telecom.billing.account",
        string="Billing account",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        related="billing_account_id.partner_id", string="Payer", store=True
    )
    company_id = fields.Many2one(
        related="billing_account_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    bill_ids = fields.Many2many(
        "account.move",
        "telecom_payment_plan_bill",
        "plan_id",
        "bill_id",
        string="Bills",
        compute="_compute_bill_ids",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('telecom_billing_account_id', '=', billing_account_id),"
        " ('move_type', '=', 'out_invoice'), ('state', '=', 'posted'),"
        " ('payment_state', 'in', ('not_paid', 'partial'))]",
    )
    amount = fields.Monetary(string="Debt", compute="_compute_amount", store=True)
    opening_residual = fields.Monetary(
        string="Open when agreed",
        readonly=True,
        help="What was open of the bills when the plan was agreed.",
    )
    instalment_count = fields.Integer(string="Instalments", default=3, required=True)
    first_date = fields.Date(
        string="First instalment on",
        required=True,
        default=lambda self: fields.Date.add(fields.Date.context_today(self), months=1),
    )
    collection_method = fields.Selection(
        [("direct_debit", "Direct debit"), ("transfer", "Transfer")],
        string="Paid by",
        compute="_compute_collection_method",
        store=True,
        readonly=False,
        precompute=True,
    )
    restores_service = fields.Boolean(
        string="Give the service back at once",
        default=True,
        help="What dunning withheld is given back when the plan is agreed.",
    )
    instalment_ids = fields.One2many("telecom.payment.plan.instalment", "plan_id")
    paid_amount = fields.Monetary(string="Paid so far", readonly=True)
    next_due_date = fields.Date(
        string="Next instalment", readonly=True, help="The oldest that is not paid."
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("agreed", "Agreed"),
            ("broken", "Broken"),
            ("done", "All paid"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="draft",
        index=True,
        tracking=True,
    )
    agreed_date = fields.Date(string="Agreed on", readonly=True)
    agreed_by_id = fields.Many2one("res.users", string="Agreed by", readonly=True)
    replaces_id = fields.Many2one(
        "telecom.payment.plan",
        string="In place of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="That plan ends when this one is agreed.",
    )
    broken_date = fields.Date(string="Broken on", readonly=True)
    note = fields.Text()

    _agreed_once = models.UniqueIndex(
        "(billing_account_id) WHERE state = 'agreed'",
        "This billing account has a payment plan already.",
    )
    _count_positive = models.Constraint(
        "CHECK (instalment_count > 0)", "A plan has an instalment or more."
    )

    @api.depends("billing_account_id")
    def _compute_bill_ids(self):
        """Take all bills of the account that are open."""
        for plan in self:
            plan.bill_ids = plan.billing_account_id.move_ids.filtered(is_open_bill)

    @api.depends("billing_account_id")
    def _compute_collection_method(self):
        for plan in self:
            account = plan.billing_account_id
            can_debit = account.collection_method == "direct_debit" and account.id
            if can_debit and plan._has_mandate():
                plan.collection_method = "direct_debit"
            else:
                plan.collection_method = "transfer"

    @api.depends("bill_ids", "bill_ids.amount_residual", "bill_ids.dispute_ids.state")
    def _compute_amount(self):
        """Sum what is open and not disputed, until it is agreed."""
        for plan in self:
            if plan.state != "draft":
                plan.amount = plan.amount
                continue
            open_amount = sum(plan.bill_ids.mapped("amount_residual"))
            disputed = sum(bill._disputed_amount() for bill in plan.bill_ids)
            plan.amount = max(open_amount - float(disputed), 0)

    @api.constrains("billing_account_id", "bill_ids")
    def _check_own_bills(self):
        for plan in self:
            others = plan.sudo().bill_ids.filtered(
                lambda bill, plan=plan: (
                    bill.telecom_billing_account_id != plan.billing_account_id
                )
            )
            if others:
                raise ValidationError(
                    self.env._(
                        "%(bill)s is not a bill of %(account)s: choose its own bills.",
                        bill=others[0].display_name,
                        account=plan.billing_account_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of ``base`` to draw codes and lay out the instalments."""
        plans = super().create(vals_list)
        for company, some in plans.grouped("company_id").items():
            codes = self.env["ir.sequence"].next_codes(self._name, company, len(some))
            for plan, code in zip(some, codes, strict=True):
                plan._write_guarded(code=code)
        plans._lay_out()
        return plans

    def write(self, vals):
        """Override of ``base`` to keep the terms that were agreed."""
        if TERMS & vals.keys():
            self._check_terms_open()
        result = super().write(vals)
        if TERMS & vals.keys():
            self._lay_out()
        return result

    def _check_terms_open(self):
        """Raise for a plan whose terms are agreed."""
        for plan in self.filtered(lambda one: one.state != "draft"):
            raise UserError(
                self.env._(
                    "The terms of %s are agreed: cancel it and make another one.",
                    plan.display_name,
                )
            )

    def _lay_out(self):
        """Write the instalments of drafts anew: equal, one a month, to the cent."""
        for plan in self:
            days = due_dates(plan.first_date, plan.instalment_count)
            amounts = plan._parts()
            rows = [
                Command.create({"sequence": place, "due_date": day, "amount": amount})
                for place, (day, amount) in enumerate(
                    zip(days, amounts, strict=False), 1
                )
            ]
            # Rows of a plan are written by the plan only.
            plan.sudo().instalment_ids.unlink()
            plan.sudo().write({"instalment_ids": rows})

    def _parts(self):
        """Return the amounts of the instalments; none while nothing is owed."""
        step = exact(self.currency_id.rounding).normalize()
        amount = exact(self.amount).quantize(step)
        if amount < step * self.instalment_count:
            return []
        return split_debt(amount, self.instalment_count, step)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        self.filtered(lambda plan: plan.state != "draft")._refuse_deletion()


def is_open_bill(move):
    """Tell whether something of a bill is owed."""
    return (
        move.move_type == "out_invoice"
        and move.state == "posted"
        and move.payment_state in ("not_paid", "partial")
    )
