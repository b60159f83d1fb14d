# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""OSMP 1.4: parameters in the address, an XML answer. Many banks speak a child."""

from .layout import Layout
from .messages import Action
from .protocol import Protocol
from .rendering import xml

CODES = {
    "ok": "0",
    "temporary": "1",
    "busy": "1",
    "malformed": "300",
    "unknown_action": "300",
    "bad_account": "4",
    "not_found": "5",
    "inactive": "79",
    "forbidden": "7",
    "bad_amount": "300",
    "too_small": "241",
    "too_large": "242",
    "bad_date": "300",
    "bad_transaction": "300",
    "duplicate": "0",
    "conflict": "300",
    "cancelled": "300",
    "cancel_impossible": "251",
    "internal": "1",
}


class Osmp(Protocol):
    """The same transaction again is answered as the first time, with result 0."""

    code = "osmp"
    label = "OSMP 1.4 (XML)"
    content_type = "text/xml; charset=utf-8"
    layout = Layout(
        transport="get_or_form",
        asks={
            "action": "command",
            "transaction_id": "txn_id",
            "identifier": "account",
            "amount": "sum",
            "paid_at": "txn_date",
            "receipt": "prv_txn",
            "day": "date",
        },
        tells={
            "root": "response",
            "transaction_id": "osmp_txn_id",
            "receipt": "prv_txn",
            "amount": "sum",
            "code": "result",
            "comment": "comment",
            "name": "name",
            "owed": "balance",
            "rows": "payments",
        },
        words={
            "check": "check",
            "pay": "pay",
            "cancel": "cancel",
            "status": "status",
            "verify": "verify",
        },
        codes=CODES,
    )

    def write(self, answer, layout):
        """Override: what is told about the person stands in ``fields``."""
        values = self.facts(answer, layout)
        shown = [
            (theirs, values.pop(ours))
            for ours, theirs in layout.tells.items()
            if theirs and ours in ("name", "owed") and values.get(ours) is not None
        ]
        content = self.named(layout, values)
        if shown:
            content.append(("fields", self._fields(shown)))
        if answer.action is Action.VERIFY:
            content.append((layout.tells["rows"], self._payments(answer, layout)))
        return xml(layout.root, content)

    def _fields(self, shown):
        return [
            (f"field{number}", ((("name", name), ("type", "disp")), value))
            for number, (name, value) in enumerate(shown, start=1)
        ]

    def _payments(self, answer, layout):
        return [
            (
                "payment",
                [
                    (layout.tells["transaction_id"], row.transaction_id),
                    (layout.tells["receipt"], row.receipt),
                    (layout.tells["amount"], layout.write_amount(row.amount)),
                ],
            )
            for row in answer.rows
        ]
