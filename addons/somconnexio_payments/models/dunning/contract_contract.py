# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class ContractContract(models.Model):
    """What a subscription has to do with unpaid bills."""

    _inherit = "contract.contract"

    telecom_is_essential = fields.Boolean(
        string="Essential line",
        tracking=True,
        help="Never restricted or suspended for unpaid bills: an alarm, a care line.",
    )
    dunning_amount = fields.Monetary(
        string="Overdue",
        compute="_compute_dunning_amount",
        groups="somconnexio_base.group_telecom_agent,"
        "somconnexio_base.group_telecom_accountant",
    )

    def _compute_dunning_amount(self):
        amounts = dict(
            self.env["telecom.dunning.line"]._read_group(
                [("subscription_id", "in", self.ids)],
                ["subscription_id"],
                ["amount:sum"],
            )
        )
        for subscription in self:
            subscription.dunning_amount = amounts.get(subscription, 0)

    def action_view_dunning(self):
        """Open the dunning case of the subscription's billing account."""
        self.ensure_one()
        return self.telecom_billing_account_id.action_view_dunning()
