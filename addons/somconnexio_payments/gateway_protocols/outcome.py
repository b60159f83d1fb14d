# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What can become of a bank's call, whatever code the bank has for it."""

from enum import Enum


class Outcome(str, Enum):
    """Our outcomes; a profile maps each to the bank's code."""

    OK = "ok"
    TEMPORARY = "temporary"
    BUSY = "busy"
    MALFORMED = "malformed"
    UNKNOWN_ACTION = "unknown_action"
    BAD_ACCOUNT = "bad_account"
    NOT_FOUND = "not_found"
    INACTIVE = "inactive"
    FORBIDDEN = "forbidden"
    BAD_AMOUNT = "bad_amount"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    BAD_DATE = "bad_date"
    BAD_TRANSACTION = "bad_transaction"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    CANCELLED = "cancelled"
    CANCEL_IMPOSSIBLE = "cancel_impossible"
    INTERNAL = "internal"


#: What the bank's person reads, unless the profile has words of its own.
COMMENTS = {
    Outcome.OK: "OK",
    Outcome.TEMPORARY: "Temporary error, repeat later",
    Outcome.BUSY: "Too many calls, repeat later",
    Outcome.MALFORMED: "The call cannot be read",
    Outcome.UNKNOWN_ACTION: "Unknown action",
    Outcome.BAD_ACCOUNT: "Wrong format of the identifier",
    Outcome.NOT_FOUND: "Not found",
    Outcome.INACTIVE: "The account is closed",
    Outcome.FORBIDDEN: "Not allowed",
    Outcome.BAD_AMOUNT: "Wrong amount",
    Outcome.TOO_SMALL: "The amount is too small",
    Outcome.TOO_LARGE: "The amount is too large",
    Outcome.BAD_DATE: "Wrong date",
    Outcome.BAD_TRANSACTION: "Wrong transaction number",
    Outcome.DUPLICATE: "This transaction has been taken before",
    Outcome.CONFLICT: "This transaction was another payment",
    Outcome.CANCELLED: "This transaction has been cancelled",
    Outcome.CANCEL_IMPOSSIBLE: "The payment cannot be cancelled",
    Outcome.INTERNAL: "Internal error",
}

#: Statuses of HTTP that say the same; all others are answered with 200.
HTTP_STATUSES = {Outcome.FORBIDDEN: 403, Outcome.BUSY: 429}


class Refusal(Exception):
    """A call that is answered with another outcome than OK.

    :param Outcome outcome: what became of it
    :param str comment: words for the bank's person; those of the outcome by default
    :param int status: of HTTP; that of the outcome by default
    """

    def __init__(self, outcome, comment="", status=None):
        super().__init__(comment or COMMENTS[outcome])
        self.outcome = outcome
        self.comment = comment
        self.status = status or HTTP_STATUSES.get(outcome, 200)
