# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""JSON lines: one object per line, values reached by dotted paths."""

import json
from decimal import Decimal

from ..errors import FieldError, SpecError

_MAX_EXPONENT = 30


def _refuse_constant(text):
    raise ValueError(text)


# No float: 0.1 has to stay 0.1. NaN and Infinity are not JSON.
_DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=_refuse_constant)


class JsonLine:
    """Pick the atoms' dotted paths, such as ``volume.uplink``, out of an object."""

    def __init__(self, spec, atoms):
        self.paths = [self._path(atom) for atom in atoms]

    def __call__(self, line):
        try:
            document = _DECODER.decode(line)
        except (ValueError, RecursionError) as error:
            raise FieldError("structure", type(error).__name__, "JSON") from None
        if not isinstance(document, dict):
            raise FieldError("structure", type(document).__name__, "{ }")
        return [_text(_dig(document, path)) for path in self.paths]

    @staticmethod
    def _path(atom):
        names = tuple(atom.split("."))
        if not all(names):
            raise SpecError("source", "not_a_path", value=atom)
        return names


def _dig(value, path):
    for name in path:
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value


def _text(value):
    """Return a scalar as the text that the value readers expect.

    >>> _text(Decimal("1E-7")), _text(None), _text(12)
    ('0.0000001', '', '12')
    """
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, Decimal) and abs(value.adjusted()) <= _MAX_EXPONENT:
        return format(value, "f")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise FieldError("structure", type(value).__name__, "text, number")
