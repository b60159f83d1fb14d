# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models

from .summary_section import MAX_ROWS, row, section

OPERATION_LEVELS = {"failed": "danger", "planned": "warning"}


class ResPartner(models.Model):
    """What was asked for about a customer's subscriptions, in the 360° view."""

    _inherit = "res.partner"

    def _summary_sections(self):
        """Override to add operations."""
        return [*super()._summary_sections(), self._summary_operations()]

    def _summary_operations(self):
        """Return what was asked for, the latest first."""
        Operation = self.env["telecom.subscription.operation"]
        domain = [("customer_id", "in", self._summary_family().ids)]
        operations = Operation.search(domain, order="id desc", limit=MAX_ROWS)
        kinds = self._selection_labels(Operation._name, "kind")
        states = self._selection_labels(Operation._name, "state")
        return section(
            "operations",
            self.env._("Operations"),
            50,
            icon="fa-tasks",
            columns=[
                self.env._("Operation"),
                self.env._("On"),
                self.env._("State"),
                self.env._("Subscription"),
            ],
            rows=[
                row(
                    operation,
                    [
                        kinds.get(operation.kind),
                        self._shown_date(operation.execute_date),
                        states.get(operation.state),
                        operation.subscription_id.display_name,
                    ],
                    OPERATION_LEVELS.get(operation.state, ""),
                )
                for operation in operations
            ],
            count=Operation.search_count(domain),
            empty=self.env._("Nothing was asked for"),
            button="action_view_telecom_operations",
        )

    def action_view_telecom_operations(self):
        """Open what was asked for about this customer's subscriptions."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_base.action_telecom_operation"
        )
        family = self.commercial_partner_id._summary_family()
        action["domain"] = [("customer_id", "in", family.ids)]
        action["context"] = {"create": False}
        return action
