# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models

FEE_TIMINGS = [("arrears", "In arrears"), ("advance", "In advance")]
DISCOUNT_TYPES = [
    ("once", "Once"),
    ("percent", "Per cent"),
    ("fixed", "Amount a month"),
]
DISCOUNT_SCOPES = [
    ("fees", "Fees"),
    ("usage", "Usage"),
    ("all", "Everything"),
]


class ProductTemplate(models.Model):
    """How what is sold to subscriptions gets onto the bill."""

    _inherit = "product.template"

    telecom_fee_timing = fields.Selection(
        FEE_TIMINGS,
        "Fee is billed",
        default="arrears",
        help="In arrears: the month that the bill is for. In advance: the month after"
        " it; days that turn out not to be owed are given back by the next bill.",
    )
    telecom_fee_proration = fields.Selection(
        [
            ("days_of_month", "By the days of the month"),
            ("thirty_days", "By thirtieths"),
            ("full_month", "The whole month"),
        ],
        "Fee of part of a month",
        default="days_of_month",
        help="By the days: of 31 days in October ten cost 10/31. By thirtieths: ten"
        " days cost 10/30, the whole month its price. The whole month: any day"
        " costs the price of the month.",
    )
    telecom_discount_type = fields.Selection(DISCOUNT_TYPES, "Discount", default="once")
    telecom_discount_percent = fields.Float("Per cent", digits=(5, 2))
    telecom_discount_scope = fields.Selection(
        DISCOUNT_SCOPES, "Discount on", default="fees"
    )
    telecom_discount_months = fields.Integer(
        "Lasts (months)",
        help="A discount given to a subscription ends so many months after its first"
        " day. A first month free is 100 per cent for one month. 0: no end.",
    )
    telecom_discount_max_count = fields.Integer(
        "At most (bills)", help="Number of bills that get the discount. 0: no limit."
    )
    telecom_discount_max_amount = fields.Float(
        "At most (total)",
        digits="Product Price",
        help="All that the discount gives, without tax. 0: no limit.",
    )

    _telecom_discount_percent_check = models.Constraint(
        "CHECK (telecom_discount_percent BETWEEN 0 AND 100)",
        "A discount is between 0 and 100 per cent.",
    )
    _telecom_discount_limits_check = models.Constraint(
        "CHECK (telecom_discount_months >= 0 AND telecom_discount_max_count >= 0"
        " AND telecom_discount_max_amount >= 0)",
        "The limits of a discount are zero (none) or more.",
    )
