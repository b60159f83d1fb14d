# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""IBAN by the library schwifty: form of the country and check digits.

The normal form is in groups of four, as banks print it and Odoo keeps it.

Source: ISO 13616 and the registry of SWIFT.

>>> read("es91 2100 0418 4502 0005 1332").normal
'ES91 2100 0418 4502 0005 1332'
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
        return valid(value, IBAN(text).formatted)
    except InvalidChecksumDigits:
        return invalid(value, "checksum")
    except InvalidLength:
        return invalid(value, "length")
    except SchwiftyException:
        return invalid(value, "format")


def compact(value):
    """Return an IBAN without blanks, as computers exchange it."""
    return "".join(str(value or "").split())
