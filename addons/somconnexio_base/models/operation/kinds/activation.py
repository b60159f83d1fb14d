# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.exceptions import UserError

from ....lifecycle import PENDING
from .base import AGENT, LIFE, TECHNICIAN, OperationKind


class Activate(OperationKind):
    """A pending subscription goes into service."""

    code = "activate"
    label = "Activate"
    lane = LIFE
    states = (PENDING,)
    groups = (AGENT, TECHNICIAN)
    takes = ("note",)
    is_charged_by_day = True
    # Number and SIM may still be missing when the day is agreed.
    is_tried_out = False

    def apply(self, operation):
        """Start tariff and service on the day."""
        operation.subscription_id.activate(operation.execute_date)
        return {}

    def take_back(self, operation):
        """Refuse, with the ways out."""
        raise UserError(
            operation.env._(
                "An activation is not undone: terminate %s, with the reason of a "
                "withdrawal or of a mistake.",
                operation.subscription_id.display_name,
            )
        )
