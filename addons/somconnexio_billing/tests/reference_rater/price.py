# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Prices as exact fractions, and their rounding."""

from decimal import Decimal
from fractions import Fraction
from math import ceil

EXACT_DIGITS = 24


def part_price(part, month_total):
    """Return the exact price of a part's charged quantity.

    :param part: Part with ``charged`` and its position ``before`` in the month
    :param Decimal month_total: charged quantity of the month by the same rate
    :return: Fraction
    """
    rate = part.rate
    charged, before = Fraction(part.charged), Fraction(part.before)
    unit = Fraction(rate.price_unit)
    if rate.price_mode == "package":
        blocks = ceil((before + charged) / unit) - ceil(before / unit)
        return blocks * Fraction(rate.unit_price)
    if rate.price_mode == "graduated":
        return _climb(rate.tiers, before, before + charged) / unit
    price = Fraction(rate.unit_price)
    if rate.price_mode == "volume":
        price = _tier_price(rate.tiers, Fraction(month_total))
    return charged * price / unit


def _tier_price(tiers, position):
    """Return the price of the first tier that reaches the position, else the last."""
    for up_to, price in tiers:
        if up_to is None or position <= up_to:
            return Fraction(price)
    return Fraction(tiers[-1][1])


def _climb(tiers, position, end):
    """Walk from a position to another, tier by tier."""
    total = Fraction(0)
    for up_to, price in tiers:
        top = end if up_to is None else min(end, Fraction(up_to))
        if top > position:
            total += (top - position) * Fraction(price)
            position = top
    return total + max(end - position, 0) * Fraction(tiers[-1][1])


def event_price(parts, parts_price, digits, method):
    """Return what an event costs: set-up, limits, rounding.

    :param list parts: its parts, with what of them is charged
    :param Fraction parts_price: the sum of their prices
    :return: set-up fee charged, exact amount, rounded amount
    """
    rate = parts[0].rate
    fee = _setup_fee(rate, parts)
    amount = Fraction(fee) + parts_price
    if fee or any(part.charged for part in parts):
        amount = max(amount, Fraction(rate.minimum_charge))
        if rate.maximum_charge:
            amount = min(amount, Fraction(rate.maximum_charge))
    exact = to_digits(amount, EXACT_DIGITS, "half_up")
    return fee, exact, to_digits(amount, digits, method)


def _setup_fee(rate, parts):
    if any(part.charged for part in parts):
        return rate.setup_fee
    is_zero = not any(part.quantity for part in parts)
    is_due = rate.setup_on_zero if is_zero else rate.setup_on_covered
    return rate.setup_fee if is_due else Decimal(0)


def to_digits(value, digits, method):
    """Round a non-negative Fraction to a Decimal of so many digits."""
    scaled = value * 10**digits
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    twice = 2 * rest
    is_up = {
        "down": False,
        "up": rest > 0,
        "half_up": twice >= scaled.denominator,
        "half_even": twice + whole % 2 > scaled.denominator,
    }[method]
    return Decimal(whole + is_up).scaleb(-digits)
