# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    telecom_bill_shock_amount = fields.Monetary(
        string="Bill shock above",
        currency_field="currency_id",
        default=100.0,
        help="A bill whose usage, taxes excluded, is above this amount and above three"
        " times the usual is held until somebody looks at it. 0: never.",
    )
    telecom_four_eyes = fields.Boolean(
        "Held accounts are released by a second person",
        default=True,
        help="Who made, previewed or held an account's bill cannot release it.",
    )
    telecom_bill_change_factor = fields.Float(
        "Unusual from",
        digits=(6, 2),
        default=3,
        help="A bill so many times as high or as low as the average of the last three"
        " is looked at. 0: never.",
    )
    telecom_bill_change_amount = fields.Monetary(
        string="and from a difference of",
        currency_field="currency_id",
        default=50.0,
        help="Differences below this amount, without tax, are never unusual.",
    )
    telecom_risk_count = fields.Integer(
        "Suspended events that hold an account",
        default=20,
        help="So many events in suspense whose number the account holds or has held."
        " 0: never.",
    )
