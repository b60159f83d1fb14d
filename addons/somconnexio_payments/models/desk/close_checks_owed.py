# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Lines of a month close about bank apps, cards, credit, refunds and share capital."""

from odoo.tools.translate import LazyTranslate

from .close_rows import POSTED, Check, Rows, ledger

_lt = LazyTranslate(__name__)


def _capital(measure, **more):
    """Return the book of share capital until the end of the month."""
    return Rows(
        "cooperative.share.movement", measure, (), "date", is_until=True, **more
    )


CHECKS = (
    Check(
        "gateway_registers",
        _lt("Payments by bank apps here = in the banks' registers"),
        _lt("Settle the differences of the registers."),
        Rows("telecom.payment.gateway.register", "our_amount", (), "day"),
        Rows("telecom.payment.gateway.register", "bank_amount", (), "day"),
    ),
    Check(
        "gateway_uncompared",
        _lt("Every payment by a bank app is in a register"),
        _lt("Load the register of its day."),
        Rows(
            "telecom.payment.gateway.transaction",
            domain=(
                ("is_sandbox", "=", False),
                ("state", "=", "booked"),
                ("register_state", "!=", "equal"),
            ),
            day="booked_at",
            is_instant=True,
        ),
    ),
    Check(
        "online_unbooked",
        _lt("All that was taken by card and Bizum is booked"),
        _lt("Open the payment, see what its provider told, and book it."),
        Rows(
            "payment.transaction",
            "amount",
            (
                ("state", "=", "done"),
                ("operation", "!=", "validation"),
                ("payment_id", "=", False),
                ("child_transaction_ids", "=", False),
            ),
            "last_state_change",
            is_instant=True,
            is_until=True,
        ),
    ),
    Check(
        "credit_left",
        _lt("No money of customers waits for a bill"),
        _lt("Match it with bills, or refund it."),
        Rows(
            "account.move.line",
            "amount_residual",
            (
                ("account_id.account_type", "=", "asset_receivable"),
                ("amount_residual", "<", 0),
                ("move_id.move_type", "=", "entry"),
                POSTED,
            ),
            "date",
            is_until=True,
            sign=-1,
        ),
    ),
    Check(
        "disputes",
        _lt("No claim about a bill is open"),
        _lt("Close the claims, or say why they go on."),
        Rows(
            "telecom.payment.dispute",
            "amount",
            (("state", "=", "open"),),
            "opened_date",
            is_until=True,
        ),
    ),
    Check(
        "refunds_waiting",
        _lt("No refund waits"),
        _lt("Approve and send the refunds."),
        Rows(
            "telecom.refund",
            "amount",
            (("state", "not in", ("paid", "cancelled")),),
            "create_date",
            is_instant=True,
            is_until=True,
        ),
    ),
    Check(
        "capital_subscribed",
        _lt("Share capital in the ledger = subscribed by members"),
        _lt("Look for entries on the accounts of capital made by hand."),
        ledger("@capital_accounts", sign=-1),
        _capital("subscribed_amount"),
    ),
    Check(
        "capital_called",
        _lt("Called capital in the ledger = called and not paid"),
        _lt("Look for payments of capital that were booked without the instalment."),
        ledger("@called_accounts"),
        _capital("called_amount", less="paid_amount"),
    ),
    Check(
        "capital_refundable",
        _lt("Refunds of capital owed in the ledger = owed to who left"),
        _lt("Look for refunds that were booked without the leaving."),
        ledger("@refundable_accounts", sign=-1),
        _capital("refundable_amount"),
    ),
)
