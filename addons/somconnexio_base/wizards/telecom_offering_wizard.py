# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import timedelta

from odoo import fields, models


class TelecomOfferingWizard(models.TransientModel):
    """Ask for an offering and a day, then change the tariff of the subscriptions."""

    _name = "telecom.offering.wizard"
    _description = "Change the Offering of Subscriptions"

    subscription_ids = fields.Many2many(
        "contract.contract", string="Subscriptions", required=True, readonly=True
    )
    service_type_id = fields.Many2one(
        related="subscription_ids.telecom_service_type_id", string="Service type"
    )
    product_id = fields.Many2one(
        "product.product",
        string="New offering",
        required=True,
        domain="[('is_telecom_offering', '=', True),"
        " ('telecom_service_type_id', '=', service_type_id)]",
    )
    date = fields.Date(
        string="From",
        required=True,
        default=lambda self: self._default_date(),
        help="First day of the new offering.",
    )

    def _default_date(self):
        """Return the first day of next month: most tariffs change with the bill."""
        first = self.env.company._telecom_today().replace(day=1)
        return (first + timedelta(days=31)).replace(day=1)

    def action_apply(self):
        """Change the offering of all subscriptions, or of none."""
        self.ensure_one()
        self.subscription_ids.change_offering(self.product_id, self.date)
        return {"type": "ir.actions.act_window_close"}
