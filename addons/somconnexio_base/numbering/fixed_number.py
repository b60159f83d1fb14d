# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Number of a fixed telephone line. Stored as E.164 digits without the plus.

Spanish numbers must lie in a geographic or nomadic range of the national plan;
numbers of other countries must be fixed for the library phonenumbers.

>>> validate("93 123 45 67")
'34931234567'
>>> format("34931234567")
'+34 931 23 45 67'
>>> is_valid("612 34 56 78"), is_valid("902 12 34 56"), is_valid("+33 1 42 68 53 00")
(False, False, True)
"""

from phonenumbers import PhoneNumberType

from . import e164
from .verbs import tell_by

_HOME_RANGES = frozenset({"fixed", "nomadic"})
_FOREIGN_TYPES = frozenset(
    {
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.FIXED_LINE_OR_MOBILE,
        PhoneNumberType.VOIP,
    }
)

compact = e164.compact
format = e164.format


def validate(value):
    """Return the E.164 digits of a fixed number.

    :raise InvalidFormat: when it is no telephone number at all
    :raise InvalidComponent: when it lies in no range for fixed lines
    """
    return e164.validate(value, _HOME_RANGES, _FOREIGN_TYPES)


is_valid = tell_by(validate)
