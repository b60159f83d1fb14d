# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models


class ContractContract(models.Model):
    """What a subscription knows of the operations on it."""

    _name = "contract.contract"
    _inherit = ["contract.contract", "telecom.version.mixin"]

    operation_ids = fields.One2many(
        "telecom.subscription.operation", "subscription_id", string="Operations"
    )
    operation_count = fields.Integer(compute="_compute_operation_count")
    pending_operation_text = fields.Char(
        string="Pending", compute="_compute_pending_operation_text"
    )

    def _operation_domain(self):
        """Return the domain of the operations on the subscription."""
        return [("subscription_id", "=", self.id)]

    def _compute_operation_count(self):
        counts = dict(
            self.env["telecom.subscription.operation"]._read_group(
                [("subscription_id", "in", self.ids)], ["subscription_id"], ["__count"]
            )
        )
        for subscription in self:
            subscription.operation_count = counts.get(subscription, 0)

    @api.depends("operation_ids.state")
    def _compute_pending_operation_text(self):
        """Say what is going to happen, the next thing first."""
        pending = self.env["telecom.subscription.operation"].search(
            [("subscription_id", "in", self.ids), ("state", "=", "planned")],
            order="execute_date, id",
        )
        by_subscription = pending.grouped("subscription_id")
        for subscription in self:
            own = by_subscription.get(subscription, pending.browse())
            subscription.pending_operation_text = ", ".join(
                self.env._(
                    "%(kind)s on %(date)s",
                    kind=operation._kind_label(),
                    date=operation._day_text(),
                )
                for operation in own
            )

    def action_view_operations(self):
        """Open what was asked for about this subscription."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_base.action_telecom_operation"
        )
        return {**action, "domain": self._operation_domain(), "context": {}}

    def action_operate(self):
        """Ask which operation to do, out of those that are not buttons."""
        return self._open_operation_wizard(
            "add_addon", self.env._("Change"), default_is_kind_open=True
        )

    def _open_operation_wizard(self, kind, title, **context):
        """Return the action of the dialog that asks for an operation."""
        versions = self._versions() | self.telecom_billing_account_id._versions()
        context.update(default_kind=kind, default_versions=versions)
        return self._open_wizard("telecom.operation.wizard", title, context)
