# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What all telephone numbers share: E.164 digits without the plus.

A number without a country is Spanish. A foreign one needs its plus or 00; eleven
digits and more, longer than any Spanish line, are the stored form.

Source: ITU-T E.164 (11/2010), by the library phonenumbers.

>>> validate("+34 612 34 56 78", {"mobile"}, ())
'34612345678'
>>> validate("0034612345678", {"mobile"}, ())
'34612345678'
>>> validate("34612345678", {"mobile"}, ())
'34612345678'
>>> format("34612345678")
'+34 612 34 56 78'
"""

import phonenumbers
from stdnum.exceptions import InvalidComponent, InvalidFormat
from stdnum.util import clean, isdigits

from . import numbering_plan

HOME_REGION = "ES"
HOME_COUNTRY_CODE = 34
_STORED_LENGTH = 11


def compact(value):
    """Return the digits people meant, led by a plus when they gave the country.

    :param str value: a number as typed: spaces, dots, dashes, brackets, +, 00
    """
    number = clean(str(value or ""), " -./()").strip()
    if number.startswith("00"):
        return "+" + number[2:]
    is_stored_form = len(number) >= _STORED_LENGTH and not number.startswith("+")
    return "+" + number if is_stored_form else number


def parse(value):
    """Return the phonenumbers object of a number as typed.

    :raise InvalidFormat: when it is no telephone number at all
    """
    number = compact(value)
    if not isdigits(number.removeprefix("+")):
        raise InvalidFormat()
    try:
        return phonenumbers.parse(number, HOME_REGION)
    except phonenumbers.NumberParseException as error:
        raise InvalidFormat() from error


def validate(value, home_ranges, foreign_types):
    """Return the E.164 digits of a number of certain kinds.

    :param set home_ranges: range types of the Spanish plan that are accepted
    :param set foreign_types: phonenumbers types accepted for other countries
    :raise InvalidFormat: when it is no telephone number at all
    :raise InvalidComponent: when it is a telephone number of another kind
    """
    number = parse(value)
    if number.country_code == HOME_COUNTRY_CODE:
        national = phonenumbers.national_significant_number(number)
        is_accepted = numbering_plan.range_type(national) in home_ranges
    else:
        is_accepted = phonenumbers.number_type(number) in foreign_types
    if not is_accepted:
        raise InvalidComponent()
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return written.removeprefix("+")


def format(value):
    """Write stored digits as people do: +34 612 34 56 78."""
    return phonenumbers.format_number(
        parse("+" + value), phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
