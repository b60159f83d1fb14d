# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The child of OSMP that answers in JSON, as some banks' apps speak it."""

from dataclasses import replace

from .layout import Layout
from .messages import Action
from .osmp import Osmp
from .protocol import Protocol
from .rendering import json_object

CODES = {
    "ok": "0",
    "temporary": "4",
    "busy": "4",
    "malformed": "5",
    "unknown_action": "5",
    "bad_account": "1",
    "not_found": "1",
    "inactive": "1",
    "forbidden": "5",
    "bad_amount": "5",
    "too_small": "5",
    "too_large": "5",
    "bad_date": "5",
    "bad_transaction": "5",
    "duplicate": "3",
    "conflict": "5",
    "cancelled": "2",
    "cancel_impossible": "5",
    "internal": "4",
}


class OsmpJson(Protocol):
    """Check and pay of OSMP with JSON answers; the debtors of a month by pages.

    A call without a command that names a month asks for the list.
    """

    code = "osmp_json"
    label = "OSMP with JSON answers"
    layout = Layout(
        transport="get",
        asks={**Osmp.layout.asks, "month": "date", "page": "page", "rows": "rows"},
        tells={
            "transaction_id": "txn_id",
            "receipt": "prv_txn",
            "code": "result",
            "amount": "sum",
            "comment": "comment",
            "name": "name",
            "owed": "sum",
        },
        words={**Osmp.layout.words, "list": ""},
        codes=CODES,
    )

    def command(self, call, values, layout):
        """Override: ``date`` is a month in a list and a day elsewhere.

        Banks of this kind send any sum when they check: it says nothing and may be
        below what can be paid.
        """
        action = self.action(call, values, layout)
        unread = {"day" if action is Action.LIST else "month"}
        if action is Action.CHECK:
            unread.add("amount")
        asks = {ours: name for ours, name in layout.asks.items() if ours not in unread}
        return super().command(call, values, replace(layout, asks=asks))

    def write(self, answer, layout):
        """Override: facts about the person in ``fields``, lists in ``data``."""
        if answer.action in (Action.LIST, Action.VERIFY):
            return self._list(answer, layout)
        values = self.facts(answer, layout)
        name = values.pop("name")
        values["amount"] = values["amount"] or values.pop("owed")
        values.pop("owed", None)
        values["comment"] = layout.comment(answer)
        pairs = self.named(layout, values)
        if name and layout.tells.get("name"):
            fields = {"field1": {"@name": layout.tells["name"], "#text": name}}
            pairs.append(("fields", fields))
        return json_object(pairs)

    def _list(self, answer, layout):
        is_good = answer.outcome.value == "ok"
        data = [self._row(row, layout) for row in answer.rows]
        error = None if is_good else layout.comment(answer)
        return json_object([("data", data), ("error", error)])

    def _row(self, row, layout):
        shown = {
            layout.asks["identifier"]: row.identifier,
            "info": row.info,
            layout.tells["amount"]: layout.write_amount(row.amount),
        }
        if row.transaction_id:
            shown[layout.tells["transaction_id"]] = row.transaction_id
            shown[layout.tells["receipt"]] = row.receipt
        return shown
