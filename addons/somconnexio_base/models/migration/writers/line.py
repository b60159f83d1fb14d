# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields as odoo_fields

from ....takeover.rows import facts
from .base import UnknownCode, Writer


def end_with_subscription(writer, row):
    """Give a row without end the last day of its subscription, when that has ended.

    Other systems leave the lines of ended contracts open. What is assumed is told.
    """
    subscription = writer.referred(row, "subscription")
    if not subscription:
        return
    last_date = subscription.termination_date
    if subscription.telecom_state != "terminated" or row.values.get("end_date"):
        return
    text = odoo_fields.Date.to_string(last_date)
    if text < row.values["start_date"]:
        return
    row.values["end_date"] = text
    row.facts = facts(writer.kind, row.values)
    row.report("end_date", "", "ended", text, "warning")


class LineWriter(Writer):
    """Tariffs, add-ons and other dated lines of subscriptions."""

    kind_name = "line"
    model_name = "contract.line"
    fields = {
        "subscription": "contract_id",
        "start_date": "date_start",
        "end_date": "date_end",
        "price": "specific_price",
        "quantity": "quantity",
        "discount": "discount",
        "description": "name",
    }

    def __init__(self, env, profile):
        super().__init__(env, profile)
        products = self.env["product.product"].search(
            [
                ("telecom_kind", "!=", False),
                ("default_code", "!=", False),
                ("company_id", "in", (False, self.company.id)),
            ]
        )
        self.products = {product.default_code: product for product in products}

    def _from_product(self, row):
        code = row.values["product"]
        if code not in self.products:
            raise UnknownCode("product")
        return {"product_id": self.products[code].id}

    def tidy(self, row):
        """End what its subscription has ended."""
        end_with_subscription(self, row)
