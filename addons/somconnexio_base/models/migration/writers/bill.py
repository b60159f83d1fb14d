# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.fields import Command

from ....takeover.kinds import TAX_PLACES, tax_names
from .base import Writer


class BillWriter(Writer):
    """Bills that the other system posted."""

    kind_name = "bill"
    model_name = "telecom.bill.history"
    fields = {
        name: name
        for name in (
            "number",
            "bill_type",
            "issue_date",
            "due_date",
            "period_start",
            "period_end",
            "amount_untaxed",
            "amount_tax",
            "amount_total",
            "amount_residual",
            "tax_detail",
            "note",
        )
    }
    fields |= {"partner": "partner_id", "billing_account": "billing_account_id"}

    def _from_external_id(self, row):
        taxes = list(self._taxes(row))
        return {"company_id": self.company.id, "tax_ids": taxes}

    @staticmethod
    def _taxes(row):
        """Yield a command for each rate of a bill."""
        for place in TAX_PLACES:
            rate, base, amount = map(row.values.get, tax_names(place))
            if rate is not None:
                yield Command.create(
                    {
                        "sequence": place,
                        "rate": float(rate),
                        "amount_base": float(base),
                        "amount_tax": float(amount),
                    }
                )
