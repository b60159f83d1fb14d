# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError


class TelecomAllowanceGrant(models.Model):
    """A one-shot allowance that a subscription has, such as a gigabyte bought once.

    It counts once over its whole life, also across months, and doesn't renew.
    """

    _name = "telecom.allowance.grant"
    _description = "One-shot allowance of a subscription"
    _order = "subscription_id, valid_from_at, id"
    _rec_name = "allowance_id"

    subscription_id = fields.Many2one(
        "contract.contract",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("is_telecom", "=", True)],
    )
    company_id = fields.Many2one(
        related="subscription_id.company_id", store=True, index=True
    )
    allowance_id = fields.Many2one(
        "telecom.allowance",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("is_one_shot", "=", True)],
    )
    valid_from_at = fields.Datetime(
        string="Valid from", required=True, default=fields.Datetime.now
    )
    expires_at = fields.Datetime(
        string="Expires", help="From this instant on it covers nothing. Empty: never."
    )
    quantity = fields.Float(
        string="Quantity (base units)",
        digits=False,
        min_display_digits=0,
        required=True,
        aggregator=None,
        compute="_compute_quantity",
        store=True,
        readonly=False,
        precompute=True,
        help="In base units, or money; proposed by the allowance.",
    )
    shown_quantity = fields.Char(string="Given", compute="_compute_shown_quantity")

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "A one-shot allowance gives more than zero."
    )
    _validity_order = models.Constraint(
        "CHECK (valid_from_at < expires_at)",
        "A one-shot allowance expires after it becomes valid.",
    )

    @api.depends("allowance_id")
    def _compute_quantity(self):
        for grant in self:
            allowance = grant.allowance_id
            is_money = allowance.kind == "money"
            proposed = allowance.amount if is_money else allowance.quantity
            grant.quantity = proposed or grant.quantity

    @api.depends_context("lang")
    @api.depends("quantity", "allowance_id")
    def _compute_shown_quantity(self):
        for grant in self:
            grant.shown_quantity = grant.allowance_id._format(grant.quantity)

    @api.constrains("allowance_id")
    def _check_allowance_id(self):
        for grant in self:
            if not grant.allowance_id.is_one_shot:
                raise UserError(
                    self.env._(
                        "%(allowance)s is given each month. Choose a one-shot"
                        " allowance.",
                        allowance=grant.allowance_id.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        Balance = self.env["telecom.allowance.balance"].sudo()
        used = Balance.search([("grant_id", "in", self.ids), ("used", ">", 0)], limit=1)
        if used:
            raise UserError(
                self.env._(
                    "Usage was covered by %(grant)s: it cannot be deleted. Let it"
                    " expire.",
                    grant=used.grant_id.display_name,
                )
            )
