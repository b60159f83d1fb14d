# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""MSISDN, the number of a mobile line. Stored as E.164 digits without the plus.

Spanish numbers must lie in a mobile range of the national plan; numbers of other
countries must be mobile for the library phonenumbers.

>>> validate("+34 612-34-56-78")
'34612345678'
>>> format("34612345678")
'+34 612 34 56 78'
>>> is_valid("931 23 45 67"), is_valid("61234567"), is_valid("+33 6 12 34 56 78")
(False, False, True)
"""

from phonenumbers import PhoneNumberType

from . import e164
from .verbs import tell_by

_HOME_RANGES = frozenset({"mobile"})
_FOREIGN_TYPES = frozenset(
    {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
)

compact = e164.compact
format = e164.format


def validate(value):
    """Return the E.164 digits of a mobile number.

    :raise InvalidFormat: when it is no telephone number at all
    :raise InvalidComponent: when it lies in no mobile range
    """
    return e164.validate(value, _HOME_RANGES, _FOREIGN_TYPES)


is_valid = tell_by(validate)
