# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..telecom_resource import RESERVED
from .telecom_resource_reservation import TECHNICIAN


class TelecomResourceAssignment(models.Model):
    """What is kept for one is not given to another."""

    _inherit = "telecom.resource.assignment"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of ``somconnexio_base`` to respect reservations."""
        if not self.env.su and not self.env.user.has_group(TECHNICIAN):
            for vals in vals_list:
                self._check_reservation(vals)
        return super().create(vals_list)

    @api.model
    def _check_reservation(self, vals):
        """Raise when values give away what somebody else has reserved."""
        resource = self.env["telecom.resource"].browse(vals.get("resource_id"))
        subscription = self.env["contract.contract"].browse(vals.get("subscription_id"))
        if resource.state != RESERVED or not resource.reserved_by_id:
            return
        until_at = resource.reserved_until_at
        is_over = until_at and until_at <= fields.Datetime.now()
        is_own = resource.reserved_by_id == self.env.user
        customer = subscription.partner_id.commercial_partner_id
        is_for = customer and (
            resource.reserved_for_id.commercial_partner_id == customer
        )
        if is_over or is_own or is_for:
            return
        raise ValidationError(
            self.env._(
                "%(resource)s is reserved by %(user)s until %(until)s (UTC): choose "
                "another one, or ask for its release.",
                resource=resource.display_name,
                user=resource.reserved_by_id.name,
                until=until_at or self.env._("it is released"),
            )
        )
