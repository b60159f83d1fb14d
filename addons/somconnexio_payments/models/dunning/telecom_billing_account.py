# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models


class TelecomBillingAccount(models.Model):
    """How a billing account stands with unpaid bills."""

    _inherit = "telecom.billing.account"

    dunning_case_ids = fields.One2many("telecom.dunning.case", "billing_account_id")
    dunning_amount = fields.Monetary(
        string="Overdue",
        compute="_compute_dunning_amount",
        groups="somconnexio_base.group_telecom_agent,"
        "somconnexio_base.group_telecom_accountant",
    )

    @api.depends("dunning_case_ids.owed_amount", "dunning_case_ids.state")
    def _compute_dunning_amount(self):
        for account in self:
            live = account.dunning_case_ids.filtered(lambda one: one.state != "clear")
            account.dunning_amount = sum(live.mapped("owed_amount"))

    def action_view_dunning(self):
        """Open the dunning case of the account."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_payments.action_telecom_dunning_case"
        )
        action.update(domain=[("billing_account_id", "=", self.id)], context={})
        if case := self.dunning_case_ids:
            form = [(False, "form")]
            action.update(views=form, view_mode="form", res_id=case[:1].id)
        return action

    def action_new_payment_plan(self):
        """Open the dialog for a payment plan over all that is overdue."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Payment plan"),
            "res_model": "telecom.payment.plan",
            "view_mode": "form",
            "context": {"default_billing_account_id": self.id},
        }
