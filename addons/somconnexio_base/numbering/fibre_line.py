# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Identifier of a fibre (or copper) access line, as its network owner writes it.

No public standard: owners use letters, digits, dash, slash, dot and underscore.
Stored in capitals without spaces, so that one line is one text.

>>> validate(" ftth-08 0012/34 ")
'FTTH-080012/34'
>>> is_valid("abc"), is_valid("línia 1234")
(False, False)
"""

import re

from stdnum.exceptions import InvalidFormat, InvalidLength

from .verbs import tell_by

MIN_LENGTH = 4
MAX_LENGTH = 40
_ALLOWED = re.compile(r"[A-Z0-9][A-Z0-9._/-]*")


def compact(value):
    """Return the value in capitals without white space."""
    return "".join(str(value or "").split()).upper()


def validate(value):
    """Return the identifier in its stored form.

    :raise InvalidLength: when it has less than 4 or more than 40 characters
    :raise InvalidFormat: when it holds other characters than A-Z 0-9 . _ / -
    """
    line = compact(value)
    if not MIN_LENGTH <= len(line) <= MAX_LENGTH:
        raise InvalidLength()
    if not _ALLOWED.fullmatch(line):
        raise InvalidFormat()
    return line


is_valid = tell_by(validate)


def format(value):
    """Write the identifier: it is kept as owners write it."""
    return compact(value)
