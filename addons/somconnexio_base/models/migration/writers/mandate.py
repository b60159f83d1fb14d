# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from .base import Writer


class MandateWriter(Writer):
    """Mandates: columns of the billing account until an addon draws money."""

    kind_name = "mandate"
    model_name = "telecom.billing.account"
    system_suffix = ".mandate"
    fields = {
        "reference": "mandate_reference",
        "signed_date": "mandate_signed_date",
        "scheme": "mandate_scheme",
        "is_used": "mandate_is_used",
    }

    def _from_last_debit_date(self, row):
        day = row.values.get("last_debit_date")
        vals = {"mandate_last_debit_date": day or False}
        return {**vals, "mandate_is_used": True} if day else vals

    def create(self, rows):
        """Write the mandate of each row into its billing account."""
        done = []
        for row in rows:
            account = self.referred(row, "billing_account")
            if self._has_other_mandate(row, account) or self._has_other_iban(
                row, account
            ):
                continue
            account.write(self.vals(row, self._given(row)))
            done.append((row, account))
        self.complete(done)
        return done

    def _has_other_mandate(self, row, account):
        """Refuse a row whose account has a mandate; tell whether it has."""
        if not account.mandate_reference:
            return False
        row.report(
            "billing_account",
            row.values["billing_account"],
            "refused_by_rule",
            self.env._(
                "This billing account already has mandate %s.",
                account.mandate_reference,
            ),
            "refused",
        )
        return True

    def _has_other_iban(self, row, account):
        """Refuse a row of another IBAN than its account's; tell whether it is."""
        wanted = row.values.get("iban") or ""
        iban = account.partner_bank_id.sanitized_acc_number or ""
        if not iban:
            row.report("iban", wanted, "no_iban", "", "warning")
        elif wanted and wanted != iban:
            row.report("iban", wanted, "other_iban", iban, "refused")
            return True
        return False

    def complete(self, pairs):
        """Tell who draws money."""
        accounts = self.model.browse([account.id for _row, account in pairs])
        accounts._mandates_taken_over()

    def update(self, row, record, names):
        """Write what has changed, and tell who draws money."""
        if self._has_other_iban(row, record):
            return None
        result = super().update(row, record, names)
        record._mandates_taken_over()
        return result
