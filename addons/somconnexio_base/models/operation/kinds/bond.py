# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from ....lifecycle import ACTIVE
from .base import LineKind


class BuyBond(LineKind):
    """Something charged once: a data bond, a SIM by courier, an installation."""

    code = "buy_bond"
    label = "Buy a bond"
    states = (ACTIVE,)
    needs = ("product_id",)
    change = "bond"
    takes = ("quantity", "note")

    def apply(self, operation):
        """Charge it on the day, and give what it includes."""
        operation.subscription_id.buy_one_shot(
            operation.product_id, operation.execute_date, operation.quantity
        )
        return {}

    def take_back(self, operation):
        """Take back what it included, then the charge."""
        operation._added_lines()._take_back_inclusions()
        return super().take_back(operation)
