# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models

from ... import lifecycle
from ...trial import is_trial

#: State before and after -> the notice that the customer gets.
NOTICES = {
    (lifecycle.PENDING, lifecycle.ACTIVE): "subscription_activated",
    (lifecycle.SUSPENDED, lifecycle.ACTIVE): "subscription_resumed",
    (lifecycle.ACTIVE, lifecycle.SUSPENDED): "subscription_suspended",
    (lifecycle.ACTIVE, lifecycle.TERMINATED): "subscription_terminated",
    (lifecycle.SUSPENDED, lifecycle.TERMINATED): "subscription_terminated",
}


class ContractContract(models.Model):
    """What follows from a change of state, whoever makes it."""

    _inherit = "contract.contract"

    def _transition(self, to_state, day, vals=None, reason=None):
        """Override of ``somconnexio_base`` to keep discounts and plans in step."""
        before = self.grouped("telecom_state")
        if to_state == lifecycle.SUSPENDED:
            self._start_suspension_discount(reason, day)
        elif lifecycle.SUSPENDED in before and to_state == lifecycle.ACTIVE:
            before[lifecycle.SUSPENDED]._end_suspension_discount(day)
        result = super()._transition(to_state, day, vals, reason)
        if to_state == lifecycle.TERMINATED:
            self._settle_pending_operations()
        for from_state, subscriptions in before.items():
            subscriptions._announce_state(from_state, to_state, day)
        return result

    def _announce_state(self, from_state, to_state, day):
        """Tell the customers about a change of state."""
        if is_trial(self.env) or self.env.context.get("telecom_quiet"):
            return
        notice = NOTICES.get((from_state, to_state))
        if notice:
            self.env["telecom.notice"]._announce(notice, self, f"{to_state} {day}")

    def _settle_pending_operations(self):
        """Finish the operation that planned this end; call off all others."""
        planned = self.env["telecom.subscription.operation"].search(
            [("subscription_id", "in", self.ids), ("state", "=", "planned")]
        )
        own_id = self.env.context.get("telecom_operation_id")
        pending = planned.filtered(
            lambda operation: own_id not in (operation.id, operation.leader_id.id)
        )
        endings = pending.filtered(lambda operation: operation.kind == "terminate")
        for operation in endings.filtered("has_laid_lines"):
            operation._mark_done()
        (pending - endings)._drop()
