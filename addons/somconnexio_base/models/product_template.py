# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import ValidationError

LINE_KIND_BY_TELECOM_KIND = {
    "offering": "tariff",
    "addon": "addon",
    "one_shot": "one_shot",
    "discount": "discount",
}


class ProductTemplate(models.Model):
    _inherit = "product.template"

    telecom_service_type_id = fields.Many2one(
        "telecom.service.type",
        string="Service type",
        index="btree_not_null",
        ondelete="restrict",
    )
    telecom_kind = fields.Selection(
        [
            ("offering", "Offering"),
            ("addon", "Add-on"),
            ("one_shot", "One-shot"),
            ("discount", "Discount"),
        ],
        index="btree_not_null",
        help="What a subscription's line with this product is: the tariff itself, "
        "something added every month, a single charge, or a discount.",
    )
    is_telecom_offering = fields.Boolean(
        compute="_compute_is_telecom_offering",
        store=True,
        help="The product can be the tariff of a subscription.",
    )
    download_mbps = fields.Integer(string="Download (Mbit/s)")
    upload_mbps = fields.Integer(string="Upload (Mbit/s)")

    _telecom_speed_not_negative = models.Constraint(
        "CHECK (download_mbps >= 0 AND upload_mbps >= 0)",
        "A speed must be zero (not stated) or more Mbit/s.",
    )

    @api.depends("telecom_kind")
    def _compute_is_telecom_offering(self):
        for product in self:
            product.is_telecom_offering = product.telecom_kind == "offering"

    @api.constrains("telecom_kind", "telecom_service_type_id", "type")
    def _check_telecom_product(self):
        for product in self.filtered("telecom_kind"):
            if product.type != "service":
                raise ValidationError(
                    self.env._(
                        "%(product)s is sold to subscriptions: set its product type "
                        "to Service.",
                        product=product.display_name,
                    )
                )
            if product.is_telecom_offering and not product.telecom_service_type_id:
                raise ValidationError(
                    self.env._(
                        "Offering %(product)s needs a service type.",
                        product=product.display_name,
                    )
                )

    @api.onchange("telecom_kind")
    def _onchange_telecom_kind(self):
        if self.telecom_kind:
            self.type = "service"
