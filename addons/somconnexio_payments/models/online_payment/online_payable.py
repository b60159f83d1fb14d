# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import binascii
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from werkzeug.urls import url_join

from odoo import api, fields, models
from odoo.tools.misc import hash_sign, verify_hash_signed

SCOPE = "somconnexio_payments.pay"
#: Kind in a link → model.
MODELS = {
    "bill": "account.move",
    "account": "telecom.billing.account",
    "capital": "cooperative.capital.call",
}
#: How many payments may be begun by one link in an hour: stolen cards are tried out
#: where nobody counts.
MAX_PER_HOUR = 10


class Debt(NamedTuple):
    """What one link asks for.

    ``partner``, ``company``: who owes whom; ``bills`` (account.move) and ``calls``
    (cooperative.capital.call) are what is paid; ``items`` are rows of (name, due date,
    amount) for the payer to read; ``debited``: how many bills a direct debit is about
    to pay, which are left out.
    """

    partner: Any
    company: Any
    account: Any
    bills: Any
    calls: Any
    items: list
    debited: int = 0

    @property
    def amount(self):
        """The sum of the items, in the company's currency."""
        currency = self.company.currency_id
        return currency.round(sum(amount for _name, _due, amount in self.items))

    @property
    def reference(self):
        """What the transaction's reference begins with."""
        names = [name for name, _due, _amount in self.items]
        if len(names) == 1 or not self.account:
            return names[0] if names else ""
        return self.account.code


class OnlinePayable(models.AbstractModel):
    """Something that can be paid by card or Bizum through a link.

    The link is signed and expires. It names the record and nothing else: what is owed
    is looked up when the link is opened, so that a link is never wrong or paid twice.
    """

    _name = "telecom.online.payable"
    _description = "Payable online"

    telecom_pay_url = fields.Char(
        string="Pay link",
        compute="_compute_telecom_pay_url",
        groups="somconnexio_base.group_telecom_agent,"
        "somconnexio_base.group_telecom_accountant",
        help="Whoever has this address can pay and sees the sums owed, no more.",
    )

    @api.depends_context("lang")
    def _compute_telecom_pay_url(self):
        for record in self:
            record.telecom_pay_url = record._pay_url() if record.id else False

    def _pay_url(self):
        """Return the address at which the record is paid; works for some weeks.

        The same all day long, so that a text made twice is the same text.
        """
        self.ensure_one()
        kind = next(key for key, name in MODELS.items() if name == self._name)
        company = self.company_id or self.env.company
        last_day = company._telecom_today() + timedelta(
            days=company.telecom_pay_link_days
        )
        token = hash_sign(
            self.env(su=True),
            SCOPE,
            [kind, self.id],
            expiration=datetime.combine(last_day, time.max),
        )
        return url_join(company.get_base_url(), f"/telecom/pay/{token}")

    def _offered_pay_url(self):
        """Return the pay link where it leads to something: a debt, and a way to pay."""
        self.ensure_one()
        return self._offered_pay_urls()[self]

    def _offered_pay_urls(self):
        """Return {record: pay link}, empty for who owes nothing or has no way to pay.

        A few queries for all records.
        """
        companies = self.company_id or self.env.company
        taking = companies.filtered(lambda company: company._takes_cards())
        debts = self._online_debts()
        return {
            record: record._pay_url()
            if debts[record].items and debts[record].company in taking
            else ""
            for record in self
        }

    @api.model
    def _payable_of(self, token):
        """Return the record that a link names, with the system's rights.

        :param str token: the last part of the link
        :return: the record; None for a link that is forged, cut off or too old, and
            for what does not exist any more
        """
        try:
            values = verify_hash_signed(self.env(su=True), SCOPE, token)
        except (ValueError, binascii.Error, UnicodeError, IndexError):
            return None
        if not values:
            return None
        kind, record_id = values
        return self.env[MODELS[kind]].sudo().browse(record_id).exists() or None

    def _online_debt(self):
        """Return the :class:`Debt` that the record is paid by; may have no items."""
        self.ensure_one()
        return self._online_debts()[self]

    def _online_debts(self):
        """Return {record: :class:`Debt`}: a few queries for all records."""
        raise NotImplementedError

    @api.model
    def _begun_lately(self, partner):
        """Return how many payments a payer's links began in the last hour."""
        since = fields.Datetime.now() - timedelta(hours=1)
        return (
            self.env["payment.transaction"]
            .sudo()
            .search_count(
                [
                    ("partner_id", "=", partner.id),
                    ("telecom_pay_kind", "!=", False),
                    ("create_date", ">=", since),
                ]
            )
        )

    def action_open_pay_link(self):
        """Open the pay page, as the member sees it."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": self._pay_url(),
            "target": "new",
        }

    def _debt_of_bills(self, partner, account, bills, debited):
        """Return the debt of some bills, without those that are being debited.

        :param bills: account.move, owed
        :param debited: account.move, those of them and of others that a debit pays
        """
        left = (bills - debited).sorted(lambda bill: (bill.invoice_date_due, bill.id))
        return Debt(
            partner=partner,
            company=account.company_id or bills[:1].company_id or self.env.company,
            account=account,
            bills=left,
            calls=self.env["cooperative.capital.call"],
            items=[
                (bill.name, bill.invoice_date_due, bill.amount_residual)
                for bill in left
            ],
            debited=len(bills & debited),
        )
