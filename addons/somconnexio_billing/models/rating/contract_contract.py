# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models


class ContractContract(models.Model):
    _inherit = "contract.contract"

    def action_view_allowance_balances(self):
        """Open what the subscription, or its account, has left of its allowances."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_billing.action_telecom_allowance_balance"
        )
        domain = [
            ("owner_key", "in", [self.id, -self.telecom_billing_account_id.id]),
        ]
        return {**action, "domain": domain}
