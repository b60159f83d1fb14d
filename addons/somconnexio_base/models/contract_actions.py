# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models


class ContractContract(models.Model):
    """What the buttons of a subscription open."""

    _inherit = "contract.contract"

    telecom_bill_count = fields.Integer(compute="_compute_telecom_bill_count")
    collection_warning = fields.Char(
        related="telecom_billing_account_id.collection_warning"
    )

    @api.onchange("telecom_billing_account_id")
    def _onchange_telecom_billing_account_id(self):
        """Offer the payer of the account as holder of the subscription."""
        account = self.telecom_billing_account_id
        if account and not self.partner_id:
            self.partner_id = account.partner_id
        if account:
            self.invoice_partner_id = account.partner_id

    @api.onchange("telecom_service_type_id")
    def _onchange_telecom_service_type_id(self):
        """Offer the type of service as the label of the subscription."""
        if self.telecom_service_type_id and not self.name:
            self.name = self.telecom_service_type_id.name

    def _creation_message(self):
        """Override of ``mail`` to call a subscription by its name."""
        if self.is_telecom:
            return self.env._("Subscription created")
        return super()._creation_message()

    def _compute_telecom_bill_count(self):
        counts = dict(
            self.env["account.move.line"]._read_group(
                [
                    ("telecom_subscription_id", "in", self.ids),
                    ("move_id.move_type", "in", ("out_invoice", "out_refund")),
                ],
                ["telecom_subscription_id"],
                ["move_id:count_distinct"],
            )
        )
        for subscription in self:
            subscription.telecom_bill_count = counts.get(subscription, 0)

    def get_formview_id(self, access_uid=None):
        """Override of ``contract`` to open subscriptions in their own form."""
        if self[:1].is_telecom:
            return self.env.ref("somconnexio_base.view_telecom_subscription_form").id
        return super().get_formview_id(access_uid=access_uid)

    def action_activate(self):
        """Ask from which day the subscriptions are in service."""
        return self._open_operation_wizard("activate", self.env._("Activate"))

    def action_suspend(self):
        """Ask why and from which day the subscriptions are suspended."""
        return self._open_operation_wizard("suspend", self.env._("Suspend"))

    def action_resume(self):
        """Ask from which day the subscriptions are in service again."""
        return self._open_operation_wizard("resume", self.env._("Resume"))

    def action_terminate(self):
        """Ask why and on which day the subscriptions end."""
        return self._open_operation_wizard("terminate", self.env._("Terminate"))

    def action_cancel_termination(self):
        """Take back the planned termination."""
        self.request_termination_cancel()
        return True

    def action_change_offering(self):
        """Ask which offering the subscriptions get, and from which day."""
        return self._open_operation_wizard(
            "change_offering", self.env._("Change tariff")
        )

    def action_view_telecom_bills(self):
        """Open the bills on which this subscription has a line."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account.action_move_out_invoice_type"
        )
        action["domain"] = [
            ("line_ids.telecom_subscription_id", "=", self.id),
            ("move_type", "in", ("out_invoice", "out_refund")),
        ]
        action["context"] = {"create": False}
        return action

    def _open_wizard(self, model_name, title, context):
        """Return the action of a dialog about these subscriptions."""
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": model_name,
            "view_mode": "form",
            "target": "new",
            "context": {**context, "default_subscription_ids": self.ids},
        }
