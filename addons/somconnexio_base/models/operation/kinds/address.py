# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from ....lifecycle import ACTIVE, PENDING, SUSPENDED
from .base import ADDRESS_TERMS, OperationKind


class ChangeAddress(OperationKind):
    """The service is delivered elsewhere, over another line if it has one."""

    code = "change_address"
    label = "Change of address"
    lane = "address"
    states = (PENDING, ACTIVE, SUSPENDED)
    takes = ("service_partner_id", *ADDRESS_TERMS, "resource_id", "note")
    change = "address"
    planned_notice = "subscription_change_planned"
    done_notice = "subscription_changed"

    def apply(self, operation):
        """Write the address; swap the access line at the same instant."""
        subscription = operation.subscription_id
        old = subscription.service_partner_id
        new = operation.service_partner_id or operation._create_address(
            subscription.partner_id
        )
        subscription.move_service(new)
        result = {"old_partner_id": old.id, "new_partner_id": new.id}
        if operation.resource_id:
            swapped = subscription.swap_resource(
                operation.resource_id, operation._instant()
            )
            result["old_resource_id"] = swapped.id
        return result

    def take_back(self, operation):
        """Write the old address, and give the old line back from now on."""
        data = operation.undo_data
        subscription = operation.subscription_id
        Partner = operation.env["res.partner"]
        operation._check_unchanged(
            subscription.service_partner_id, Partner.browse(data["new_partner_id"])
        )
        subscription.move_service(Partner.browse(data["old_partner_id"]).exists())
        if data.get("old_resource_id"):
            old = operation.env["telecom.resource"].browse(data["old_resource_id"])
            subscription.swap_resource(old, None, operation.resource_id)
