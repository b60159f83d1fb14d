# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ProductTemplate(models.Model):
    _inherit = "product.template"

    telecom_tariff_id = fields.Many2one(
        "telecom.tariff",
        string="Usage tariff",
        index="btree_not_null",
        ondelete="restrict",
        domain=[("purpose", "=", "retail")],
        help="Prices of the usage of subscriptions to this offering.",
    )
    telecom_allowance_ids = fields.One2many(
        "telecom.allowance", "product_tmpl_id", string="Included usage", copy=True
    )

    @api.constrains("telecom_tariff_id", "company_id")
    def _check_telecom_tariff_company(self):
        for product in self:
            company = product.company_id
            if company and product.telecom_tariff_id.company_id not in (
                company,
                self.env["res.company"],
            ):
                raise ValidationError(
                    self.env._(
                        "%(product)s belongs to %(company)s and needs a tariff of it.",
                        product=product.display_name,
                        company=company.name,
                    )
                )
