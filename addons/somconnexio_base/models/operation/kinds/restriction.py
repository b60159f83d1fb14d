# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.exceptions import UserError

from .base import OperationKind


class Restrict(OperationKind):
    """A part of the service is barred; emergency and incoming calls stay."""

    code = "restrict"
    label = "Restrict"
    lane = "restriction"
    needs = ("restriction_kind", "reason_id")
    takes = ("note",)

    def apply(self, operation):
        """Restrict from the day on."""
        operation.subscription_id.restrict(
            operation.restriction_kind, operation.reason_id, operation.execute_date
        )
        return {}

    def take_back(self, operation):
        """Refuse, with the way out."""
        raise UserError(operation.env._("A restriction is not undone: lift it."))


class LiftRestriction(OperationKind):
    """Nothing is barred any more."""

    code = "lift_restriction"
    label = "Lift a restriction"
    lane = "restriction"
    takes = ("note",)

    def apply(self, operation):
        """Lift the restriction from the day on."""
        operation.subscription_id.lift_restriction(operation.execute_date)
        return {}

    def take_back(self, operation):
        """Refuse, with the way out."""
        raise UserError(
            operation.env._("A lifted restriction is not undone: restrict it again.")
        )
