# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The way of Sberbank's electronic payments: capitals, and a code for duplicates."""

from .layout import Layout
from .protocol import Protocol
from .rendering import xml

CODES = {
    "ok": "0",
    "temporary": "1",
    "busy": "1",
    "malformed": "300",
    "unknown_action": "2",
    "bad_account": "4",
    "not_found": "3",
    "inactive": "5",
    "forbidden": "7",
    "bad_amount": "9",
    "too_small": "10",
    "too_large": "11",
    "bad_date": "12",
    "bad_transaction": "6",
    "duplicate": "8",
    "conflict": "300",
    "cancelled": "300",
    "cancel_impossible": "300",
    "internal": "300",
}


class Sberbank(Protocol):
    """A transaction that was taken before is answered 8, with its first numbers."""

    code = "sberbank"
    label = "Sberbank style (XML)"
    content_type = "text/xml; charset=utf-8"
    duplicate_rule = "tell"
    layout = Layout(
        transport="get",
        date_format="%d.%m.%Y_%H:%M:%S",
        asks={
            "action": "ACTION",
            "identifier": "ACCOUNT",
            "amount": "AMOUNT",
            "transaction_id": "PAY_ID",
            "paid_at": "PAY_DATE",
        },
        tells={
            "root": "response",
            "name": "FIO",
            "owed": "BALANCE",
            "bill_numbers": "INFO",
            "receipt": "EXT_ID",
            "booked_at": "REG_DATE",
            "amount": "AMOUNT",
            "code": "CODE",
            "comment": "MESSAGE",
        },
        words={"check": "check", "pay": "payment"},
        codes=CODES,
    )

    def write(self, answer, layout):
        """Override: flat elements; the open bills as one line of text."""
        values = self.facts(answer, layout)
        values["bill_numbers"] = ", ".join(bill.number for bill in answer.bills) or None
        return xml(layout.root, self.named(layout, values))
