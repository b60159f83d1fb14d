# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from ....lifecycle import ACTIVE, PENDING, SUSPENDED
from .base import LineKind


class _AddonKind(LineKind):
    states = (PENDING, ACTIVE, SUSPENDED)
    needs = ("product_id",)
    change = "addon"
    planned_notice = "subscription_change_planned"

    def lane_of(self, operation):
        """Let each add-on have a lane of its own."""
        return f"addon:{operation.product_id.id}"


class AddAddon(_AddonKind):
    """Something charged every month beside the tariff."""

    code = "add_addon"
    label = "Add an add-on"
    takes = ("quantity", "note")

    def apply(self, operation):
        """Begin the add-on on the day."""
        operation.subscription_id.add_addon(
            operation.product_id, operation.execute_date, operation.quantity
        )
        return {}


class RemoveAddon(_AddonKind):
    """An add-on ends; the day is the first one without it."""

    code = "remove_addon"
    label = "Remove an add-on"
    takes = ("note",)

    def apply(self, operation):
        """End the add-on the day before."""
        operation.subscription_id.remove_addon(
            operation.product_id, operation.execute_date
        )
        return {}
