# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
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
        return {"company_id": self.company.id}
