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
        for taken in accounts.sudo().taken_mandates():
            if taken.partner_bank:
                taken.billing_account._take_over_mandate(taken)
        return accounts

    def _take_over_mandate(self, taken):
        """Make or correct one mandate, known by its reference.

        :param TakenMandate taken: see base's ``takeover``
        """
        vals = self._mandate_taken_over_vals(taken)
        Mandate = self.env["account.banking.mandate"]._passed()
        known = Mandate.search(
            [
                ("company_id", "=", self.company_id.id),
                ("unique_mandate_reference", "=", taken.reference),
            ]
        )
        if not known:
            return Mandate.create({**vals, "state": "valid"})
        in_force = known.filtered(lambda one: one.state in USABLE)
        if in_force.last_debit_date and vals["last_debit_date"]:
            vals["last_debit_date"] = max(
                in_force.last_debit_date, vals["last_debit_date"]
            )
        in_force.write(vals)
        return known

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
