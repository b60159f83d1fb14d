# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""ICCID, the number printed on a SIM card.

89 (telecom), country, issuer, account, check digit: 19 or 20 digits whose last is
a Luhn check digit. Source: ITU-T E.118 (05/2006), ETSI TS 102 221.

>>> validate("8934 0412 3456 7890 122")
'8934041234567890122'
>>> format("8934041234567890122")
'8934 0412 3456 7890 122'
>>> is_valid("8934041234567890121")
False
>>> calc_check_digit("893404123456789012")
'2'
"""

from stdnum import luhn
from stdnum.exceptions import InvalidComponent, InvalidFormat, InvalidLength
from stdnum.util import clean, isdigits

from .verbs import tell_by

_LENGTHS = (19, 20)
_GROUP = 4


def compact(value):
    """Return the value without spaces, dashes and the filler F of some printers."""
    return clean(str(value or ""), " -.").strip().rstrip("fF")


def calc_check_digit(number):
    """Return the Luhn digit that ends an ICCID given without it."""
    return luhn.calc_check_digit(number)


def validate(value):
    """Return the ICCID as digits.

    :raise InvalidFormat: when it holds anything but digits
    :raise InvalidLength: when it has neither 19 nor 20 digits
    :raise InvalidComponent: when it does not begin with 89
    :raise InvalidChecksum: when the last digit does not agree
    """
    number = compact(value)
    if not isdigits(number):
        raise InvalidFormat()
    if len(number) not in _LENGTHS:
        raise InvalidLength()
    if not number.startswith("89"):
        raise InvalidComponent()
    luhn.validate(number)
    return number


is_valid = tell_by(validate)


def format(value):
    """Write an ICCID in groups of four."""
    number = compact(value)
    groups = (number[i : i + _GROUP] for i in range(0, len(number), _GROUP))
    return " ".join(groups)
