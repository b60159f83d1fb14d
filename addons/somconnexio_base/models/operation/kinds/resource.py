# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.exceptions import UserError

from ....lifecycle import ACTIVE, PENDING, SUSPENDED
from ...telecom_resource import AVAILABLE, RESERVED
from .base import AGENT, TECHNICIAN, OperationKind


class _SwapKind(OperationKind):
    """One thing that the subscription holds is replaced by another of its kind."""

    states = (PENDING, ACTIVE, SUSPENDED)
    groups = (AGENT, TECHNICIAN)
    needs = ("resource_id",)
    takes = ("replaced_resource_id", "note")
    planned_notice = "subscription_change_planned"
    done_notice = "subscription_changed"
    #: Validators of the kinds of resource that may be swapped.
    validators = ()

    def check(self, operation):
        """Refuse a resource of another kind."""
        resource = operation.resource_id
        if resource.kind_id.validator not in self.validators:
            raise UserError(
                operation.env._(
                    "%(resource)s is of the kind %(kind)s, which this operation does "
                    "not replace: choose another one.",
                    resource=resource.display_name,
                    kind=resource.kind_id.name,
                )
            )

    def hold(self, operation):
        """Reserve the new one for the customer."""
        resource = operation.resource_id
        if resource.state == AVAILABLE:
            resource.reserve(hours=0, partner_id=operation.customer_id.id)

    def let_go(self, operation):
        """Take back the reservation, which anybody may have made; hence superuser."""
        resource = operation.resource_id.sudo()
        is_kept = resource.reserved_for_id == operation.customer_id
        if resource.state == RESERVED and is_kept and not resource._live_assignments():
            resource.action_release()

    def apply(self, operation):
        """Let the old one go and the new one come at the same instant."""
        old = operation.subscription_id.swap_resource(
            operation.resource_id,
            operation._instant(),
            operation.replaced_resource_id,
        )
        return {"old_resource_id": old.id}

    def take_back(self, operation):
        """Give the old one back, from now on, if it still rests."""
        old_id = operation.undo_data["old_resource_id"]
        old = operation.env["telecom.resource"].browse(old_id)
        operation.subscription_id.swap_resource(old, None, operation.resource_id)


class ChangeNumber(_SwapKind):
    """Another telephone number for the same service."""

    code = "change_number"
    label = "Change of number"
    lane = "number"
    change = "number"
    validators = ("msisdn", "fixed_number")


class SwapSim(_SwapKind):
    """Another SIM card, or an eSIM, for the same number."""

    code = "swap_sim"
    label = "Change of SIM or eSIM"
    lane = "sim"
    change = "sim"
    validators = ("iccid",)
    takes = ("replaced_resource_id", "is_lost", "note")

    def apply(self, operation):
        """Swap the card, and lift the barring for the loss of the old one."""
        result = super().apply(operation)
        subscription = operation.subscription_id
        reason = subscription.suspension_reason_id
        if reason.code == "lost_or_stolen":
            subscription.resume(operation.execute_date)
            result["is_resumed"] = True
        return result

    def take_back(self, operation):
        """Refuse to give back a card that was lost; its finder would get it."""
        if operation.is_lost or operation.undo_data.get("is_resumed"):
            raise UserError(
                operation.env._(
                    "The card before this one was lost: choose another one instead "
                    "of giving it back."
                )
            )
        return super().take_back(operation)
