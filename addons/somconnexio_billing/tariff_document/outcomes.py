# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What became of each event, and of each subscription in a month: columns and files."""

import csv
from dataclasses import dataclass, field
from decimal import Decimal

OUTCOME_COLUMNS = (
    "event_id",
    "subscription",
    "status",
    "reason",
    "tariff",
    "plan",
    "destination",
    "zone",
    "network",
    "time_band",
    "quantity",
    "chargeable_quantity",
    "allowance_quantity",
    "allowances",
    "charged_quantity",
    "setup_fee",
    "amount_exact",
    "allowance_amount",
    "capped_amount",
    "amount",
    "wholesale_cost",
    "margin",
    "category",
    "explanation",
)
#: What of an outcome is a number, Decimal or None.
NUMBER_COLUMNS = (
    "quantity",
    "chargeable_quantity",
    "allowance_quantity",
    "charged_quantity",
    "setup_fee",
    "amount_exact",
    "allowance_amount",
    "capped_amount",
    "amount",
    "wholesale_cost",
    "margin",
)
SUMMARY_COLUMNS = (
    "subscription",
    "account",
    "month",
    "item",
    "plan",
    "allowance",
    "origin_month",
    "event_count",
    "suspended_count",
    "granted",
    "used",
    "expires_at",
    "amount",
    "wholesale_cost",
    "margin",
)


@dataclass
class Rated:
    """The result of a rating, in memory.

    :ivar list rows: a dict of OUTCOME_COLUMNS per event, in the order of the input;
        numbers are Decimal, ``allowances`` is a tuple of (code, quantity); besides,
        ``breakdown`` is the row's own, or None
    :ivar list summary: a dict of SUMMARY_COLUMNS per item of a subscription and month
    """

    rows: list = field(default_factory=list)
    summary: list = field(default_factory=list)


class TableWriter:
    """Writes dicts as CSV with a header: UTF-8, commas, lines that end with LF.

    :param stream: text stream, opened with newline=""
    :param columns: the header
    """

    def __init__(self, stream, columns):
        self.columns = columns
        self.writer = csv.writer(stream, lineterminator="\n")
        self.writer.writerow(columns)

    def write(self, rows):
        """Write rows and return how many they were."""
        count = 0
        for row in rows:
            self.writer.writerow([as_text(row[name]) for name in self.columns])
            count += 1
        return count


def as_text(value):
    """Return a value as the files have it.

    >>> as_text(Decimal("0.150000")), as_text(Decimal("1E+3")), as_text(None)
    ('0.15', '1000', '')
    >>> as_text((("MIN", Decimal(60)), ("DAY", Decimal("1.50"))))
    'MIN:60;DAY:1.5'
    """
    if value is None:
        return ""
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, tuple):
        return ";".join(f"{code}:{as_text(quantity)}" for code, quantity in value)
    return str(value)
