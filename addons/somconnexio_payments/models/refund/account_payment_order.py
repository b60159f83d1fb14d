# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.somconnexio_base.money import exact_in

from ...sepa.address import structured
from ...sepa.messages import Account
from ...sepa.pain001 import Transfer, TransferError, TransferFile, write


class AccountPaymentOrder(models.Model):
    """Transfer orders of refunds: the file is ours, and the same each time."""

    _inherit = "account.payment.order"

    def _telecom_refunds(self):
        """Return the refunds that orders pay."""
        return self.payment_line_ids.telecom_refund_id

    def _enforce_allow_out_payment(self):
        """Override of OCA: the approval of a refund looked at the account."""
        if self._telecom_refunds():
            return False
        return super()._enforce_allow_out_payment()

    def generate_payment_file(self):
        """Override of OCA: refunds are written by ``sepa.pain001``.

        OCA's file says the second in which it was made and logs names and IBANs when
        it is invalid.

        :return: tuple of bytes and file extension
        :raise UserError: naming the transfer that no bank would take
        """
        self.ensure_one()
        if not self._telecom_refunds():
            return super().generate_payment_file()
        self._check_as_approved()
        version = self.payment_method_id.pain_version
        try:
            return write(self._transfer_file(), version), "xml"
        except TransferError as error:
            raise UserError(str(error)) from error

    def _check_as_approved(self):
        """Raise unless each transfer pays what was approved, to whom it was.

        :raise UserError: naming the transfer
        """
        for payment in self.payment_ids:
            refund = payment.payment_line_ids.telecom_refund_id
            if len(refund) == 1 and refund._is_paid_by(payment):
                continue
            raise UserError(
                self.env._(
                    "%(order)s: the transfer %(payment)s is not what was approved: its "
                    "amount, receiver or account is another. Cancel the order and make "
                    "it anew.",
                    order=self.name,
                    payment=payment.memo or payment.display_name,
                )
            )

    def _check_file_as_approved(self):
        """Raise when the file that was kept is not the one that was written.

        :raise UserError: naming the order
        """
        content, _extension = self.generate_payment_file()
        if self.payment_file_id.raw != content:
            raise UserError(
                self.env._(
                    "The file of %s is not what was approved: do not send it. Cancel "
                    "the order and make it anew.",
                    self.name,
                )
            )

    def _transfer_file(self):
        """Return what the file orders."""
        payments = self.payment_ids.sorted("id")
        company = self.company_id
        created_at = fields.Datetime.context_timestamp(
            self.with_context(tz=company.telecom_timezone), self.create_date
        )
        return TransferFile(
            message_id=self.name,
            created_at=created_at.strftime("%Y-%m-%dT%H:%M:%S"),
            execution_date=max(payments.mapped("date")),
            debtor=self._transfer_party(self.company_partner_bank_id),
            transfers=[
                Transfer(
                    end_to_end_id=payment.memo,
                    amount=exact_in(payment.amount, payment.currency_id),
                    creditor=self._transfer_party(payment.partner_bank_id),
                    text=payment.payment_reference or payment.memo,
                )
                for payment in payments
            ],
            initiator_id=self.payment_method_line_id.initiating_party_identifier
            or company.initiating_party_identifier
            or "",
            is_batch_booked=self.batch_booking,
        )

    def _transfer_party(self, account):
        """Return who holds a bank account, as the file names them."""
        holder = account.partner_id
        return Account(
            name=account.acc_holder_name or holder.name or "",
            iban=account.sanitized_acc_number or "",
            bic=account.bank_bic or "",
            address=structured(
                holder.street,
                holder.street2,
                holder.zip,
                holder.city,
                holder.country_id.code,
            ),
        )

    def generated2uploaded(self):
        """Override of OCA: the refunds are on their way.

        :raise UserError: when the credit has been used for something else meanwhile
        """
        if refunds := self._telecom_refunds():
            self._check_file_as_approved()
        for refund in refunds:
            refund._check_still_owed()
        result = super().generated2uploaded()
        self._telecom_refunds()._note_sent()
        return result

    def action_cancel(self):
        """Override of OCA: the refunds wait for another order.

        :raise UserError: when the file has been sent
        """
        refunds = self._telecom_refunds()
        gone = refunds.filtered(lambda one: one.state != "ordered")
        if gone:
            raise UserError(
                self.env._(
                    "%(order)s has been sent: note on %(refund)s what the bank did with"
                    " it.",
                    order=gone[0].order_id.name,
                    refund=gone[0].name,
                )
            )
        self.payment_line_ids.filtered("telecom_refund_id").telecom_refund_id = False
        refunds._move("approved", order_id=False, payment_id=False)
        return super().action_cancel()
