# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class TelecomPriceChangeLine(models.Model):
    """One line of a subscription that a price change is planned for. Written by SQL."""

    _name = "telecom.price.change.line"
    _description = "Line Changed by a Price Change"
    _order = "change_id, id"
    _rec_name = "subscription_id"

    change_id = fields.Many2one(
        "telecom.price.change", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    subscription_id = fields.Many2one(
        "contract.contract", required=True, index=True, ondelete="cascade"
    )
    product_id = fields.Many2one("product.product", required=True, ondelete="restrict")
    contract_line_id = fields.Many2one(
        "contract.line", index="btree_not_null", ondelete="set null"
    )
    successor_line_id = fields.Many2one(
        "contract.line",
        index="btree_not_null",
        ondelete="set null",
        help="Empty: the line begins on that day or later, with the new price.",
    )
    date_end = fields.Date(help="Last day of the line before the change was planned.")
    old_price = fields.Float(digits="Product Price", aggregator=None)
    new_price = fields.Float(digits="Product Price", aggregator=None)

    _line_once = models.UniqueIndex(
        "(change_id, contract_line_id)", "A line changes once by a price change."
    )
