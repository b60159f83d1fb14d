# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.exceptions import UserError

from ....lifecycle import ACTIVE, SUSPENDED
from .base import LIFE, OperationKind


class Suspend(OperationKind):
    """The service is withheld for a reason; number and tariff are kept."""

    code = "suspend"
    label = "Suspend"
    lane = LIFE
    states = (ACTIVE,)
    needs = ("reason_id",)
    takes = ("note",)
    is_charged_by_day = True

    def apply(self, operation):
        """Suspend from the day on."""
        operation.subscription_id.suspend(operation.reason_id, operation.execute_date)
        return {}

    def take_back(self, operation):
        """Refuse, with the way out."""
        raise UserError(operation.env._("A suspension is not undone: resume it."))


class Resume(OperationKind):
    """The service is given back."""

    code = "resume"
    label = "Resume"
    lane = LIFE
    states = (SUSPENDED,)
    takes = ("note",)
    is_charged_by_day = True

    def apply(self, operation):
        """Resume from the day on."""
        operation.subscription_id.resume(operation.execute_date)
        return {}

    def take_back(self, operation):
        """Refuse, with the way out."""
        raise UserError(
            operation.env._("A resumption is not undone: suspend it again.")
        )
