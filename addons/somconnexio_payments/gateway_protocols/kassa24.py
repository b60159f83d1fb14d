# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The way of Kassa24's terminals: parameters in the address, JSON with capitals."""

from .layout import Layout
from .protocol import Protocol
from .rendering import json_object

CODES = {
    "ok": "0",
    "temporary": "3",
    "busy": "3",
    "malformed": "1",
    "unknown_action": "1",
    "bad_account": "2",
    "not_found": "2",
    "inactive": "2",
    "forbidden": "1",
    "bad_amount": "1",
    "too_small": "1",
    "too_large": "1",
    "bad_date": "1",
    "bad_transaction": "1",
    "duplicate": "0",
    "conflict": "1",
    "cancelled": "1",
    "cancel_impossible": "1",
    "internal": "3",
}


class Kassa24(Protocol):
    """The same receipt again is answered 0 with the first AuthCode."""

    code = "kassa24"
    label = "Kassa24 (JSON)"
    layout = Layout(
        transport="get",
        amount_format="decimal",
        date_format="%Y-%m-%d %H:%M:%S",
        asks={
            "action": "action",
            "identifier": "number",
            "amount": "amount",
            "transaction_id": "receipt",
            "paid_at": "date",
        },
        tells={
            "code": "Code",
            "comment": "Message",
            "receipt": "AuthCode",
            "now": "Date",
            "name": "Name",
            "invoice": "Invoice",
            "owed": "amount",
        },
        words={"check": "check", "pay": "payment"},
        codes=CODES,
    )

    def write(self, answer, layout):
        """Override: what is owed stands in a list with one line."""
        values = self.facts(answer, layout)
        owed = values.pop("owed")
        if owed is not None and layout.tells.get("owed"):
            values["invoice"] = [{layout.tells["owed"]: owed}]
        return json_object(self.named(layout, values))
