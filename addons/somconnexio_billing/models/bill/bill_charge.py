# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""One charged line: from a row of step 70 or 72 to what the bill says."""

from datetime import timedelta
from decimal import Decimal

from ...bill.document import ChargeLine


def charge_line(row, number):
    """Return one line of the bill.

    :param dict row: a row of step 70 or 72
    :param str number: main resource of the line's subscription, if any
    """
    price = row["unit_price"]
    return ChargeLine(
        name=_short_name(row, number),
        amount=Decimal(row["amount"]),
        quantity=Decimal(row["quantity"]),
        unit_price=None if price is None else Decimal(price),
        period_start=row["period_start"],
        period_end=row["period_end"],
        day_count=row["day_count"],
        month_days=row["month_days"],
    )


def _short_name(row, number):
    """Return a line's name without what the bill says beside it.

    In the ledger a line stands alone, so that steps 52 to 54 write number and days
    into it; on the bill the title has the number and the line below it the days.
    """
    name = (row["name"] or "").replace(f" · {number}", "", 1)
    if row["period_start"] and row["period_end"]:
        last = row["period_end"] - timedelta(days=1)
        name = name.removesuffix(f" ({row['period_start']:%d/%m} – {last:%d/%m})")
    return name
