# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models


class AccountMove(models.Model):
    """A bill can be paid by its link, and in the portal."""

    _name = "account.move"
    _inherit = ["account.move", "telecom.online.payable"]

    def _online_debts(self):
        """Override of ``telecom.online.payable``: what is left of each bill."""
        owed = self.filtered(lambda bill: bill._is_owed_online())
        debited = owed._is_being_debited()
        return {
            bill: bill._debt_of_bills(
                bill.commercial_partner_id,
                bill.telecom_billing_account_id,
                bill & owed,
                debited,
            )
            for bill in self
        }

    def _is_owed_online(self):
        """Tell whether something of this bill is still to be paid."""
        self.ensure_one()
        return (
            self.state == "posted"
            and self.move_type == "out_invoice"
            and self.currency_id.compare_amounts(self.amount_residual, 0) > 0
        )

    def _telecom_pay_link(self):
        """Override of ``base``: bills that are not debited say how to pay them."""
        if self.telecom_billing_account_id.collection_method == "direct_debit":
            return super()._telecom_pay_link()
        return self._offered_pay_url()

    def _has_to_be_paid(self):
        """Override of ``account_payment``: not what a direct debit is about to pay."""
        return super()._has_to_be_paid() and not self._is_being_debited()

    def _get_online_payment_error(self):
        """Override of ``account_payment`` to say so."""
        if self._is_being_debited():
            return self.env._(
                "This bill is being collected from your bank account: there is nothing"
                " to do."
            )
        return super()._get_online_payment_error()
