# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.somconnexio_base.money import exact_in

from .account_payment import RECEIPT_PASS

RECEIVED = "payment.received"
MONEY_JOURNALS = ("bank", "cash", "credit")
#: While a payment gets its entry: who booked it stands in its row, so nothing of that
#: is noted, and a member's rank as a customer is left as it is (see ``res_partner``).
QUIETLY = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "telecom_keeps_rank": True,
}


class TelecomBillingAccount(models.Model):
    """The one way in which money that comes singly gets into the books."""

    _inherit = "telecom.billing.account"

    payment_ids = fields.One2many(
        "account.payment", "telecom_billing_account_id", string="Payments"
    )
    payment_count = fields.Integer(
        compute="_compute_payment_count",
        groups="somconnexio_base.group_telecom_agent,"
        "somconnexio_base.group_telecom_accountant",
    )

    def _compute_payment_count(self):
        booked = [("state", "in", ("in_process", "paid"))]
        self._count_into("payment_count", "account.payment", booked)

    def _receive_payment(
        self, amount, day, journal, reference, *, bills=None, key=None, memo=""
    ):
        """Book money that has come: payment, allocation, webhook and notice.

        All happens in the caller's transaction. The bills given are paid first, then
        the others of the account that fall due first; what is left is credit on
        account. The same ``key`` again answers the payment that is there; two
        transactions that book it at once meet at the database's UNIQUE key.

        :param Decimal amount: more than nothing, in whole units of the currency
        :param date day: civil day on which the money was paid
        :param journal: account.journal of a bank, cash box or card
        :param str reference: what the bank calls it
        :param bills: posted account.move of this account that the payer chose
        :param str key: names the money, unique within the company
        :param str memo: what the entry's lines say; the reference by default
        :return: account.payment, posted
        :raise UserError: for an amount, journal or bill that cannot be, and for a key
            under which something else has been booked
        """
        self.ensure_one()
        self = self.with_company(self.company_id)
        bills = bills or self.env["account.move"]
        self._check_receipt(amount, journal, bills)
        if known := self._payment_of(key, amount):
            return known
        lines = self._lines_to_pay(bills)
        payment = self._create_receipt(
            amount, day, journal, reference, key, memo, lines
        )
        payment.with_context(**QUIETLY).action_post()
        chosen = lines.filtered(lambda line: line.move_id in bills)
        payment._allocate(chosen)
        payment._allocate(lines - chosen)
        self._tell_receipt(payment)
        return payment

    def _check_receipt(self, amount, journal, bills):
        """Raise for money that cannot be booked."""
        if not isinstance(amount, Decimal):
            raise TypeError("An amount of money must be a Decimal.")
        currency = journal.currency_id or self.currency_id
        exponent = Decimal(1).scaleb(-currency.decimal_places)
        if not amount.is_finite() or amount <= 0 or amount % exponent:
            raise ValidationError(
                self.env._(
                    "%(amount)s cannot be received: an amount must be more than "
                    "nothing and have at most %(digits)s decimals.",
                    amount=amount,
                    digits=currency.decimal_places,
                )
            )
        if journal.type not in MONEY_JOURNALS or journal.company_id != self.company_id:
            raise ValidationError(
                self.env._(
                    "Money of %(account)s cannot come in by “%(journal)s”: choose a "
                    "bank, cash or card journal of %(company)s.",
                    account=self.display_name,
                    journal=journal.display_name,
                    company=self.company_id.display_name,
                )
            )
        strangers = bills.filtered(lambda b: b.telecom_billing_account_id != self)
        if strangers:
            raise ValidationError(
                self.env._(
                    "%(bill)s is not a bill of %(account)s.",
                    bill=strangers[0].display_name,
                    account=self.display_name,
                )
            )

    def _payment_of(self, key, amount):
        """Return the payment booked under a key, empty when there is none.

        :raise UserError: when it is another sum or another account's
        """
        Payment = self.env["account.payment"]
        if not key:
            return Payment
        payment = Payment.search(
            [("company_id", "=", self.company_id.id), ("receipt_key", "=", key)]
        )
        if payment and not (
            payment.telecom_billing_account_id == self
            and exact_in(payment.amount, payment.currency_id) == amount
        ):
            raise UserError(
                self.env._(
                    "%(key)s has been booked already, as %(payment)s of %(account)s: "
                    "the same money cannot be booked in another way.",
                    key=key,
                    payment=payment.display_name,
                    account=payment.telecom_billing_account_id.display_name,
                )
            )
        return payment

    def _lines_to_pay(self, bills):
        """Return the open receivable lines that money pays, in one account.

        The lines of chosen bills say which receivable account it is.
        """
        lines = self.env["account.move.line"].search(
            self._open_line_domain(), order="date_maturity, id"
        )
        chosen = lines.filtered(lambda line: line.move_id in bills)
        receivable = (chosen or lines)[:1].account_id
        return lines.filtered(lambda line: line.account_id == receivable)

    def _open_line_domain(self):
        """Return the domain of what this account owes, as journal items."""
        return Domain(
            [
                ("move_id.telecom_billing_account_id", "in", self.ids),
                ("parent_state", "=", "posted"),
                ("account_id.account_type", "=", "asset_receivable"),
                ("reconciled", "=", False),
                ("amount_residual", ">", 0),
            ]
        )

    def _create_receipt(self, amount, day, journal, reference, key, memo, lines):
        """Return the draft payment."""
        vals = {
            "payment_type": "inbound",
            "partner_type": "customer",
            "partner_id": self.commercial_partner_id.id,
            "telecom_billing_account_id": self.id,
            "amount": amount,
            "date": day,
            "journal_id": journal.id,
            "payment_reference": reference,
            "memo": memo or reference,
            "receipt_key": key or False,
        }
        if receivable := lines[:1].account_id:
            vals["destination_account_id"] = receivable.id
        quiet = self.env["account.payment"].with_context(
            receipt_pass=RECEIPT_PASS, **QUIETLY
        )
        return quiet.create(vals).with_env(self.env)

    def _tell_receipt(self, payment):
        """Tell other systems, and the payer where the company wants it."""
        self.env["telecom.webhook"]._publish(
            RECEIVED, payment, {"billing_account": self.code}
        )
        if self.company_id.telecom_tells_payments:
            self.env["telecom.notice"]._announce("payment_received", payment)

    def action_view_payments(self):
        """Open the payments of this account."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_payments.action_telecom_payment_received"
        )
        action["domain"] = [("telecom_billing_account_id", "=", self.id)]
        return action
