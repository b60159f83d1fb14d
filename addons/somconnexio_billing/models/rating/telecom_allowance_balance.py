# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError


class TelecomAllowanceBalance(models.Model):
    """What a subscription or account has of an allowance, and what it used of it.

    Derived: the rating writes it, for each month that it prices. One row per owner,
    allowance, month and month of origin; one-shot allowances have one row for life.
    """

    _name = "telecom.allowance.balance"
    _description = "Allowance balance"
    _order = "month_date desc, subscription_id, allowance_id, origin_date, id"
    _rec_name = "allowance_id"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    #: Subscription, or minus the billing account: part of the unique key.
    owner_key = fields.Integer(required=True, readonly=True, aggregator=None)
    subscription_id = fields.Many2one(
        "contract.contract",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        help="Empty for what a billing account shares.",
    )
    billing_account_id = fields.Many2one(
        "telecom.billing.account",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    allowance_id = fields.Many2one(
        "telecom.allowance", required=True, readonly=True, ondelete="cascade"
    )
    grant_id = fields.Many2one(
        "telecom.allowance.grant",
        string="One-shot",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    month_date = fields.Date(
        string="Month",
        readonly=True,
        help="First day of the month of usage. Empty for one-shot allowances.",
    )
    origin_date = fields.Date(
        string="Month of origin",
        readonly=True,
        help="Month that it was given in; earlier than the month when rolled over.",
    )
    is_unlimited = fields.Boolean(string="Unlimited", readonly=True)
    granted = fields.Float(
        digits=False,
        readonly=True,
        help="Available in the month, in base units or money.",
    )
    used = fields.Float(digits=False, readonly=True)
    expires_at = fields.Datetime(string="Expires", readonly=True)
    remaining = fields.Float(digits=False, compute="_compute_remaining")
    used_ratio = fields.Float(
        string="Used (%)", compute="_compute_remaining", aggregator=None
    )
    shown_granted = fields.Char(string="Included", compute="_compute_shown")
    shown_used = fields.Char(string="Used of it", compute="_compute_shown")

    _once = models.UniqueIndex(
        "(owner_key, allowance_id, COALESCE(month_date, 'infinity'),"
        " COALESCE(origin_date, 'infinity'), COALESCE(grant_id, 0))",
        "This balance is there already.",
    )

    @api.depends("granted", "used", "is_unlimited")
    def _compute_remaining(self):
        for balance in self:
            left = max(balance.granted - balance.used, 0)
            balance.remaining = 0 if balance.is_unlimited else left
            balance.used_ratio = (
                balance.used / balance.granted if balance.granted else 0
            )

    @api.depends_context("lang")
    @api.depends("granted", "used", "allowance_id")
    def _compute_shown(self):
        for balance in self:
            allowance = balance.allowance_id
            balance.shown_used = allowance._format(balance.used)
            balance.shown_granted = (
                self.env._("unlimited")
                if balance.is_unlimited
                else allowance._format(balance.granted)
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse: the rating writes balances.

        :raise UserError: always
        """
        raise UserError(self.env._("Balances are written by the rating only."))
