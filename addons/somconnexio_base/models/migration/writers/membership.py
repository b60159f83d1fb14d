# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from .base import UnknownCode, Writer, by_code


class MembershipWriter(Writer):
    """Memberships that run or ran, with the capital held, as opening balances."""

    kind_name = "membership"
    model_name = "cooperative.membership"
    fields = {
        "partner": "partner_id",
        "number": "number",
        "kind": "kind",
        "admitted_date": "admitted_date",
        "joined_date": "joined_date",
        "left_date": "left_date",
        "sponsor_code": "sponsor_code",
        "sponsor": "sponsor_id",
        "representative": "representative_id",
        "share_class": "share_class",
        "paid_amount": "paid_amount",
        "next_due_date": "next_due_date",
        "refundable_amount": "refundable_amount",
        "refund_due_date": "refund_due_date",
    }

    def __init__(self, env, profile):
        super().__init__(env, profile)
        agreements = self.env["cooperative.agreement"].with_context(active_test=False)
        self.agreements = by_code(
            agreements.search([("company_id", "=", self.company.id)])
        )

    def create(self, rows):
        """Hand the rows to the membership's own method for this."""
        pairs = self.vals_of(rows)
        ids = self.model.with_company(self.company).take_over(
            [vals for _row, vals in pairs]
        )
        records = self.model.browse(ids)
        return list(zip((row for row, _vals in pairs), records, strict=True))

    def _from_leaving_reason(self, row):
        code = row.values.get("leaving_reason")
        if code not in dict(self.model._leaving_reasons()):
            raise UnknownCode("reason")
        return {"leaving_reason": code}

    def _from_agreement(self, row):
        code = row.values["agreement"]
        if code not in self.agreements:
            raise UnknownCode("agreement")
        return {"agreement_id": self.agreements[code].id}

    def _from_share_count(self, row):
        return {"share_count": int(row.values["share_count"])}

    def _from_remaining_instalments(self, row):
        return {"remaining_instalments": int(row.values["remaining_instalments"])}
