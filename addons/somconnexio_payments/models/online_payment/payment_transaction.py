# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from ..receipt.account_payment import RECEIPT_PASS

PAYABLE = ("asset_receivable", "liability_payable")


class PaymentTransaction(models.Model):
    """A card or Bizum payment of bills, of a whole debt or of share capital.

    Messages of the provider come late, twice and in any order. Whatever the order, a
    transaction whose money was taken ends as done with one payment, and what was given
    back is owed again.
    """

    _inherit = "payment.transaction"

    telecom_pay_kind = fields.Selection(
        [
            ("bill", "A bill"),
            ("account", "All that an account owes"),
            ("capital", "Share capital"),
        ],
        string="Pays",
        readonly=True,
        help="What the pay link was for; empty for payments begun elsewhere.",
    )
    telecom_billing_account_id = fields.Many2one(
        "telecom.billing.account",
        string="Billing account",
        readonly=True,
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    telecom_call_ids = fields.Many2many(
        "cooperative.capital.call",
        "telecom_transaction_capital_call_rel",
        "transaction_id",
        "call_id",
        string="Instalments",
        readonly=True,
        copy=False,
    )

    def _set_done(self, *, state_message=None, extra_allowed_states=()):
        """Override of ``payment``: money that was taken is taken.

        A “cancelled” that was overtaken by “done”, or told by mistake, does not make
        the payment disappear.
        """
        done = super()._set_done(
            state_message=state_message,
            extra_allowed_states=(*extra_allowed_states, "cancel"),
        )
        if done:
            self._have_booked_soon()
        return done

    @api.model
    def _have_booked_soon(self):
        """Let the scheduler book what was taken, for who has closed the browser.

        Core would do so within minutes; somebody whose line is restricted has paid to
        have it back.
        """
        cron = self.env.ref(
            "payment.cron_post_process_payment_tx", raise_if_not_found=False
        )
        if cron:
            cron.sudo()._trigger()

    def _payer_account(self):
        """Return the billing account that pays; empty when bills are of several."""
        self.ensure_one()
        accounts = (
            self.telecom_billing_account_id
            or self.source_transaction_id.telecom_billing_account_id
            or self.invoice_ids.telecom_billing_account_id
        )
        return accounts if len(accounts) == 1 else accounts.browse()

    def _create_payment(self, **extra_create_values):
        """Override of ``account_payment``: one receipt, allocated and told.

        Bills of the transaction are paid first (by ``account_payment``), then what
        else the account owes; the rest is credit on account.
        """
        self.ensure_one()
        values = {**self._receipt_vals(), **extra_create_values}
        passed = self.with_context(receipt_pass=RECEIPT_PASS)
        payment = super(PaymentTransaction, passed)._create_payment(**values)
        payment = payment.with_env(self.env)
        if self.operation == "refund":
            self.source_transaction_id._settle_refunds()
            return payment
        self._pay_calls(payment)
        account = self._payer_account()
        if account:
            payment._allocate(account._lines_to_pay(self.invoice_ids))
            account._tell_receipt(payment)
        self._settle_refunds()
        return payment

    def _receipt_vals(self):
        """Return what our receipts say more than those of ``account_payment``."""
        account = self._payer_account()
        # By the reference the statement finds its money.
        values = {
            "receipt_key": f"online:{self.reference}",
            "payment_reference": self.reference,
        }
        if account:
            values["telecom_billing_account_id"] = account.id
        destination = self._destination_account()
        if destination:
            values["destination_account_id"] = destination.id
        return values

    def _destination_account(self):
        """Return the account that is paid, where it is not the payer's receivable."""
        source = self.source_transaction_id if self.operation == "refund" else self
        if source.payment_id and self.operation == "refund":
            return source.payment_id.destination_account_id
        if source._owed_calls() or source._is_paid_to_calls():
            return source.company_id._cooperative_accounting()["called"]
        return None

    def _owed_calls(self):
        """Return the instalments that the money pays: owed still, and of that sum."""
        calls = self.telecom_call_ids.filtered(
            lambda call: call.state in ("called", "failed")
        )
        is_same = not self.currency_id.compare_amounts(
            sum(calls.mapped("amount")), self.amount
        )
        return calls if is_same else calls.browse()

    def _is_paid_to_calls(self):
        """Tell whether the payment went to share capital."""
        account = self.payment_id.destination_account_id
        return bool(
            self.telecom_call_ids and account and account.account_type not in PAYABLE
        )
