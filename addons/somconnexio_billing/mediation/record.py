# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The two things that a line of a provider's file can become."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

REJECTION_REASONS = (
    "encoding",
    "structure",
    "missing_value",
    "bad_value",
    "unknown_usage_type",
    "out_of_range",
    "duplicate",
)
DIRECTIONS = ("outgoing", "incoming")


class UsageRecord(NamedTuple):
    """One usage event, as the provider told it, in our own terms.

    Numbers are E.164 digits without plus; ``started_at`` is UTC, naive as in the
    database; ``quantity`` is in the base unit of the usage type (seconds, bytes or
    messages); an empty ``visited_country`` means the home network.
    """

    line_number: int
    external_id: str | None
    usage_type: str
    direction: str
    served_number: str
    other_number: str | None
    started_at: datetime
    quantity: int | Decimal
    visited_country: str | None
    wholesale_cost: Decimal | None
    raw_line: str


class Rejection(NamedTuple):
    """A line that is no usage event, and why.

    ``field_name`` names the value at fault when it is one; ``detail`` is what the
    line holds there and ``expected`` what the format asks for.
    """

    line_number: int
    raw_line: str
    reason: str
    field_name: str | None
    detail: str
    expected: str
