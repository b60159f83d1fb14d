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
