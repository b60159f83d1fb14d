# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Share capital paid at once or in monthly instalments.

The first may have to be larger than the others: Spanish law wants a quarter of the
mandatory contribution paid when it is subscribed (Law 27/1999, art. 46; the Catalan Law
12/2015 asks the same).
"""

from calendar import monthrange
from datetime import date
from decimal import ROUND_DOWN, ROUND_UP, Decimal

MAX_INSTALMENTS = 10
CENT = Decimal("0.01")
WHOLE_PERCENT = Decimal(100)


def split_amount(
    amount: Decimal, count: int, step: Decimal = CENT, first_percent: int = 0
) -> list[Decimal]:
    """Return ``count`` amounts that add up to ``amount`` exactly.

    They are equal but for the first, which carries the cents that are left over, and
    has at least ``first_percent`` of the amount.

    :param Decimal amount: what is to be paid, positive, in whole ``step``s
    :param int count: 1 to 10
    :param Decimal step: smallest unit of the currency
    :param int first_percent: 0 to 100, the least part that is paid first
    :raise ValueError: when a count, part or amount is out of its range

    >>> split_amount(Decimal("100"), 3)
    [Decimal('33.34'), Decimal('33.33'), Decimal('33.33')]
    >>> split_amount(Decimal("100"), 10, first_percent=25)[:2]
    [Decimal('25.03'), Decimal('8.33')]
    """
    if not 1 <= count <= MAX_INSTALMENTS:
        raise ValueError(f"{count} instalments: choose 1 to {MAX_INSTALMENTS}.")
    if amount < step * count:
        raise ValueError(f"{amount} cannot be paid in {count} instalments.")
    if not 0 <= first_percent <= WHOLE_PERCENT:
        raise ValueError(f"A first payment of {first_percent} per cent.")
    part = (amount / count).quantize(step, rounding=ROUND_DOWN)
    least = (amount * first_percent / WHOLE_PERCENT).quantize(step, rounding=ROUND_UP)
    if count > 1 and amount - part * (count - 1) < least:
        part = ((amount - least) / (count - 1)).quantize(step, rounding=ROUND_DOWN)
        if part < step:
            raise ValueError(f"{least} first: too little is left for {count - 1}.")
    return [amount - part * (count - 1)] + [part] * (count - 1)


def due_dates(first: date, count: int) -> list[date]:
    """Return one date a month, from ``first`` on; short months end on their last day.

    >>> [day.isoformat() for day in due_dates(date(2026, 1, 31), 3)]
    ['2026-01-31', '2026-02-28', '2026-03-31']
    """
    return [add_months(first, months) for months in range(count)]


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, or that month's last day.

    >>> add_months(date(2026, 12, 15), 2)
    datetime.date(2027, 2, 15)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
