# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from .product_template import DISCOUNT_SCOPES, DISCOUNT_TYPES, FEE_TIMINGS

DISCOUNT_FIELDS = (
    "telecom_discount_type",
    "telecom_discount_percent",
    "telecom_discount_scope",
    "telecom_discount_max_count",
    "telecom_discount_max_amount",
)


class ContractLine(models.Model):
    """What a subscription pays for or is given; its terms stay as agreed.

    The product proposes the terms of a discount when the line is made. When the
    product changes later, the line keeps what the member was promised.
    """

    _inherit = "contract.line"

    telecom_fee_timing = fields.Selection(
        FEE_TIMINGS, "Fee is billed", help="Empty: as the product says."
    )
    telecom_discount_type = fields.Selection(
        DISCOUNT_TYPES,
        "Discount",
        compute="_compute_telecom_discount",
        store=True,
        readonly=False,
        precompute=True,
    )
    telecom_discount_percent = fields.Float(
        "Per cent",
        digits=(5, 2),
        compute="_compute_telecom_discount",
        store=True,
        readonly=False,
        precompute=True,
    )
    telecom_discount_scope = fields.Selection(
        DISCOUNT_SCOPES,
        "Discount on",
        compute="_compute_telecom_discount",
        store=True,
        readonly=False,
        precompute=True,
    )
    telecom_discount_max_count = fields.Integer(
        "At most (bills)",
        compute="_compute_telecom_discount",
        store=True,
        readonly=False,
        precompute=True,
        help="Number of bills that get the discount. 0: no limit.",
    )
    telecom_discount_max_amount = fields.Float(
        "At most (total)",
        digits="Product Price",
        compute="_compute_telecom_discount",
        store=True,
        readonly=False,
        precompute=True,
        help="All that the discount gives, without tax. 0: no limit.",
    )

    _telecom_discount_check = models.Constraint(
        "CHECK (telecom_discount_percent BETWEEN 0 AND 100"
        " AND telecom_discount_max_count >= 0 AND telecom_discount_max_amount >= 0)",
        "A discount is between 0 and 100 per cent; its limits are zero (none) or more.",
    )

    @api.depends("product_id")
    def _compute_telecom_discount(self):
        for line in self:
            product = line.product_id
            is_discount = product.telecom_kind == "discount"
            for name in DISCOUNT_FIELDS:
                line[name] = product[name] if is_discount else False

    @api.model
    def _fill_telecom_line(self, vals, contract, product):
        """Override of ``somconnexio_base`` to let discounts end by their product."""
        res = super()._fill_telecom_line(vals, contract, product)
        months = product.telecom_discount_months
        if product.telecom_kind == "discount" and months and not vals.get("date_end"):
            vals["date_end"] = vals["date_start"] + relativedelta(
                months=months, days=-1
            )
        return res
