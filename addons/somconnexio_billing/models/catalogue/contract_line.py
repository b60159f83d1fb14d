# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from decimal import Decimal

from odoo import models


class ContractLine(models.Model):
    _inherit = "contract.line"

    def _telecom_monthly_price(self):
        """Override of ``somconnexio_base`` for discounts, as bills give them.

        Per cent are of the fees in force with the discount; what is given once is no
        monthly price.
        """
        price = super()._telecom_monthly_price()
        if self.telecom_line_kind != "discount":
            return price
        if self.telecom_discount_type == "fixed":
            return -abs(price)
        if self.telecom_discount_type != "percent":
            return Decimal(0)
        if self.telecom_discount_scope == "usage":
            return Decimal(0)
        percent = Decimal(str(self.telecom_discount_percent))
        fees = [line._telecom_monthly_price() for line in self._discounted_lines()]
        return -sum(fees, Decimal(0)) * percent / 100

    def _discounted_lines(self):
        """Return the fees in force on the first day of a discount."""
        self.ensure_one()
        return self.contract_id.contract_line_ids.filtered(
            lambda line: (
                line.telecom_line_kind in ("tariff", "addon")
                and line.date_start <= self.date_start
                and (not line.date_end or line.date_end >= self.date_start)
            )
        )
