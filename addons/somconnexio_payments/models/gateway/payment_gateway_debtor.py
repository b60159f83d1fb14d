# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Who is meant by an identifier, and what that person owes."""

from collections import namedtuple
from datetime import date
from decimal import Decimal

from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.somconnexio_base.money import exact_in

from ...gateway_protocols import masking
from ...gateway_protocols.identifiers import normal
from ...gateway_protocols.messages import OwedBill
from ...gateway_protocols.outcome import Outcome, Refusal
from ...gateway_protocols.sharing import Debt

PersonDebt = namedtuple("PersonDebt", "debts bills total")


class TelecomPaymentGateway(models.Model):
    _inherit = "telecom.payment.gateway"

    def _accounts_of(self, identifier):
        """Return the billing accounts in use that an identifier names.

        Every kind that the text can be is asked in order, by one query each; the first
        that is somebody's counts. One of another company and nobody's are the same:
        not found, by the same queries.

        :raise Refusal: bad_account, not_found or inactive
        """
        self.ensure_one()
        readings = [
            (line.kind, value)
            for line in self.identifier_ids
            if (value := normal(line.kind, identifier))
        ]
        if not readings:
            raise Refusal(Outcome.BAD_ACCOUNT)
        for kind, value in readings:
            found = self._search_accounts(kind, value)
            if found:
                in_use = found.filtered("active")
                if not in_use:
                    raise Refusal(Outcome.INACTIVE)
                return in_use.sorted("id")
        raise Refusal(Outcome.NOT_FOUND)

    def _search_accounts(self, kind, value):
        """Return the billing accounts of this company for one kind of identifier."""
        named = {
            "vat": self._named_by_vat,
            "kz": self._named_by_vat,
            "member": self._named_by_membership,
            "phone": self._named_by_phone,
            "contract": lambda code: Domain("subscription_ids.code", "=", code),
            "account": lambda code: Domain("code", "=", code),
        }[kind](value)
        return (
            self.env["telecom.billing.account"]
            .with_context(active_test=False)
            .search(Domain("company_id", "=", self.company_id.id) & named)
        )

    def _named_by_vat(self, value):
        written = [value, value.removeprefix("ES")]
        return Domain("partner_id.vat", "in", written)

    def _named_by_membership(self, value):
        membership = [("number", "=", value), ("company_id", "=", self.company_id.id)]
        return Domain("commercial_partner_id.membership_ids", "any", membership)

    def _named_by_phone(self, value):
        now = fields.Datetime.now()
        held = [
            ("resource_id.name", "=", value),
            ("resource_id.kind_id.code", "in", ("msisdn", "fixed_number")),
            ("start_at", "<=", now),
            "|",
            ("end_at", "=", False),
            ("end_at", ">", now),
        ]
        return Domain("subscription_ids.assignment_ids", "any", held)

    def _debt_of(self, accounts):
        """Return what billing accounts owe, in one query, oldest first.

        :return: PersonDebt of Debts, their account.move and the Decimal of all
        """
        rows = self.env["account.move.line"]._read_group(
            accounts._open_line_domain()
            & Domain("currency_id", "=", self.currency_id.id),
            ["move_id"],
            ["amount_residual:sum", "date_maturity:min"],
        )
        debts = [
            Debt(
                account=bill.telecom_billing_account_id.id,
                bill=bill.id,
                due_date=due_date or bill.invoice_date or date.min,
                amount=self._exact(residual),
            )
            for bill, residual, due_date in rows
        ]
        debts.sort(key=lambda debt: (debt.due_date, debt.bill))
        bills = self.env["account.move"].browse([debt.bill for debt in debts])
        return PersonDebt(debts, bills, sum((d.amount for d in debts), Decimal("0.00")))

    def _exact(self, amount):
        return exact_in(amount, self.currency_id)

    def _owed_bills(self, debt):
        """Return what is told of the bills; nothing unless the profile wants it."""
        if not self.tells_bills:
            return ()
        debited = debt.bills._is_being_debited()
        return tuple(
            OwedBill(
                number=bill.name,
                amount=owed.amount,
                due_date=owed.due_date,
                is_being_debited=bill in debited,
            )
            for owed, bill in zip(debt.debts, debt.bills, strict=True)
        )

    def _shown_name(self, accounts):
        """Return the masked name of whose accounts they are."""
        if not self.tells_name:
            return ""
        return masking.mask_name(accounts[:1].partner_id.name or "")
