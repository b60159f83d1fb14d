# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What all protocols share: parameters by a map of names, answers by another."""

import json
from urllib.parse import urlencode

from . import parameters
from .layout import Layout
from .messages import Action, Call, Command
from .outcome import Outcome, Refusal
from .values import (
    read_bill,
    read_count,
    read_identifier,
    read_receipt,
    read_transaction_id,
)

MOST_ROWS = 500
#: What an action cannot do without, in our names.
NEEDED = {
    Action.CHECK: ("identifier",),
    Action.PAY: ("identifier", "transaction_id", "amount"),
    Action.CANCEL: (),
    Action.STATUS: ("transaction_id",),
    Action.VERIFY: ("day",),
    Action.LIST: ("month",),
}
_MISSING = {
    "identifier": Outcome.BAD_ACCOUNT,
    "transaction_id": Outcome.BAD_TRANSACTION,
    "amount": Outcome.BAD_AMOUNT,
    "paid_at": Outcome.BAD_DATE,
    "day": Outcome.BAD_DATE,
    "month": Outcome.BAD_DATE,
}


class Protocol:
    """Base of all protocols. Subclasses are data and the shape of the answer.

    ``layout`` is how the protocol writes when a profile says nothing else;
    ``action_is_path`` that the action follows the profile's path instead of being a
    parameter.
    """

    code = ""
    label = ""
    content_type = "application/json; charset=utf-8"
    duplicate_rule = "replay"
    action_is_path = False
    transaction_is_number = True
    needs_paid_at = True
    layout = Layout()

    def parameters(self, call, layout):
        """Return the parameters of a call as texts.

        :raise Refusal: when it cannot be read
        """
        return parameters.read(call, layout.transport)

    def action(self, call, values, layout):
        """Return what a call asks for.

        :raise Refusal: unknown_action
        """
        if self.action_is_path:
            return layout.action(call.action)
        if call.action:
            raise Refusal(Outcome.UNKNOWN_ACTION)
        return layout.action(values.get(layout.asks.get("action", ""), ""))

    def command(self, call, values, layout):
        """Return the Command of parameters.

        :raise Refusal: naming what is wrong
        """
        action = self.action(call, values, layout)
        given = {
            ours: values[theirs]
            for ours, theirs in layout.asks.items()
            if values.get(theirs)
        }
        self._check_needed(action, given)
        return self._read(action, given, layout)

    def _check_needed(self, action, given):
        needed = NEEDED[action]
        if action is Action.PAY and self.needs_paid_at:
            needed = (*needed, "paid_at")
        for name in needed:
            if name not in given:
                raise Refusal(_MISSING[name])
        if action is Action.CANCEL and not given.keys() & {"transaction_id", "receipt"}:
            raise Refusal(Outcome.BAD_TRANSACTION)

    def _read(self, action, given, layout):
        """Return the Command of our names with the bank's texts."""
        text = given.get
        transaction = text("transaction_id")
        return Command(
            action=action,
            identifier=text("identifier") and read_identifier(text("identifier")) or "",
            transaction_id=transaction
            and read_transaction_id(transaction, self.transaction_is_number)
            or "",
            amount=layout.read_amount(text("amount")) if text("amount") else None,
            currency=text("currency", ""),
            paid_at=layout.read_instant(text("paid_at")) if text("paid_at") else None,
            bill=read_bill(text("bill", "")),
            receipt=read_receipt(text("receipt", "")),
            day=layout.read_day(text("day")) if text("day") else None,
            month=layout.read_month(text("month")) if text("month") else None,
            page=read_count(text("page"), 1, 100_000),
            rows=read_count(text("rows"), 10, MOST_ROWS),
        )

    def make_call(self, action, values, path, layout):
        """Return the Call that a bank would make, to try a profile.

        :param Action action: what is asked
        :param dict values: the bank's names → texts
        :param str path: what follows the profile's path
        """
        if layout.transport == "json" and not self.asks_by_get(action):
            body = json.dumps(values, ensure_ascii=False).encode()
            return Call("POST", "", parameters.JSON, body, path)
        if layout.transport == "form":
            return Call("POST", "", parameters.FORM, urlencode(values).encode(), path)
        return Call("GET", urlencode(values), action=path)

    def asks_by_get(self, action):
        """Tell whether an action comes by GET whatever the profile's transport."""
        return False

    def write(self, answer, layout):
        """Return the bytes of an answer."""
        raise NotImplementedError

    def named(self, layout, values):
        """Return the pairs that a profile has names for, in the map's order.

        What has an empty name, or none, is not told.

        :param dict values: our names → texts, numbers or lists; None is left out
        """
        return [
            (theirs, values[ours])
            for ours, theirs in layout.tells.items()
            if theirs and values.get(ours) is not None
        ]

    def facts(self, answer, layout):
        """Return what an answer says, in our names, as texts and numbers."""
        return {
            "transaction_id": answer.transaction_id or None,
            "identifier": answer.identifier or None,
            "receipt": answer.receipt or None,
            "amount": layout.write_amount(answer.amount) or None,
            "currency": answer.currency or None,
            "booked_at": answer.booked_at and layout.write_instant(answer.booked_at),
            "now": layout.write_instant(answer.now),
            "name": answer.name or None,
            "owed": layout.write_amount(answer.owed) or None,
            "code": layout.code(answer.outcome),
            "comment": layout.comment(answer),
        }
