# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Lines of a month close about bills, debits and banks."""

from odoo.tools.translate import LazyTranslate

from .close_rows import POSTED, Check, Rows, ledger

_lt = LazyTranslate(__name__)
BILL_TYPES = ("out_invoice", "out_refund")
FILED = ("filed", "sent", "booked", "closed")
SENT = ("sent", "booked", "closed")


def _under_way(operator, sign):
    """Return the open items of money that is between ledger and bank."""
    return Rows(
        "account.move.line",
        "amount_residual",
        (
            ("account_id", "in", "@way_accounts"),
            ("amount_residual", operator, 0),
            POSTED,
        ),
        "date",
        is_until=True,
        sign=sign,
    )


CHECKS = (
    Check(
        "drafts_left",
        _lt("Nothing of the month is left as a draft"),
        _lt("Post the drafts or delete them."),
        Rows(
            "account.move",
            domain=(("state", "=", "draft"),),
            day="date",
            is_until=True,
        ),
    ),
    Check(
        "number_gaps",
        _lt("The numbers of bills have no gaps"),
        _lt("Find out which bill was deleted, and write it down as the reason."),
        Rows(
            "account.move",
            domain=(
                ("made_sequence_gap", "=", True),
                ("state", "=", "posted"),
                ("journal_id.type", "=", "sale"),
            ),
            day="date",
        ),
    ),
    Check(
        "bills_receivable",
        _lt("What customers owe for bills = bills posted"),
        _lt("Look for bills whose journal entry was changed by hand."),
        Rows(
            "account.move.line",
            "balance",
            (
                ("account_id.account_type", "=", "asset_receivable"),
                ("move_id.telecom_billing_account_id", "!=", False),
                ("move_id.move_type", "in", BILL_TYPES),
                POSTED,
            ),
            "date",
        ),
        Rows(
            "account.move",
            "amount_total_signed",
            (
                ("telecom_billing_account_id", "!=", False),
                ("move_type", "in", BILL_TYPES),
                ("state", "=", "posted"),
            ),
            "date",
        ),
    ),
    Check(
        "debits_filed",
        _lt("Control sums of the debit files = debits of their runs"),
        _lt("Open the run whose file is not that of its debits."),
        Rows(
            "account.payment.order",
            "sepa_control_sum",
            (("debit_run_id.state", "in", FILED),),
            "debit_run_id.first_date",
        ),
        Rows(
            "account.payment.line",
            "amount_currency",
            (("debit_run_id.state", "in", FILED),),
            "debit_run_id.first_date",
        ),
    ),
    Check(
        "debits_booked",
        _lt("Debits booked = debits sent"),
        _lt("Book the runs that are at the bank."),
        Rows(
            "account.payment.line",
            "amount_currency",
            (
                ("debit_run_id.state", "in", SENT),
                ("debit_booked_date", "!=", False),
            ),
            "date",
        ),
        Rows(
            "account.payment.line",
            "amount_currency",
            (("debit_run_id.state", "in", SENT),),
            "date",
        ),
    ),
    Check(
        "returns_booked",
        _lt("Returned debits booked = returns in the bank's files"),
        _lt("Decide about the returns that wait."),
        Rows(
            "payment.return.line",
            "amount",
            (("return_id.state", "=", "done"),),
            "return_id.date",
            company="return_id.company_id",
        ),
        Rows(
            "telecom.returned.debit",
            "amount",
            (("state", "!=", "reversed"),),
            "day",
        ),
    ),
    Check(
        "bank_exceptions",
        _lt("All money on the statements is allocated"),
        _lt("Allocate the exceptions."),
        Rows(
            "telecom.bank.transaction",
            domain=(("state", "=", "exception"),),
            day="day",
            is_until=True,
        ),
    ),
    Check(
        "bank_balance",
        _lt("Ledger of the banks = end of their last statements"),
        _lt("Look for a statement that is missing, or an entry made by hand."),
        ledger("@bank_accounts"),
        Rows(
            "account.bank.statement",
            "balance_end_real",
            (("id", "in", "@last_statements"),),
        ),
    ),
    Check(
        "under_way",
        _lt("Money on its way to the bank has arrived"),
        _lt("What is a few days old is normal; older items have lost their statement."),
        _under_way(">", 1),
    ),
    Check(
        "under_way_out",
        _lt("Money on its way out has left the bank"),
        _lt("What is a few days old is normal; older items have lost their statement."),
        _under_way("<", -1),
    ),
)
