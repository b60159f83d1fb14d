# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""IBAN by the library schwifty: form of the country and check digits.

Source: ISO 13616 and the registry of SWIFT.

>>> read("es91 2100 0418 4502 0005 1332").normal
'ES9121000418450200051332'
>>> read("ES9121000418450200051333").detail, read("hello").detail
('checksum', 'format')
"""

from schwifty import IBAN
from schwifty.exceptions import (
    InvalidChecksumDigits,
    InvalidLength,
    SchwiftyException,
)

from .reading import invalid, unverified, valid


def read(value):
    """Read an IBAN.

    :return: Reading; ``detail`` of an invalid one is checksum, length or format
    """
    text = "".join(str(value or "").split()).replace("-", "").upper()
    if not text:
        return unverified(value)
    try:
        return valid(value, IBAN(text).compact)
    except InvalidChecksumDigits:
        return invalid(value, "checksum")
    except InvalidLength:
        return invalid(value, "length")
    except SchwiftyException:
        return invalid(value, "format")
