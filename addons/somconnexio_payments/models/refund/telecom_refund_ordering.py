# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import Command, fields, models
from odoo.exceptions import UserError


class TelecomRefund(models.Model):
    """From a wish to the bank's file: approved by one more person, then ordered."""

    _inherit = "telecom.refund"

    def action_approve(self):
        """Approve refunds: amount, receiver and account are as they should be.

        :raise UserError: for who wrote one of them, or when an account is missing,
            not the member's, or new and not asked about
        """
        self._require_group("accountant", "admin")
        for refund in self:
            refund._check_approvable()
            refund._move(
                "approved",
                approver_id=self.env.uid,
                approved_iban=refund.partner_bank_id.sanitized_acc_number,
            )
        return True

    def _check_approvable(self):
        """Raise unless this user may approve the refund as it is."""
        self.ensure_one()
        self._check_moves("approved")
        self._check_four_eyes()
        if problem := self._iban_problem():
            raise UserError(
                self.env._("%(refund)s: %(problem)s", refund=self.name, problem=problem)
            )
        if not self.is_iban_confirmed and (novelty := self._iban_novelty()):
            raise UserError(
                self.env._(
                    "%(refund)s: %(warning)s Then tick that the member was asked.",
                    refund=self.name,
                    warning=novelty,
                )
            )
        self._check_still_owed()

    def _check_four_eyes(self):
        """Raise for who wrote the refund down, or where its money goes.

        :raise UserError: naming the refund
        """
        if self.env.su or not self.company_id.telecom_refund_four_eyes:
            return
        user, account = self.env.user, self.partner_bank_id
        if self.author_id == user:
            raise UserError(
                self.env._(
                    "%s: you wrote it down, so somebody else approves it.", self.name
                )
            )
        wrote_account = account and account._telecom_written_by()[0] == user
        if self.account_user_id == user or (wrote_account and self._is_iban_new()):
            raise UserError(
                self.env._(
                    "%s: you chose its account or wrote it down, so somebody else "
                    "approves it.",
                    self.name,
                )
            )

    def _check_still_owed(self):
        """Raise when less is owed than would be paid."""
        self.ensure_one()
        owed = -self.credit_line_id.amount_residual
        if self.currency_id.compare_amounts(owed, self.amount) < 0:
            raise UserError(
                self.env._(
                    "%(refund)s: only %(owed)s of %(amount)s are still owed. Cancel it "
                    "and refund what is left.",
                    refund=self.name,
                    owed=self.currency_id.format(max(owed, 0)),
                    amount=self.currency_id.format(self.amount),
                )
            )

    def action_back_to_draft(self):
        """Take the approval back, or look at one again that came back."""
        self._require_group("accountant", "admin")
        self._move(
            "draft", approver_id=False, approved_iban=False, failure_reason=False
        )
        self.is_iban_confirmed = False
        return True

    def action_cancel(self):
        """Cancel refunds: the open items stay and can be refunded anew."""
        self._require_group("accountant", "admin")
        self._move("cancelled")
        return True

    def action_order(self):
        """Put approved refunds into one transfer order per company, with its file.

        :return: action that opens the orders
        :raise UserError: naming a refund that cannot be ordered
        """
        self._require_group("accountant", "admin")
        self._serialise()
        self._check_moves("ordered")
        orders = self.env["account.payment.order"]
        for company, refunds in self.grouped("company_id").items():
            orders |= refunds._order_of(company)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Transfer orders"),
            "res_model": "account.payment.order",
            "view_mode": "form" if len(orders) == 1 else "list,form",
            "res_id": orders.id if len(orders) == 1 else False,
            "domain": [("id", "in", orders.ids)],
        }

    def _order_of(self, company):
        """Return the order of the refunds of a company, with payments and file."""
        method = company._telecom_refund_method()
        for refund in self:
            refund._check_orderable()
        order = (
            self.env["account.payment.order"]
            .with_company(company)
            .create(
                {
                    "payment_type": "outbound",
                    "payment_method_line_id": method.id,
                    "journal_id": method.journal_id.id,
                    "company_id": company.id,
                    "date_prefered": "now",
                    "description": self.env._("Refunds"),
                    "payment_line_ids": [
                        Command.create(refund._order_line_vals())
                        for refund in self.sorted("id")
                    ],
                }
            )
        )
        order.draft2open()
        payments = {
            payment.payment_line_ids.telecom_refund_id: payment
            for payment in order.payment_ids
        }
        for refund in self:
            refund._move("ordered", order_id=order.id, payment_id=payments[refund].id)
        order.open2generated()
        return order

    def _check_orderable(self):
        """Raise when the account or the debt changed after the approval."""
        self.ensure_one()
        if self.partner_bank_id.sanitized_acc_number != self.approved_iban:
            raise UserError(
                self.env._(
                    "%s: the account was changed after the approval. Take it back to "
                    "be approved again.",
                    self.name,
                )
            )
        self._check_still_owed()

    def _is_paid_by(self, payment):
        """Tell whether a payment is the transfer that was approved.

        :param payment: account.payment
        """
        self.ensure_one()
        account = payment.partner_bank_id
        return (
            payment.memo == self.name
            and account.sanitized_acc_number == self.approved_iban
            and account.partner_id == self.partner_id
            and payment.currency_id == self.currency_id
            and not self.currency_id.compare_amounts(payment.amount, self.amount)
        )

    def _order_line_vals(self):
        """Return the values of the order's line."""
        return {
            "telecom_refund_id": self.id,
            "telecom_refund_attempt": self.attempt_count,
            "move_line_id": self.credit_line_id.id,
            "partner_id": self.partner_id.id,
            "partner_bank_id": self.partner_bank_id.id,
            "amount_currency": self.amount,
            "currency_id": self.currency_id.id,
            "communication": self.text,
            "communication_type": "free",
            "date": fields.Date.context_today(self),
        }
