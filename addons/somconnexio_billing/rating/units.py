# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Quantities and prices as people read them.

Usage is kept in base units: seconds, bytes, messages. People read minutes and
megabytes, with the signs of their language.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

SECONDS_PER_MINUTE = 60
_SHOWN_STEP = Decimal("0.001")


@dataclass(frozen=True)
class NumberFormat:
    """How a language writes numbers.

    >>> NumberFormat(",", ".").format(Decimal("1234.50000"), least_decimals=2)
    '1.234,50'
    >>> NumberFormat().format(Decimal("0.0248"), least_decimals=2)
    '0.0248'
    """

    decimal_point: str = "."
    thousands_separator: str = ""

    def format(self, number, least_decimals=0):
        """Write a number with the decimals that it has.

        :param Decimal number: any size
        :param int least_decimals: decimals that are written even when they are zero
        :return: str
        """
        normal = number.normalize()
        decimals = max(-normal.as_tuple().exponent, least_decimals, 0)
        text = f"{normal:,.{decimals}f}"
        whole, _point, fraction = text.partition(".")
        whole = whole.replace(",", self.thousands_separator)
        return f"{whole}{self.decimal_point}{fraction}" if fraction else whole


@dataclass(frozen=True)
class DisplayUnit:
    """The unit that a usage type is shown in.

    >>> DisplayUnit("min", 60, is_time=True).format(Decimal(125))
    '2:05 min'
    >>> DisplayUnit("MB", 1048576).format(Decimal(13107200))
    '12.5 MB'
    >>> DisplayUnit("SMS").format(Decimal(1))
    '1 SMS'
    """

    name: str
    #: Base units in one of these.
    factor: int = 1
    #: Whether the base unit is the second.
    is_time: bool = False

    def format(self, quantity, numbers=None):
        """Write a quantity of base units in this unit.

        Minutes are written with their seconds, anything else with three decimals at
        most: only what is shown is rounded.

        :param Decimal quantity: base units, zero or more
        :param NumberFormat numbers: signs of the language
        :return: str
        """
        numbers = numbers or NumberFormat()
        if self.is_time and self.factor == SECONDS_PER_MINUTE:
            minutes, seconds = divmod(quantity, SECONDS_PER_MINUTE)
            return f"{numbers.format(minutes)}:{_clock_seconds(seconds)} {self.name}"
        shown = (quantity / self.factor).quantize(_SHOWN_STEP, ROUND_HALF_UP)
        return f"{numbers.format(shown)} {self.name}"

    def format_price_unit(self, price_unit, numbers=None):
        """Write what a price is for: the unit alone when it is one of these.

        >>> DisplayUnit("min", 60, is_time=True).format_price_unit(Decimal(60))
        'min'
        >>> DisplayUnit("min", 60, is_time=True).format_price_unit(Decimal(30))
        '0:30 min'
        """
        if price_unit == self.factor:
            return self.name
        return self.format(price_unit, numbers)


def _clock_seconds(seconds):
    """Write seconds below a minute with two digits, and decimals if there are any.

    >>> _clock_seconds(Decimal(5)), _clock_seconds(Decimal("7.250"))
    ('05', '07.25')
    """
    text = NumberFormat().format(seconds)
    return f"0{text}" if seconds < 10 else text
