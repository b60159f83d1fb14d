# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A debt paid in parts: how much each is, and what a payment covers."""

from decimal import ROUND_DOWN, Decimal

CENT = Decimal("0.01")


def split_debt(amount, count, step=CENT):
    """Return ``count`` amounts that add up to a debt exactly, by largest remainder.

    Parts that are equal have equal remainders: the first ones get the cents.

    :param Decimal amount: positive, in whole ``step``s
    :param Decimal step: the smallest unit of the currency
    :raise ValueError: when there is not a step for each part

    >>> [str(part) for part in split_debt(Decimal("100.01"), 3)]
    ['33.34', '33.34', '33.33']
    """
    if count < 1 or amount < step * count:
        raise ValueError(f"{amount} cannot be paid in {count} instalments.")
    base = (amount / count).quantize(step, rounding=ROUND_DOWN)
    left = int((amount - base * count) / step)
    return [base + step] * left + [base] * (count - left)


def spread(parts, debts):
    """Return of which debts each part pays how much, the oldest first.

    :param list parts: Decimal amounts, together not more than the debts
    :param list debts: Decimal amounts
    :return: list for each part, of pairs (place of the debt, amount)

    >>> [[(place, str(amount)) for place, amount in row]
    ...  for row in spread([Decimal(6), Decimal(4)], [Decimal(5), Decimal(5)])]
    [[(0, '5'), (1, '1')], [(1, '4')]]
    """
    left, rows = list(debts), []
    for part in parts:
        row = []
        for place, debt in enumerate(left):
            amount = min(part, debt)
            if amount > 0:
                row.append((place, amount))
                left[place] -= amount
                part -= amount
        rows.append(row)
    return rows


def cover(paid, amounts):
    """Return how much of each amount is paid, the oldest first.

    >>> [str(part) for part in cover(Decimal("50"), [Decimal("40")] * 2)]
    ['40', '10']
    """
    parts = []
    for amount in amounts:
        part = max(min(paid, amount), Decimal(0))
        parts.append(part)
        paid -= part
    return parts
