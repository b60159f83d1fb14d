# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.somconnexio_base.models.restriction import (
    telecom_subscription_restriction as restriction,
)


class TelecomDunningLine(models.Model):
    """What of a case belongs to one subscription, and what dunning did to it.

    Written by the runs only. What dunning did is remembered, so that a payment undoes
    that and nothing that somebody else did.
    """

    _name = "telecom.dunning.line"
    _description = "Subscription of a Dunning Case"
    _order = "amount desc, id"
    _rec_name = "subscription_id"

    case_id = fields.Many2one(
        "telecom.dunning.case", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    subscription_id = fields.Many2one(
        "contract.contract", required=True, index=True, ondelete="cascade"
    )
    subscription_state = fields.Selection(related="subscription_id.telecom_state")
    is_essential = fields.Boolean(related="subscription_id.telecom_is_essential")
    amount = fields.Monetary(
        string="Unpaid", help="Its part of the overdue bills, without what is disputed."
    )
    bill_count = fields.Integer(string="Bills")
    oldest_due_date = fields.Date(string="Due since")
    restricted_kind = fields.Selection(
        restriction.KINDS, string="Barred by dunning", readonly=True
    )
    suspended_date = fields.Date(string="Suspended by dunning", readonly=True)
    terminated_date = fields.Date(string="Ended by dunning", readonly=True)

    _once = models.Constraint(
        "UNIQUE (case_id, subscription_id)", "A subscription is once in a case."
    )

    def unlink(self):
        """Refuse: what was done to a subscription stays known."""
        if not self.env.su:
            raise UserError(
                self.env._("The subscriptions of a case are kept with its history.")
            )
        return super().unlink()
