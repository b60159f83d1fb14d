# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Actions that only read: a replica of the database may answer them."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.fields import Domain

from ...gateway_protocols import masking
from ...gateway_protocols.messages import Row
from ...gateway_protocols.outcome import Outcome, Refusal

MOST_PAYMENTS = 10_000


class TelecomPaymentGateway(models.Model):
    _inherit = "telecom.payment.gateway"

    def _do_check(self, command):
        """Tell what a person owes; an amount given must be one that may be paid.

        :return: dict of what the Answer says
        :raise Refusal: as ``_accounts_of`` and ``_check_amount``
        """
        accounts = self._accounts_of(command.identifier)
        if command.amount:
            self._check_amount(command)
        debt = self._debt_of(accounts)
        return {
            "identifier": command.identifier,
            "transaction_id": command.transaction_id,
            "currency": self.currency_id.name,
            "name": self._shown_name(accounts),
            "owed": debt.total,
            "bills": self._owed_bills(debt),
        }

    def _check_amount(self, command):
        """Raise for an amount or currency that this profile does not take.

        :raise Refusal: bad_amount, too_small or too_large
        """
        if command.currency and command.currency != self.currency_id.name:
            raise Refusal(Outcome.BAD_AMOUNT, "Wrong currency")
        if command.amount < self._exact(self.amount_min):
            raise Refusal(Outcome.TOO_SMALL)
        if command.amount > self._exact(self.amount_max):
            raise Refusal(Outcome.TOO_LARGE)

    def _do_status(self, command):
        """Tell what became of a transaction.

        :raise Refusal: not_found or cancelled
        """
        transaction = self._known_transaction(command.transaction_id)
        if not transaction:
            raise Refusal(Outcome.NOT_FOUND)
        if transaction.state == "cancelled":
            raise Refusal(Outcome.CANCELLED)
        return transaction._facts()

    def _do_verify(self, command):
        """List the payments of a civil day that were not cancelled.

        :raise Refusal: forbidden, unless the profile gives lists
        """
        self._check_gives_lists()
        start_at = self.company_id._telecom_day_start_at(command.day)
        end_at = self.company_id._telecom_day_start_at(command.day + timedelta(days=1))
        booked = self.env["telecom.payment.gateway.transaction"].search(
            [
                ("gateway_id", "=", self.id),
                ("is_sandbox", "=", self._is_trial()),
                ("state", "=", "booked"),
                ("booked_at", ">=", start_at),
                ("booked_at", "<", end_at),
            ],
            order="id",
            limit=MOST_PAYMENTS,
        )
        return {
            "rows": tuple(
                Row(
                    identifier=transaction.identifier,
                    amount=self._exact(transaction.amount),
                    transaction_id=transaction.transaction_id,
                    receipt=str(transaction.id),
                )
                for transaction in booked
            )
        }

    def _do_list(self, command):
        """List who owes bills of a month, page by page.

        :raise Refusal: forbidden, unless the profile gives lists
        """
        self._check_gives_lists()
        groups = self.env["account.move"]._read_group(
            Domain(
                [
                    ("company_id", "=", self.company_id.id),
                    ("telecom_billing_account_id", "!=", False),
                    ("move_type", "=", "out_invoice"),
                    ("state", "=", "posted"),
                    ("currency_id", "=", self.currency_id.id),
                    ("amount_residual", ">", 0),
                    ("invoice_date", ">=", command.month),
                    ("invoice_date", "<", command.month + relativedelta(months=1)),
                ]
            ),
            ["telecom_billing_account_id"],
            ["amount_residual:sum"],
            order="telecom_billing_account_id",
            offset=(command.page - 1) * command.rows,
            limit=command.rows,
        )
        return {
            "rows": tuple(
                Row(
                    identifier=account.code,
                    amount=self._exact(residual),
                    info=masking.mask_name(account.partner_id.name or "")
                    if self.tells_name
                    else "",
                )
                for account, residual in groups
            )
        }

    def _check_gives_lists(self):
        if not self.tells_list:
            raise Refusal(Outcome.FORBIDDEN)
