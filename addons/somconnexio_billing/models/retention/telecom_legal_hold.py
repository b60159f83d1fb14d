# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models


class TelecomLegalHold(models.Model):
    """Somebody's usage must be kept, whatever its age: a claim, a judge's order."""

    _name = "telecom.legal.hold"
    _description = "Legal hold"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _check_company_auto = True

    reason = fields.Char(required=True, tracking=True, help="Who asks for it, and why.")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    subscription_id = fields.Many2one(
        "contract.contract",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        domain=[("is_telecom", "=", True)],
    )
    billing_account_id = fields.Many2one(
        "telecom.billing.account",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Holds the usage of all its subscriptions.",
    )
    released_at = fields.Datetime(
        string="Released", readonly=True, copy=False, tracking=True
    )
    released_by_id = fields.Many2one("res.users", readonly=True, copy=False)

    _one_target = models.Constraint(
        "CHECK((subscription_id IS NULL) <> (billing_account_id IS NULL))",
        "Hold either a subscription or a billing account.",
    )

    @api.depends("subscription_id", "billing_account_id", "reason")
    def _compute_display_name(self):
        for hold in self:
            target = hold.subscription_id or hold.billing_account_id
            parts = filter(None, (target.display_name, hold.reason))
            hold.display_name = ": ".join(parts)

    def action_release(self):
        """End these holds; what only they kept goes with the next clean-up."""
        self.check_access("write")
        held = self.filtered(lambda hold: not hold.released_at)
        held.write(
            {"released_at": fields.Datetime.now(), "released_by_id": self.env.uid}
        )
