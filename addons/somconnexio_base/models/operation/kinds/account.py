# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.exceptions import UserError

from ....lifecycle import ACTIVE, PENDING, SUSPENDED
from .base import PAYMENT_TERMS, OperationKind


class ChangePayment(OperationKind):
    """Another IBAN or mail for a whole billing account."""

    code = "change_payment"
    label = "Change of IBAN or e-mail of a billing account"
    lane = "payment"
    takes = (*PAYMENT_TERMS, "note")
    is_account_wide = True
    change = "billing"
    planned_notice = "billing_change_planned"
    done_notice = "billing_changed"

    def check(self, operation):
        """Refuse when nothing would change."""
        operation._check_payment_given()

    def apply(self, operation):
        """Write what is given on the account."""
        account = operation.billing_account_id
        return _write_kept(account, operation._payment_vals(account.partner_id))

    def take_back(self, operation):
        """Write what was there before, if it has not been changed again."""
        _write_back(operation, operation.billing_account_id)


def _write_kept(account, vals):
    """Write values on a billing account; return them before and after."""
    before = account._stored_values(vals)
    account.write(vals)
    return {"before": before, "after": account._stored_values(vals)}


def _write_back(operation, account):
    """Give a billing account the values that it had before an operation."""
    data = operation.undo_data
    now = account._stored_values(data["after"])
    operation._check_unchanged(now, data["after"])
    account.write(data["before"])


class ChangeAccount(OperationKind):
    """Another IBAN or mail for one subscription: its billing account is split."""

    code = "change_account"
    label = "Change of IBAN or e-mail of one subscription"
    lane = "payment"
    states = (PENDING, ACTIVE, SUSPENDED)
    takes = ("account_id", *PAYMENT_TERMS, "note")
    change = "billing"
    planned_notice = "billing_change_planned"
    done_notice = "billing_changed"

    def check(self, operation):
        """Refuse when nothing would change, or another holder would pay."""
        account = operation.account_id
        if not account:
            operation._check_payment_given()
            return
        own = operation.subscription_id.telecom_billing_account_id
        if account == own or account.partner_id != own.partner_id:
            raise UserError(
                operation.env._(
                    "Choose another billing account of the same payer, %(payer)s. "
                    "For another payer use the change of holder.",
                    payer=own.partner_id.display_name,
                )
            )

    def apply(self, operation):
        """Move the subscription to an account with what is given.

        An account that has no other subscription is not split, but changed.
        """
        subscription = operation.subscription_id
        old = subscription.telecom_billing_account_id
        vals = operation._payment_vals(old.partner_id)
        new = operation.account_id or old._account_like(vals)
        if not new and old._open_subscriptions() == subscription:
            return _write_kept(old, vals)
        new = new or old._open_like(vals)
        subscription.move_to_account(new)
        return {"old_account_id": old.id, "new_account_id": new.id}

    def take_back(self, operation):
        """Move it back, if it is where this operation brought it."""
        data = operation.undo_data
        Account = operation.env["telecom.billing.account"]
        subscription = operation.subscription_id
        if "before" in data:
            _write_back(operation, subscription.telecom_billing_account_id)
            return
        operation._check_unchanged(
            subscription.telecom_billing_account_id,
            Account.browse(data["new_account_id"]),
        )
        subscription.move_to_account(Account.browse(data["old_account_id"]))
