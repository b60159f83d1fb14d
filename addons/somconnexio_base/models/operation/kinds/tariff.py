# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.exceptions import UserError

from ....lifecycle import ACTIVE, PENDING, SUSPENDED
from .base import LineKind


class ChangeTariff(LineKind):
    """Another offering of the same type of service, from a day on."""

    code = "change_offering"
    label = "Change of tariff"
    lane = "tariff"
    states = (PENDING, ACTIVE, SUSPENDED)
    needs = ("product_id",)
    takes = ("note",)
    planned_notice = "subscription_change_planned"

    def check(self, operation):
        """Refuse the offering that the subscription has on that day anyway."""
        subscription = operation.subscription_id
        running = subscription._telecom_tariff_line_on(operation.execute_date)
        is_same = running.product_id == operation.product_id
        if is_same and running.date_start <= operation.execute_date:
            raise UserError(
                operation.env._(
                    "Subscription %(subscription)s has %(offering)s on %(date)s "
                    "already.",
                    subscription=subscription.display_name,
                    offering=running.product_id.display_name,
                    date=operation._day_text(),
                )
            )

    def apply(self, operation):
        """End the tariff in force and begin the new one."""
        operation.subscription_id.change_offering(
            operation.product_id, operation.execute_date
        )
        return {}
