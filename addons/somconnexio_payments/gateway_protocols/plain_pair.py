# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Two calls in JSON: GetCustomerInfo finds, PostCustomersInfo pays."""

from dataclasses import replace

from .layout import Layout
from .messages import READ_ACTIONS, Action
from .protocol import Protocol
from .rendering import json_object

CODES = {
    "ok": "0",
    "temporary": "1",
    "busy": "2",
    "malformed": "10",
    "unknown_action": "11",
    "bad_account": "12",
    "not_found": "13",
    "inactive": "14",
    "forbidden": "15",
    "bad_amount": "20",
    "too_small": "21",
    "too_large": "22",
    "bad_date": "23",
    "bad_transaction": "24",
    "duplicate": "30",
    "conflict": "31",
    "cancelled": "32",
    "cancel_impossible": "33",
    "internal": "99",
}


class PlainPair(Protocol):
    """GET finds, POST pays: the method is the profile's concern, the path says which.

    Amounts are texts in JSON, so that no receiver makes floats of them.
    """

    code = "plain_pair"
    label = "Plain pair (JSON)"
    action_is_path = True
    transaction_is_number = False
    layout = Layout(
        transport="json",
        amount_format="decimal",
        date_format="%Y-%m-%dT%H:%M:%S",
        day_format="%Y-%m-%d",
        asks={
            "identifier": "iin",
            "transaction_id": "txn_id",
            "amount": "sum",
            "currency": "currency",
            "paid_at": "date",
            "bill": "bill",
            "receipt": "document",
            "day": "day",
        },
        tells={
            "code": "code",
            "comment": "message",
            "identifier": "iin",
            "name": "name",
            "owed": "sum",
            "bills": "bills",
            "transaction_id": "txn_id",
            "receipt": "document",
            "amount": "amount",
            "booked_at": "booked_at",
            "rows": "payments",
        },
        words={
            "check": "GetCustomerInfo",
            "pay": "PostCustomersInfo",
            "cancel": "CancelPayment",
            "status": "GetPayment",
            "verify": "GetPayments",
        },
        codes=CODES,
    )

    def parameters(self, call, layout):
        """Override: what reads is a GET, what writes is a POST."""
        action = self.action(call, {}, layout)
        wanted = "get" if self.asks_by_get(action) else layout.transport
        return super().parameters(call, replace(layout, transport=wanted))

    def asks_by_get(self, action):
        """Override: what reads is a GET, what writes is a POST."""
        return action in READ_ACTIONS

    def write(self, answer, layout):
        """Override: one flat object, with the bills and payments as lists."""
        values = self.facts(answer, layout)
        if answer.action is Action.CHECK and answer.owed is not None:
            values["bills"] = [self._bill(bill, layout) for bill in answer.bills]
        if answer.action is Action.VERIFY:
            values["rows"] = [self._row(row, layout) for row in answer.rows]
        return json_object(self.named(layout, values))

    def _bill(self, bill, layout):
        return {
            "number": bill.number,
            "sum": layout.write_amount(bill.amount),
            "due_date": bill.due_date and bill.due_date.isoformat(),
            "being_debited": bill.is_being_debited,
        }

    def _row(self, row, layout):
        return {
            layout.asks["transaction_id"]: row.transaction_id,
            layout.tells["receipt"]: row.receipt,
            layout.asks["identifier"]: row.identifier,
            layout.asks["amount"]: layout.write_amount(row.amount),
        }
