# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What two raters say about the same usage, column by column."""

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

#: What most rows have none of is left empty by the product.
EMPTY_WHEN_ZERO = ("allowance_amount", "capped_amount")
#: The product keeps fewer digits of the exact amount than it rounds from.
SHOWN_EXACT = Decimal(1).scaleb(-12)
COLUMNS = (
    "destination",
    "zone",
    "network",
    "time_band",
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
    "category",
)


def differences(product_rows, reference_rows):
    """Return what differs, by event.

    :param list product_rows: dicts of the output columns, in the order of the input
    :param list reference_rows: those of the reference, in the same order
    :return: dict of event id -> list of (column, product's value, reference's value)
    """
    found = {}
    for product, reference in zip(product_rows, reference_rows, strict=True):
        if faults := list(_row_differences(product, reference)):
            found[reference["event_id"]] = faults
    return found


def minimum_spend_differences(summary, due):
    """Return what differs in the minimum usage due, by subscription, plan and month.

    :param list summary: the product's items by subscription and month
    :param dict due: the reference's amounts by subscription, plan and month's number,
        of months with usage
    """
    amounts = {_month_key(row): row["amount"] for row in summary if _is_due(row)}
    used = {_month_key(row) for row in summary if row["item"] == "usage"}
    product = {key: amount for key, amount in amounts.items() if key in used}
    return {
        "-".join(map(str, key)): [("minimum_spend", product.get(key), due.get(key))]
        for key in product.keys() | due.keys()
        if product.get(key) != due.get(key)
    }


def _is_due(row):
    return row["item"] == "minimum_spend" and row["amount"]


def _month_key(row):
    month = row["month"]
    return row["subscription"], row["plan"], month.year * 12 + month.month - 1


def _row_differences(product, reference):
    if product["event_id"] != reference["event_id"]:
        yield "event_id", product["event_id"], reference["event_id"]
        return
    if (product["reason"] or None) != reference["reason"]:
        yield "reason", product["reason"], reference["reason"]
        return
    if reference["reason"]:
        return
    for column in COLUMNS:
        if not _same(column, product[column], reference[column]):
            yield column, product[column], reference[column]
    drawn = units_by_code(product["allowances"], reference["allowances"])
    if drawn != reference["allowances"]:
        yield "allowances", drawn, reference["allowances"]


def _same(column, one, other):
    """Tell whether two values are equal; nothing and zero mostly are not."""
    if column in EMPTY_WHEN_ZERO:
        one = one or Decimal(0)
    if column == "amount_exact":
        other = other.quantize(SHOWN_EXACT, rounding=ROUND_HALF_UP)
    return (one is None) == (other is None) and one == other


def units_by_code(pairs, wanted):
    """Sum the quantities drawn by allowance; money is compared by its amount.

    :param pairs: (code, quantity) pairs of the product's row
    :param dict wanted: the reference's units by code
    """
    drawn = defaultdict(Decimal)
    for code, quantity in pairs or ():
        if code in wanted:
            drawn[code] += quantity
    return dict(drawn)
