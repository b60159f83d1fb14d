# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The taxes of a bill, as printed."""

from decimal import Decimal

from ...bill.document import Tax


def tax_lines(rows, names):
    """Return one ``Tax`` for each group of taxes, in the order of the rows.

    Goods and services have a tax each in the chart of accounts; on the bill they are
    one VAT of 21 %, by the name of their group.

    :param list rows: rows of step 71 of one bill
    :param BillNames names: names in the bill's language
    """
    totals = {}
    for row in rows:
        name = names.tax(row["tax_id"])
        base, amount = totals.get(name, (Decimal(0), Decimal(0)))
        totals[name] = base + Decimal(row["base"]), amount + Decimal(row["amount"])
    return tuple(Tax(name, base, amount) for name, (base, amount) in totals.items())
