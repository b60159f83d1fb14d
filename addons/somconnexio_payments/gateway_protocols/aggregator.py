# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""An aggregator that signs by md5: JSON calls check, pay and notify."""

from dataclasses import replace

from .layout import Layout
from .messages import Action
from .outcome import Outcome, Refusal
from .protocol import Protocol
from .rendering import json_object

CODES = {
    "ok": "0",
    "temporary": "1",
    "busy": "1",
    "malformed": "2",
    "unknown_action": "2",
    "bad_account": "3",
    "not_found": "4",
    "inactive": "5",
    "forbidden": "6",
    "bad_amount": "7",
    "too_small": "8",
    "too_large": "9",
    "bad_date": "2",
    "bad_transaction": "2",
    "duplicate": "0",
    "conflict": "10",
    "cancelled": "11",
    "cancel_impossible": "12",
    "internal": "1",
}
_NOTIFIED = {"YES": Action.STATUS, "NO": Action.CANCEL, "ERROR": Action.CANCEL}


class Aggregator(Protocol):
    """A payment is booked on ``pay``; ``notify`` confirms it or takes it back."""

    code = "aggregator"
    label = "Aggregator with md5 signature (JSON)"
    action_is_path = True
    transaction_is_number = False
    needs_paid_at = False
    layout = Layout(
        transport="json",
        amount_format="decimal",
        date_format="%Y-%m-%d %H:%M:%S",
        asks={
            "identifier": "account",
            "transaction_id": "operationId",
            "receipt": "transactionId",
            "amount": "amount",
            "currency": "currency",
            "status": "status",
        },
        tells={
            "code": "code",
            "comment": "message",
            "identifier": "account",
            "name": "name",
            "owed": "debt",
            "transaction_id": "operationId",
            "receipt": "transactionId",
            "amount": "amount",
            "currency": "currency",
        },
        words={"check": "check", "pay": "pay", "status": "notify"},
        signs={
            "check": "identifier",
            "pay": "transaction_id identifier amount currency",
            "status": "transaction_id identifier receipt amount currency status",
        },
        codes=CODES,
    )

    def command(self, call, values, layout):
        """Override: a notice of failure cancels."""
        command = super().command(call, values, layout)
        if command.action is not Action.STATUS:
            return command
        action = _NOTIFIED.get(values.get(layout.asks["status"], ""))
        if not action:
            raise Refusal(Outcome.MALFORMED, "Wrong status")
        return replace(command, action=action)

    def write(self, answer, layout):
        """Override: one flat object."""
        return json_object(self.named(layout, self.facts(answer, layout)))
