# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The lines of a month close. Each is one file of ``sql/desk/close/`` and a row here.

A line's statement returns one row with ``figure`` and ``expected``; its link opens the
rows that the figure is made of.
"""

from dataclasses import dataclass

from odoo.tools.translate import LazyGettext, LazyTranslate

_lt = LazyTranslate(__name__)
BILLS = (
    ("telecom_billing_account_id", "!=", False),
    ("state", "=", "posted"),
    ("move_type", "in", ("out_invoice", "out_refund")),
)


@dataclass(frozen=True, eq=False)
class Check:
    """One line of the checklist.

    :ivar str code: name of the file in ``sql/desk/close/``, without ``.sql``
    :ivar str model: what the link opens
    :ivar str date_field: by which rows belong to the month; empty: all up to now
    :ivar tuple domain: of the rows, besides company and month
    :ivar bool is_until: rows of earlier months belong to it too
    :ivar bool is_count: the figures are numbers of rows and no money
    :ivar str needs: model without which the line is left out
    """

    code: str
    name: LazyGettext
    remedy: LazyGettext
    model: str
    date_field: str = ""
    domain: tuple = ()
    is_until: bool = False
    is_count: bool = False
    needs: str = ""


CHECKS = (
    Check(
        "drafts_left",
        _lt("Nothing of the month is left as a draft"),
        _lt("Post the drafts or delete them."),
        "account.move",
        "date",
        (("state", "=", "draft"),),
        is_until=True,
        is_count=True,
    ),
    Check(
        "number_gaps",
        _lt("The numbers of bills have no gaps"),
        _lt("Find out which bill was deleted, and write it down as the reason."),
        "account.move",
        "date",
        (
            ("made_sequence_gap", "=", True),
            ("state", "=", "posted"),
            ("journal_id.type", "=", "sale"),
        ),
        is_count=True,
    ),
    Check(
        "bills_receivable",
        _lt("Bills posted = what customers owe for them"),
        _lt("Look for bills whose journal entry was changed by hand."),
        "account.move",
        "date",
        BILLS,
    ),
    Check(
        "debits_filed",
        _lt("Debits in files = debit runs"),
        _lt("Open the run whose file is not that of its debits."),
        "telecom.debit.run",
        "first_date",
        (("state", "in", ("filed", "sent", "booked", "closed")),),
    ),
    Check(
        "debits_booked",
        _lt("Debits booked = debits sent"),
        _lt("Book the runs that are at the bank."),
        "account.payment.line",
        "date",
        (("debit_run_id.state", "in", ("sent", "booked", "closed")),),
        needs="telecom.debit.run",
    ),
    Check(
        "returns_booked",
        _lt("Returned debits booked = returns in the bank's files"),
        _lt("Decide about the returns that wait."),
        "telecom.returned.debit",
        "day",
    ),
    Check(
        "bank_exceptions",
        _lt("All money on the statements is allocated"),
        _lt("Allocate the exceptions."),
        "telecom.bank.transaction",
        "day",
        (("state", "=", "exception"),),
        is_until=True,
        is_count=True,
    ),
    Check(
        "bank_balance",
        _lt("Ledger of the banks = end of their last statements"),
        _lt("Look for a statement that is missing, or an entry made by hand."),
        "account.move.line",
        "date",
        (
            ("account_id.account_type", "=", "asset_cash"),
            ("parent_state", "=", "posted"),
        ),
    ),
    Check(
        "under_way",
        _lt("What was under way at the bank has arrived"),
        _lt("What is a few days old is normal; older lines have lost their statement."),
        "account.move.line",
        "date",
        (
            ("account_id.reconcile", "=", True),
            ("account_id.account_type", "=", "asset_current"),
            ("reconciled", "=", False),
            ("parent_state", "=", "posted"),
        ),
        is_until=True,
    ),
    Check(
        "gateway_registers",
        _lt("Payments by bank apps here = in the banks' registers"),
        _lt("Settle the differences of the registers."),
        "telecom.payment.gateway.register",
        "day",
    ),
    Check(
        "gateway_uncompared",
        _lt("Every payment by a bank app is in a register"),
        _lt("Load the register of its day."),
        "telecom.payment.gateway.transaction",
        "booked_at",
        (("is_sandbox", "=", False), ("register_state", "!=", "equal")),
        is_count=True,
    ),
    Check(
        "credit_left",
        _lt("No money of customers waits for a bill"),
        _lt("Match it with bills, or refund it."),
        "account.move.line",
        "date",
        (
            ("account_id.account_type", "=", "asset_receivable"),
            ("amount_residual", "<", 0),
            ("parent_state", "=", "posted"),
            ("move_id.move_type", "=", "entry"),
        ),
        is_until=True,
    ),
    Check(
        "disputes",
        _lt("No claim about a bill is open"),
        _lt("Close the claims, or say why they go on."),
        "telecom.payment.dispute",
        "opened_date",
        (("state", "=", "open"),),
        is_until=True,
    ),
    Check(
        "refunds_waiting",
        _lt("No refund waits"),
        _lt("Approve and send the refunds."),
        "telecom.refund",
        "",
        (("state", "not in", ("paid", "cancelled")),),
    ),
    Check(
        "capital_subscribed",
        _lt("Share capital in the ledger = subscribed by members"),
        _lt("Look for entries on the accounts of capital made by hand."),
        "cooperative.share.movement",
        "date",
        is_until=True,
    ),
    Check(
        "capital_called",
        _lt("Called capital in the ledger = called and not paid"),
        _lt("Look for payments of capital that were booked without the instalment."),
        "cooperative.share.movement",
        "date",
        is_until=True,
    ),
    Check(
        "capital_refundable",
        _lt("Refunds of capital owed in the ledger = owed to who left"),
        _lt("Look for refunds that were booked without the leaving."),
        "cooperative.share.movement",
        "date",
        is_until=True,
    ),
)
BY_CODE = {check.code: check for check in CHECKS}
