# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A payment provider that does what a test tells it, through core's own processing.

Core's ``_process`` does the work: it looks for the transaction, compares amount and
currency, and updates the state. Only what a provider's module says of its messages is
said here: ``{"reference", "amount", "currency", "status"}``.
"""

from unittest.mock import patch

from odoo import Command

PROVIDER = "odoo.addons.payment.models.payment_provider.PaymentProvider"
TRANSACTION = "odoo.addons.payment.models.payment_transaction.PaymentTransaction"


def _amount_data(self, payment_data):
    return {
        "amount": payment_data["amount"],
        "currency_code": payment_data["currency"],
    }


def _feature_support(self):
    self.support_express_checkout = False
    self.support_tokenization = True
    self.support_manual_capture = "full_only"
    self.support_refund = "partial"


def _apply_updates(self, payment_data):
    self.provider_reference = payment_data.get("provider_reference", "REF")
    getattr(self, f"_set_{payment_data['status']}")()


def set_up_journal(provider, journal, outstanding):
    """Let a provider book on a bank journal, as its form would.

    :param provider: payment.provider
    :param outstanding: account.account where the money waits for the statement
    """
    env = provider.env
    Method = env["account.payment.method"].sudo()
    known = Method.search([("code", "=", provider.code)])
    methods = known or Method.create(
        [
            {"name": provider.name, "code": provider.code, "payment_type": kind}
            for kind in ("inbound", "outbound")
        ]
    )
    Line = env["account.payment.method.line"]
    earlier = Line.search([("payment_provider_id", "=", provider.id)])
    earlier.payment_provider_id = False
    earlier.unlink()
    lines = Line.create(
        [
            {
                "name": provider.name,
                "payment_method_id": method.id,
                "journal_id": journal.id,
                "payment_account_id": outstanding.id,
            }
            for method in methods
        ]
    )
    env.flush_all()
    lines.payment_provider_id = provider
    env.flush_all()
    env.invalidate_all()


class OnlineMixin:
    """Add to a test class with ``bank_journal``; call ``_set_up_provider``."""

    @classmethod
    def _set_up_provider(cls):
        for target, method in (
            (f"{TRANSACTION}._extract_amount_data", _amount_data),
            (f"{TRANSACTION}._apply_updates", _apply_updates),
            (f"{PROVIDER}._compute_feature_support_fields", _feature_support),
        ):
            patcher = patch(target, method)
            patcher.start()
            cls.addClassCleanup(patcher.stop)
        form = cls.env["ir.ui.view"].create(
            {"name": "Form", "type": "qweb", "arch": "<form action='x' method='post'/>"}
        )
        cls.pay_method = cls.env.ref("payment.payment_method_unknown")
        cls.provider = cls.env["payment.provider"].create(
            {
                "name": "Test cards",
                "code": "none",
                "state": "test",
                "is_published": True,
                "company_id": cls.company.id,
                "redirect_form_view_id": form.id,
                "allow_tokenization": True,
                "payment_method_ids": [Command.set(cls.pay_method.ids)],
                "available_currency_ids": [Command.set(cls.env.ref("base.EUR").ids)],
            }
        )
        cls.pay_method.write({"active": True, "support_tokenization": True})
        set_up_journal(cls.provider, cls.bank_journal, cls.account_outstanding)

    def _begin(self, record, **vals):
        """Return the draft transaction of a record's link."""
        debt = record._online_debt()
        kinds = {
            "account.move": "bill",
            "telecom.billing.account": "account",
            "cooperative.capital.call": "capital",
        }
        Transaction = self.env["payment.transaction"].sudo()
        return Transaction.create(
            {
                "provider_id": self.provider.id,
                "payment_method_id": self.pay_method.id,
                "reference": Transaction._compute_reference("none", debt.reference),
                "amount": debt.amount,
                "currency_id": debt.company.currency_id.id,
                "partner_id": debt.partner.id,
                "operation": "online_redirect",
                "telecom_pay_kind": kinds[record._name],
                "telecom_billing_account_id": debt.account.id,
                "invoice_ids": [Command.set(debt.bills.ids)],
                "telecom_call_ids": [Command.set(debt.calls.ids)],
                **vals,
            }
        )

    def _tell(self, transaction, status, **changes):
        """Let the provider tell something, and do what core does then."""
        data = {
            "reference": transaction.reference,
            "amount": abs(transaction.amount),
            "currency": transaction.currency_id.name,
            "status": status,
            **changes,
        }
        found = self.env["payment.transaction"].sudo()._process("none", data)
        if found and not found.is_post_processed:
            found._post_process()
        return found

    def _give_back(self, transaction, amount=None):
        """Return the draft refund of a transaction."""
        return transaction._create_child_transaction(
            amount or transaction.amount, is_refund=True
        )
