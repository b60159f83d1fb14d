# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models

from .account_banking_mandate import USABLE

FORMATS = {"CORE": "sepa_core", "B2B": "sepa_b2b"}


class TelecomBillingAccount(models.Model):
    """Mandates that came along from another system become mandates in force."""

    _inherit = "telecom.billing.account"

    def _mandates_taken_over(self):
        """Override of base to make mandates of what was taken over, once each.

        An account without IBAN gets none: its bills land among those that cannot be
        debited.
        """
        accounts = super()._mandates_taken_over()
        taken = [one for one in accounts.sudo().taken_mandates() if one.partner_bank]
        known = accounts.sudo()._mandates_by_reference([one.reference for one in taken])
        new = {}
        for one in taken:
            vals = one.billing_account._mandate_taken_over_vals(one)
            name = (vals["company_id"], one.reference)
            if name in known:
                known[name]._correct_taken_over(vals)
            else:
                new[name] = {**vals, "state": "valid"}
        Mandate = self.env["account.banking.mandate"].sudo()._passed()
        Mandate.create(list(new.values()))
        return accounts

    def _mandates_by_reference(self, references):
        """Return {(id of the company, reference): mandate} of those that are there."""
        found = self.env["account.banking.mandate"].search(
            [
                ("company_id", "in", self.company_id.ids),
                ("unique_mandate_reference", "in", references),
            ]
        )
        return {
            (mandate.company_id.id, mandate.unique_mandate_reference): mandate
            for mandate in found._passed()
        }

    def _mandate_taken_over_vals(self, taken):
        """Return the values of a mandate that was taken over.

        One that was used on a day nobody knows counts from its signature.
        """
        used = taken.last_debit_date or (taken.is_used and taken.signed_date)
        return {
            "unique_mandate_reference": taken.reference,
            "signature_date": taken.signed_date,
            "last_debit_date": used,
            "format": FORMATS[taken.scheme],
            "type": "recurrent",
            "origin": "migrated",
            "partner_id": taken.partner_bank.partner_id.id,
            "partner_bank_id": taken.partner_bank.id,
            "telecom_billing_account_id": self.id,
            "company_id": self.company_id.id,
        }


class AccountBankingMandate(models.Model):
    _inherit = "account.banking.mandate"

    def _correct_taken_over(self, vals):
        """Bring a mandate in force in line with a later delivery, but for older use."""
        if self.state not in USABLE:
            return
        if self.last_debit_date and vals["last_debit_date"]:
            latest = max(self.last_debit_date, vals["last_debit_date"])
            vals = {**vals, "last_debit_date": latest}
        self.write(vals)
