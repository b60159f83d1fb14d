# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Actions that book: the payment, its repetition, its cancelling."""

from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ...gateway_protocols.fingerprint import fingerprint
from ...gateway_protocols.outcome import Outcome, Refusal
from ...gateway_protocols.sharing import share_out

#: A bank's clock may be ahead; a payment of long ago is a mistake.
MOST_DAYS_AHEAD, MOST_DAYS_AGO = 1, 60


class TelecomPaymentGateway(models.Model):
    _inherit = "telecom.payment.gateway"

    def _do_pay(self, command):
        """Book a payment: row, payments, allocation, webhook, in one transaction.

        :return: dict of what the Answer says, with the ``transaction`` to keep it with
        :raise Refusal: when it cannot be booked
        """
        accounts = self._accounts_of(command.identifier)
        self._check_amount(command)
        self._check_paid_at(command)
        debt = self._debt_of(accounts)
        bill = self._chosen_bill(command, debt)
        transaction = self._insert_transaction(command, accounts, debt)
        if not self._is_trial():
            shares = share_out(command.amount, debt.debts, accounts[0].id, bill.id)
            self._book(transaction, shares, bill, command)
        return transaction._facts()

    def _is_trial(self):
        """Tell whether nothing is booked: a trial of the profile or of one call."""
        return self.is_sandbox or bool(self.env.context.get("telecom_gateway_trial"))

    def _check_paid_at(self, command):
        """Raise for a time of payment that cannot be.

        :raise Refusal: bad_date
        """
        if not command.paid_at:
            return
        days = (command.paid_at.date() - self._local_now().date()).days
        if not -MOST_DAYS_AGO <= days <= MOST_DAYS_AHEAD:
            raise Refusal(Outcome.BAD_DATE)

    def _chosen_bill(self, command, debt):
        """Return the open bill that the payer chose, empty when none was.

        :raise Refusal: not_found, when it is not an open bill of that person
        """
        if not command.bill:
            return debt.bills.browse()
        bill = debt.bills.filtered(lambda one: one.name == command.bill)
        if not bill:
            raise Refusal(Outcome.NOT_FOUND)
        return bill

    def _fingerprint(self, command):
        currency = command.currency or self.currency_id.name
        return fingerprint(command.identifier, command.amount, currency, command.bill)

    def _insert_transaction(self, command, accounts, debt):
        """Insert the row that lets one of several equal calls through."""
        first = debt.bills[:1].telecom_billing_account_id or accounts[:1]
        now = fields.Datetime.now()
        transaction = self.env["telecom.payment.gateway.transaction"].create(
            {
                "gateway_id": self.id,
                "company_id": self.company_id.id,
                "is_sandbox": self._is_trial(),
                "transaction_id": command.transaction_id,
                "identifier": command.identifier,
                "fingerprint": self._fingerprint(command),
                "billing_account_id": first.id,
                "currency_id": self.currency_id.id,
                "amount": command.amount,
                "paid_at": self._to_utc(command.paid_at) if command.paid_at else now,
                "booked_at": now,
            }
        )
        transaction.flush_recordset()
        return transaction

    def _book(self, transaction, shares, bill, command):
        """Book each account's share of a payment."""
        day = (command.paid_at or self._local_now()).date()
        payments = self.env["account.payment"]
        for account in self.env["telecom.billing.account"].browse(shares):
            chosen = bill.filtered(
                lambda one, owner=account: one.telecom_billing_account_id == owner
            )
            payments += account._receive_payment(
                shares[account.id],
                day,
                self.journal_id,
                command.transaction_id,
                bills=chosen,
                key=f"gateway:{self.id}:{command.transaction_id}:{account.id}",
                memo=f"{self.name} {command.transaction_id}",
            )
        payments.gateway_transaction_id = transaction

    def _known_transaction(self, transaction_id=None, receipt=None):
        """Return the transaction of a bank's number, or of ours; empty for none."""
        named = (
            ("transaction_id", "=", transaction_id)
            if transaction_id
            else ("id", "=", int(receipt) if len(receipt) < 10 else 0)
        )
        return self.env["telecom.payment.gateway.transaction"].search(
            [
                ("gateway_id", "=", self.id),
                ("is_sandbox", "=", self._is_trial()),
                named,
            ]
        )

    def _do_cancel(self, command):
        """Take a payment back, within the profile's window.

        :raise Refusal: not_found, conflict or cancel_impossible
        """
        transaction = self._known_transaction(command.transaction_id, command.receipt)
        self._check_cancel(transaction, command)
        try:
            with self.env.cr.savepoint():
                transaction._cancel()
        except UserError as error:
            raise Refusal(Outcome.CANCEL_IMPOSSIBLE) from error
        return transaction._facts()

    def _check_cancel(self, transaction, command):
        if not transaction:
            raise Refusal(Outcome.NOT_FOUND)
        if command.receipt and command.receipt != str(transaction.id):
            raise Refusal(Outcome.CONFLICT)
        if command.amount and command.amount != self._exact(transaction.amount):
            raise Refusal(Outcome.CONFLICT)
        end_at = transaction.booked_at + timedelta(hours=self.cancel_hours)
        if fields.Datetime.now() > end_at or not transaction._is_reversible():
            raise Refusal(Outcome.CANCEL_IMPOSSIBLE)


class TelecomPaymentGatewayTransaction(models.Model):
    _inherit = "telecom.payment.gateway.transaction"

    def _facts(self):
        """Return what the Answer says of this transaction."""
        self.ensure_one()
        return {
            "transaction": self,
            "identifier": self.identifier,
            "transaction_id": self.transaction_id,
            "receipt": str(self.id),
            "amount": self.gateway_id._exact(self.amount),
            "currency": self.currency_id.name,
            "booked_at": self.gateway_id._to_local(self.booked_at),
        }

    def _is_reversible(self):
        """Tell whether the money has not been seen elsewhere yet."""
        compared = self.register_state in ("equal", "amount_differs")
        return not compared and not self.payment_ids.filtered("is_matched")

    def _cancel(self):
        """Take the payments out of the books; their bills are open again.

        :raise UserError: when accounting does not allow that any more
        """
        payments = self.payment_ids.filtered(lambda p: p.state != "canceled")
        self.env["telecom.webhook"]._publish("payment.cancelled", payments)
        payments.action_draft()
        payments.action_cancel()
        self.write({"state": "cancelled", "cancelled_at": fields.Datetime.now()})
