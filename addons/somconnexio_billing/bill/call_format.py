# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What the itemised list writes the same way in every language."""

from functools import lru_cache

MIN_RATED_DECIMALS, MAX_RATED_DECIMALS = 4, 6


@lru_cache(maxsize=100_000)
def phone_number(digits: str, home_calling_code: str) -> str:
    """Return a number as people write it: home numbers in groups of three.

    :param str digits: E.164 digits without plus; short codes carry the country code;
        anything that is not all digits (a sender's name, an APN) is returned as it is

    >>> phone_number("34612345678", "34"), phone_number("34112", "34")
    ('612 345 678', '112')
    >>> phone_number("33612345678", "34")
    '+33612345678'
    """
    if not digits.isdigit():
        return digits
    if digits.startswith(home_calling_code):
        return _in_threes(digits[len(home_calling_code) :])
    return f"+{digits}" if len(digits) > 6 else digits


def _in_threes(digits):
    if len(digits) <= 6:
        return digits
    return " ".join((digits[:3], digits[3:6], digits[6:]))


def rated_decimals(amounts) -> int:
    """Return the decimals that show every amount exactly, between four and six.

    >>> from decimal import Decimal
    >>> rated_decimals([Decimal("0.1"), Decimal("0.123456")])
    6
    """
    needed = max(
        (-amount.normalize().as_tuple().exponent for amount in amounts),
        default=MIN_RATED_DECIMALS,
    )
    return min(max(needed, MIN_RATED_DECIMALS), MAX_RATED_DECIMALS)
