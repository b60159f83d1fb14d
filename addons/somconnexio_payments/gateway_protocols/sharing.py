# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""To whom the money of one payment goes, when a person has several accounts."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Debt:
    """One bill's open sum."""

    account: int
    bill: int
    due_date: date
    amount: Decimal


def share_out(amount, debts, account, bill=None):
    """Return how much each account gets: the chosen bill first, then the oldest.

    :param Decimal amount: to share out
    :param debts: Debts of the person
    :param int account: gets what nobody owes
    :param int bill: the bill chosen, of the debts
    :return: dict account → Decimal; its sum is ``amount``

    >>> debts = [Debt(1, 11, date(2026, 9, 10), Decimal(20)),
    ...          Debt(2, 12, date(2026, 8, 10), Decimal(5))]
    >>> share_out(Decimal(12), debts, 1)
    {2: Decimal('5'), 1: Decimal('7')}
    >>> share_out(Decimal(30), debts, 1, bill=11)
    {1: Decimal('25'), 2: Decimal('5')}
    """
    shares = {}
    left = amount
    for debt in sorted(debts, key=lambda d: (d.bill != bill, d.due_date, d.bill)):
        part = min(left, debt.amount)
        if part > NOTHING:
            shares[debt.account] = shares.get(debt.account, NOTHING) + part
            left -= part
    if left > NOTHING:
        shares[account] = shares.get(account, NOTHING) + left
    return shares
