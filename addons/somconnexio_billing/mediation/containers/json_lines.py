# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""JSON lines: one object per line, values reached by dotted paths."""

import json
from decimal import Decimal

from ..errors import FieldError, SpecError
from .picker import FAULT

_MAX_EXPONENT = 30


def _refuse_constant(text):
    raise ValueError(text)


# No float: 0.1 has to stay 0.1. NaN and Infinity are not JSON.
_DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=_refuse_constant)


_PLAIN = frozenset((str, int))


class _Broken(dict):
    """What a line that is no object holds: FAULT, wherever one looks."""

    def get(self, key, default=None):
        return FAULT


_BROKEN = _Broken()
_EMPTY = {}


class JsonLine:
    """Pick the atoms' dotted paths, such as ``volume.uplink``, out of an object."""

    #: Whether columns hold integers besides texts.
    has_integers = True

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

    def columns(self, lines):
        """Return one column of cells per atom: texts and integers.

        Of a line that is no object, and for values that no cell holds, FAULTs.
        """
        levels = {(): _documents(lines)}
        for path in self.paths:
            for depth in range(1, len(path)):
                outer, inner = path[: depth - 1], path[:depth]
                if inner not in levels:
                    levels[inner] = _inner(levels[outer], inner[-1])
        return [_cells(levels[path[:-1]], path[-1]) for path in self.paths]

    @staticmethod
    def _path(atom):
        names = tuple(atom.split("."))
        if not all(names):
            raise SpecError("source", "not_a_path", value=atom)
        return names


def _documents(lines):
    """Return the lines' objects; what is anything else, or not only that, is broken."""
    scan = _DECODER.scan_once
    documents = []
    for line in lines:
        try:
            document, end = scan(line, 0)
        except (ValueError, RecursionError, StopIteration):
            document, end = _BROKEN, len(line)
        is_whole = end == len(line) and isinstance(document, dict)
        documents.append(document if is_whole else _BROKEN)
    return documents


def _inner(documents, key):
    """Return the objects inside objects; empty ones where there is none."""
    return [
        value
        if (value := document.get(key)).__class__ is dict
        else _BROKEN
        if document is _BROKEN
        else _EMPTY
        for document in documents
    ]


def _cells(documents, name):
    """Return the cells of a name: texts and integers, FAULT for anything else."""
    cells = [document.get(name, "") for document in documents]
    return cells if _PLAIN.issuperset(map(type, cells)) else list(map(_cell, cells))


def _cell(value):
    if value.__class__ in _PLAIN:
        return value
    try:
        return _text(value)
    except FieldError:
        return FAULT


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
