# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class TelecomOfferingCompatibility(models.Model):
    """With what an add-on or a one-shot goes. Without a row it goes with everything.

    With rows, the tariff must match one that allows and none that excludes.
    """

    _name = "telecom.offering.compatibility"
    _description = "Compatibility of an Add-on"
    _order = "addon_id, kind, id"
    _rec_name = "addon_id"

    addon_id = fields.Many2one(
        "product.template",
        string="Add-on or one-shot",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("telecom_kind", "in", ("addon", "one_shot", "discount"))],
    )
    kind = fields.Selection(
        [("allowed", "Goes with"), ("excluded", "Not with")],
        required=True,
        default="allowed",
    )
    service_type_id = fields.Many2one("telecom.service.type", ondelete="cascade")
    offering_id = fields.Many2one(
        "product.template",
        index="btree_not_null",
        ondelete="cascade",
        domain=[("telecom_kind", "=", "offering")],
        help="Empty: all offerings of the service type.",
    )
    company_id = fields.Many2one(related="addon_id.company_id", store=True)

    _row_unique = models.UniqueIndex(
        "(addon_id, COALESCE(offering_id, 0), COALESCE(service_type_id, 0))",
        "The compatibility of this add-on with that is said twice.",
    )

    @api.constrains("addon_id", "offering_id", "service_type_id")
    def _check_row(self):
        for row in self:
            if row.addon_id.telecom_kind not in ("addon", "one_shot", "discount"):
                raise ValidationError(
                    self.env._(
                        "%(name)s is no add-on, one-shot or discount.",
                        name=row.addon_id.display_name,
                    )
                )
            if not (row.offering_id or row.service_type_id):
                raise ValidationError(
                    self.env._(
                        "Say with which offering or service type %(name)s goes.",
                        name=row.addon_id.display_name,
                    )
                )

    def _matches(self, offering):
        """Tell whether the row speaks of an offering (product.template)."""
        self.ensure_one()
        if self.offering_id:
            return self.offering_id == offering
        return self.service_type_id == offering.telecom_service_type_id
