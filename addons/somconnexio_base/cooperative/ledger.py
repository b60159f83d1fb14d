# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What each movement of share capital does to a member's balances and to accounting.

A member has five balances: shares, and the amounts subscribed, called, paid and
refundable. Subscribed is what the member promised, called what has fallen due, paid
what came in, refundable what the cooperative owes after the member left.

==============  ======  ==========  ======  ====  ==========
movement        shares  subscribed  called  paid  refundable
==============  ======  ==========  ======  ====  ==========
opening         +       +           +       +
subscription    +       +
call                                +
payment                                     +
payment_return                              −
transfer_in     +       +           +       +
transfer_out    −       −           −       −
reduction       −       −           −       −     +
refund                                            −
==============  ======  ==========  ======  ====  ==========

The journal entry follows from the balances alone (:func:`entry_lines`), so it can't
disagree with the books:

==========  ==========================  ===========================================
role        debit balance               account of the Spanish cooperative chart
==========  ==========================  ===========================================
capital     − subscribed                1000 / 1001 capital
uncalled    subscribed − called         1030 members, payments not called
called      called − paid               5580 members, payments called
refundable  − refundable                521 debts for refunds to members
counter     paid + refundable           bank; deductions: reserves
==========  ==========================  ===========================================
"""

from decimal import Decimal
from typing import NamedTuple

ZERO = Decimal(0)
KINDS = (
    "opening",
    "subscription",
    "call",
    "payment",
    "payment_return",
    "transfer_in",
    "transfer_out",
    "reduction",
    "refund",
)
#: Kinds that leave no entry of their own: an opening balance is in the accounts.
KINDS_WITHOUT_ENTRY = frozenset({"opening"})


class Effect(NamedTuple):
    """What one movement adds to a member's balances; amounts are ``Decimal``."""

    shares: int = 0
    subscribed: Decimal = ZERO
    called: Decimal = ZERO
    paid: Decimal = ZERO
    refundable: Decimal = ZERO

    def __neg__(self):
        return Effect(*(-value for value in self))

    def __add__(self, other):
        return Effect(*(a + b for a, b in zip(self, other, strict=True)))


def subscription(shares: int, amount: Decimal) -> Effect:
    """Shares are promised."""
    return Effect(shares=shares, subscribed=amount)


def call(amount: Decimal) -> Effect:
    """A part of what was promised falls due."""
    return Effect(called=amount)


def payment(amount: Decimal) -> Effect:
    """What was called comes in."""
    return Effect(paid=amount)


def payment_return(amount: Decimal) -> Effect:
    """What came in goes back: the bank returned the debit."""
    return Effect(paid=-amount)


def handed_over(balance: Effect, shares: int, amount: Decimal) -> Effect:
    """Shares that go to another member, as the receiver gets them.

    Of shares that are wholly paid any number goes; while something is to be paid all
    go together, and what is to be paid with them: nobody could say which are paid.

    :param Effect balance: what the giver holds in that class
    :param int shares: how many go
    :param Decimal amount: what so many shares cost
    :raise ValueError: when some of partly paid shares would go

    >>> half = Effect(2, Decimal(100), Decimal(60), Decimal(50))
    >>> handed_over(half, 2, Decimal(100)) == half
    True
    """
    if balance.paid == balance.subscribed:
        return Effect(shares, amount, amount, amount)
    if shares != balance.shares:
        raise ValueError(f"{shares} of {balance.shares} partly paid shares.")
    return balance._replace(refundable=ZERO)


def reduction(balance: Effect, deduction: Decimal = ZERO) -> Effect:
    """All shares of a class are cancelled; what was paid becomes refundable.

    :param Effect balance: what the member holds in that class
    :param Decimal deduction: what the board's resolution keeps of what was paid
    :raise ValueError: when it would keep more than was paid, or less than nothing

    >>> reduction(Effect(1, Decimal(100), Decimal(30), Decimal(20)), Decimal(5))[4]
    Decimal('15')
    """
    if not ZERO <= deduction <= balance.paid:
        raise ValueError(
            f"A deduction of {deduction} from {balance.paid} that was paid."
        )
    lost = -balance._replace(refundable=ZERO)
    return lost._replace(refundable=balance.paid - deduction)


def refund(amount: Decimal) -> Effect:
    """What was refundable is paid out."""
    return Effect(refundable=-amount)


def entry_lines(effect: Effect) -> dict[str, Decimal]:
    """Return {role: amount}, debits positive, of the journal entry of an effect.

    Roles without an amount are left out; the amounts add up to zero.

    >>> entry_lines(payment(Decimal(100)))
    {'called': Decimal('-100'), 'counter': Decimal('100')}
    """
    lines = {
        "capital": -effect.subscribed,
        "uncalled": effect.subscribed - effect.called,
        "called": effect.called - effect.paid,
        "refundable": -effect.refundable,
        "counter": effect.paid + effect.refundable,
    }
    return {role: amount for role, amount in lines.items() if amount}
