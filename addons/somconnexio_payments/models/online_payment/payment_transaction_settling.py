# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from decimal import Decimal

from odoo import models


class PaymentTransaction(models.Model):
    """What a payment settles, and what its refund opens again."""

    _inherit = "payment.transaction"

    def _post_process(self):
        """Override of ``account_payment``: a refund that overtook its payment.

        ``account_payment`` leaves out the payment of a transaction that has ended
        children, for captures in parts; a refund is none of them.
        """
        result = super()._post_process()
        for transaction in self.filtered(lambda one: one.state == "done"):
            if transaction._is_payment_missing():
                transaction.with_company(transaction.company_id)._create_payment()
        return result

    def _is_payment_missing(self):
        """Tell whether only refunds kept the payment from being made."""
        ended = self.child_transaction_ids.filtered(
            lambda child: child.state in ("done", "cancel")
        )
        return (
            not self.payment_id
            and self.operation not in ("validation", "refund")
            and bool(ended)
            and set(ended.mapped("operation")) == {"refund"}
        )

    def _pay_calls(self, payment):
        """Tell the instalments that they are paid, by the payment's own entry.

        Money for an instalment that was paid in another way meanwhile stays credit on
        account.
        """
        calls = self._owed_calls()
        if calls:
            calls.sudo().instalment_paid(
                payment.date, payment.move_id or None, self.reference
            )

    def _settle_refunds(self):
        """Bring what is paid in line with what was given back.

        Called after each payment and each refund of it, in whatever order they come;
        a repeat changes nothing.
        """
        self.ensure_one()
        refunds = self.child_transaction_ids.filtered(
            lambda child: child.operation == "refund" and child.payment_id
        )
        if not (self.payment_id and refunds):
            return
        if self._is_paid_to_calls():
            self._take_back_calls(refunds)
        else:
            self._open_bills_again(refunds.payment_id)

    def _take_back_calls(self, refunds):
        """Let what was given back of instalments be owed again, the last one first."""
        last = refunds.payment_id.sorted("id")[-1]
        told = (last.date, self.env._("Given back online"), last.move_id or None)
        paid = self.telecom_call_ids.filtered(lambda call: call.state == "paid")
        kept = self.amount + sum(refunds.mapped("amount"))
        excess = self._exact(sum(paid.mapped("amount")) - kept)
        for call in paid.sudo().sorted("sequence", reverse=True):
            day, reason, move = told
            if 0 < excess < self._exact(call.amount):
                call.instalment_given_back(day, excess, reason, move)
            elif excess > 0:
                call.instalment_failed(day, reason, move)
            excess = max(excess - self._exact(call.amount), 0)

    def _exact(self, amount):
        """Return an amount as Decimal, to the cents of the currency."""
        return Decimal(str(self.currency_id.round(amount)))

    def _open_bills_again(self, refunds):
        """Match the refunds with the payment; what it paid with them is open again.

        The payment's remainder goes to the bills that it had paid, as before.
        """
        paid = self.payment_id._seek_for_lines()[1]
        given_back = refunds.move_id.line_ids.filtered(
            lambda line: line.account_id == paid.account_id
        )
        if not any(line.amount_residual for line in given_back):
            return
        bills = paid.matched_debit_ids.debit_move_id - given_back
        paid.remove_move_reconcile()
        (paid | given_back).reconcile()
        left = (paid | bills).filtered(lambda line: not line.reconciled)
        if paid in left:
            left.reconcile()
