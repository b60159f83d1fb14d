# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""IIN and BIN, the numbers of persons and entities of Kazakhstan, with check digits.

Twelve digits. The last is the sum of the others weighted 1 to 11, modulo 11; if that is
10, weighted 3 to 11, 1, 2; if that is 10 again the number is not given out. A person's
begins with the date of birth, an entity's has 4, 5 or 6 in the fifth place.

Source: rules of forming identification numbers, government decree No. 565 of 2003.

>>> validate("880101300000"), kind_of("880101300000")
('880101300000', 'iin')
>>> is_valid("880101300001"), is_valid("88010130000")
(False, False)
"""

import re

from stdnum.exceptions import InvalidChecksum, InvalidFormat, ValidationError
from stdnum.util import isdigits

_SEPARATORS = re.compile(r"[\s-]+")
_FIRST = tuple(range(1, 12))
_SECOND = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
_BIN_KINDS = "456"


def compact(value):
    """Return the number without blanks and dashes."""
    return _SEPARATORS.sub("", value)


def check_digit(number):
    """Return the check digit of the first eleven digits; None if there is none."""
    for weights in (_FIRST, _SECOND):
        total = sum(w * int(d) for w, d in zip(weights, number[:11], strict=True)) % 11
        if total != 10:
            return str(total)
    return None


def validate(value):
    """Return the number.

    :raise InvalidFormat: when it hasn't twelve digits, or no possible beginning
    :raise InvalidChecksum: when its last digit is another
    """
    number = compact(value)
    if len(number) != 12 or not (number.isascii() and isdigits(number)):
        raise InvalidFormat()
    if not 1 <= int(number[2:4]) <= 12:
        raise InvalidFormat()
    if kind_of(number) == "iin" and not 1 <= int(number[4:6]) <= 31:
        raise InvalidFormat()
    if check_digit(number) != number[11]:
        raise InvalidChecksum()
    return number


def is_valid(value):
    """Tell whether :func:`validate` takes a number."""
    try:
        return bool(validate(value))
    except ValidationError:
        return False


def kind_of(number):
    """Return ``bin`` for an entity's number, ``iin`` for a person's."""
    return "bin" if number[4] in _BIN_KINDS else "iin"
