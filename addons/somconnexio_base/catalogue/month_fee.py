# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What dated monthly prices cost in one month, by the days of the month.

>>> from datetime import date
>>> month_fee([(Decimal("31"), date(2026, 10, 22), None)], date(2026, 10, 1))
Decimal('10.00')
"""

from calendar import monthrange
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def month_fee(prices, first_day, smallest=CENT):
    """Return what dated prices cost in a civil month, each rounded by itself.

    :param prices: iterable of (Decimal monthly price, first day, last day or None)
    :param date first_day: first day of the month
    :param Decimal smallest: the currency's smallest amount
    :return: Decimal
    """
    day_count = monthrange(first_day.year, first_day.month)[1]
    last_day = first_day.replace(day=day_count)
    total = Decimal(0)
    for price, start, end in prices:
        begin = max(start, first_day)
        stop = min(end or last_day, last_day)
        days = max((stop - begin).days + 1, 0)
        share = price * days / day_count
        total += (share / smallest).quantize(Decimal(1), ROUND_HALF_UP) * smallest
    return total
