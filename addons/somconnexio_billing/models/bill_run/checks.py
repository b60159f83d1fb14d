# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The controls of a bill run. Each is one file of ``sql/checks/`` and one row here.

A control's statement returns the rows that break its rule: ``billing_account_id`` (when
one is concerned), ``res_id`` (a record of ``model``) and ``detail`` (what is wrong).
"""

from dataclasses import dataclass

from odoo.tools.translate import LazyGettext, LazyTranslate

_lt = LazyTranslate(__name__)


@dataclass(frozen=True, eq=False)
class Check:
    """One control.

    :ivar str code: name of the file in ``sql/checks/``, without ``.sql``
    :ivar str stage: code of the stage after which the control runs
    :ivar str severity: ``warn``, ``block_account`` or ``block_run``
    :ivar str model: the model that ``res_id`` is of
    :ivar name: the rule, in the affirmative
    :ivar remedy: what a person can do when it is broken
    """

    code: str
    stage: str
    severity: str
    model: str
    name: LazyGettext
    remedy: LazyGettext


CHECKS = (
    Check(
        "file_rows_lost",
        "check",
        "block_run",
        "telecom.usage.file",
        _lt("Every row of a file is in exactly one place and counted there"),
        _lt("Rows have been lost or counted twice: ask support before going on."),
    ),
    Check(
        "file_not_loaded",
        "check",
        "warn",
        "telecom.usage.file",
        _lt("Every file received since the period began is loaded"),
        _lt("Load the file; when it is quarantined, ask the provider for a new one."),
    ),
    Check(
        "usage_suspended",
        "check",
        "warn",
        "telecom.usage.event",
        _lt("Every usage event of the period belongs to a subscription"),
        _lt("Assign the number to its subscription and recycle the suspended usage."),
    ),
    Check(
        "usage_unrated",
        "check",
        "block_account",
        "telecom.usage.event",
        _lt("All usage of a subscription has a price"),
        _lt("Complete the tariff, its rates or its destinations, then rate again."),
    ),
    Check(
        "usage_not_rated",
        "check",
        "block_run",
        "telecom.usage.event",
        _lt("Every guided usage event up to the end of the period is rated"),
        _lt("Rate again."),
    ),
    Check(
        "rated_without_rate",
        "check",
        "block_run",
        "telecom.rated.usage",
        _lt("Every rated usage names its rate, its category and its account"),
        _lt("Rate again; give the subscription a billing account."),
    ),
    Check(
        "subscription_without_account",
        "check",
        "warn",
        "contract.contract",
        _lt("Every subscription in service has a billing account"),
        _lt("Choose the billing account on the subscription."),
    ),
    Check(
        "subscription_without_tariff",
        "check",
        "block_account",
        "contract.contract",
        _lt("Every subscription in service has a tariff line in the period"),
        _lt("Add the tariff line, or terminate the subscription."),
    ),
    Check(
        "direct_debit_without_iban",
        "check",
        "warn",
        "telecom.billing.account",
        _lt("Every account paid by direct debit has an IBAN"),
        _lt("Add the bank account, or choose transfer."),
    ),
    Check(
        "mandate_missing",
        "check",
        "block_account",
        "telecom.billing.account",
        _lt("Every account paid by direct debit has a mandate"),
        _lt("Have the mandate signed, or choose transfer."),
    ),
    Check(
        "usage_at_risk",
        "check",
        "block_account",
        "telecom.usage.event",
        _lt("Little usage of a customer waits in suspense"),
        _lt("Correct who held the number when, recycle, and run the steps again."),
    ),
    Check(
        "fee_missing",
        "preview",
        "block_account",
        "contract.contract",
        _lt("Every day of a tariff or add-on in the period has its fee"),
        _lt("Preview again."),
    ),
    Check(
        "usage_not_on_bill",
        "preview",
        "block_run",
        "telecom.bill.run.account",
        _lt("The charged usage of an account is the sum of its usage lines"),
        _lt("Preview again."),
    ),
    Check(
        "line_without_product",
        "preview",
        "block_account",
        "telecom.bill.run.line",
        _lt("Every billed line has a product"),
        _lt("Give the contract line or the usage category its product."),
    ),
    Check(
        "line_without_tax",
        "preview",
        "warn",
        "telecom.bill.run.line",
        _lt("Every billed line has a tax, if only an exemption"),
        _lt("Set the taxes of the product, or its account's fiscal position."),
    ),
    Check(
        "bill_negative",
        "preview",
        "block_account",
        "telecom.bill.run.account",
        _lt("No bill is below zero"),
        _lt("Spread the discount over the next months, or make a credit note."),
    ),
    Check(
        "bill_shock",
        "preview",
        "block_account",
        "telecom.bill.run.account",
        _lt("No bill has much more usage than usual"),
        _lt("Look at the usage, speak with the customer, then release the account."),
    ),
    Check(
        "bill_change",
        "preview",
        "block_account",
        "telecom.bill.run.account",
        _lt("No bill is far from the last three"),
        _lt("Look at what has changed, then release the account."),
    ),
    Check(
        "usage_stopped",
        "preview",
        "block_account",
        "contract.contract",
        _lt("Who used something in each of three months uses something now"),
        _lt("Look whether a file is missing or the line is down, then release."),
    ),
    Check(
        "usage_missing",
        "preview",
        "warn",
        "contract.contract",
        _lt("Subscriptions that had usage the month before have usage again"),
        _lt("Look whether a file of their provider is missing."),
    ),
    Check(
        "earlier_days_unbilled",
        "preview",
        "warn",
        "contract.line",
        _lt("No day or charge of the month before is left without a bill"),
        _lt("Make an off-cycle run for that month."),
    ),
    Check(
        "bill_missing",
        "invoice",
        "block_run",
        "telecom.bill.run.account",
        _lt("Every account with something to bill has its bill"),
        _lt("Press Invoice again; look at the failed slices."),
    ),
    Check(
        "bill_twice",
        "invoice",
        "block_run",
        "account.move",
        _lt("An account has one bill in a run"),
        _lt("Remove the second bill."),
    ),
    Check(
        "preview_differs",
        "invoice",
        "block_run",
        "telecom.bill.run.account",
        _lt("Every bill is equal to its preview to the cent"),
        _lt(
            "Undo the change made to the bill, or take the run back and preview again."
        ),
    ),
    Check(
        "bill_not_posted",
        "post",
        "warn",
        "telecom.bill.run.account",
        _lt("Every bill is posted"),
        _lt("Look at the reason of the held accounts, correct and release them."),
    ),
)
BY_CODE = {check.code: check for check in CHECKS}
# The rows of these name no account that could be held.
NAMELESS = {"file_not_loaded", "usage_suspended", "subscription_without_account"}
