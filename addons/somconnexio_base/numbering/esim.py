# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Activation codes of eSIMs, as printed in their QR code.

``LPA:1$`` server ``$`` matching identifier, and optionally ``$`` object identifier and
``$1`` when the device asks for a confirmation code (GSMA SGP.22, 4.1).
"""

import re

from stdnum.exceptions import InvalidFormat

_CODE = re.compile(
    r"LPA:1\$"
    r"(?P<server>[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)\$"
    r"(?P<matching>[A-Z0-9-]*)"
    r"(?:\$(?P<object>[0-9.]*)(?:\$(?P<confirmation>1?))?)?"
)


def validate(code):
    """Return an activation code without the blanks around it.

    :param str code: as typed or read from the QR code
    :raise InvalidFormat: when it is none

    >>> validate(" LPA:1$smdp.example.org$K2-1XYZ ")
    'LPA:1$smdp.example.org$K2-1XYZ'
    """
    code = (code or "").strip()
    if not _CODE.fullmatch(code):
        raise InvalidFormat()
    return code
