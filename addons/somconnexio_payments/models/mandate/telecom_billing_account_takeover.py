# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models

from .account_banking_mandate import USABLE

FORMATS = {"CORE": "sepa_core", "B2B": "sepa_b2b", False: "sepa_core"}


class TelecomBillingAccount(models.Model):
    """Mandates that came along from another system become mandates in force."""

    _inherit = "telecom.billing.account"

    def _mandates_taken_over(self):
        """Override of base to make mandates of what was taken over, once each.

        An account without IBAN gets none: the run's totals of migration show it, and
        the bill lands among those that cannot be debited.
        """
        accounts = super()._mandates_taken_over()
        for account in accounts.sudo():
            if account.mandate_reference and account.partner_bank_id:
                account._take_over_mandate()
        return accounts

    def _take_over_mandate(self):
        """Make or correct the mandate of one account."""
        vals = self._mandate_taken_over_vals()
        Mandate = self.env["account.banking.mandate"]._passed()
        known = Mandate.search(
            [
                ("company_id", "=", self.company_id.id),
                ("telecom_billing_account_id", "=", self.id),
                ("origin", "=", "migrated"),
            ]
        )
        if not known:
            return Mandate.create({**vals, "state": "valid"})
        known.filtered(lambda one: one.state in USABLE).write(vals)
        return known

    def _mandate_taken_over_vals(self):
        """Return the values of the mandate that an account brought along."""
        return {
            "unique_mandate_reference": self.mandate_reference,
            "signature_date": self.mandate_signed_date,
            "last_debit_date": self.mandate_last_debit_date,
            "format": FORMATS[self.mandate_scheme],
            "type": "recurrent",
            "origin": "migrated",
            "partner_id": self.partner_bank_id.partner_id.id,
            "partner_bank_id": self.partner_bank_id.id,
            "telecom_billing_account_id": self.id,
            "company_id": self.company_id.id,
        }
