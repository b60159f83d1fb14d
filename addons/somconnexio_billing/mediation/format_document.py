# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Usage formats as one JSON document, for review and version control.

    {"document": "telecom.usage.format", "version": 1,
     "formats": [{"code": "carrier", "name": "Carrier", "container": "delimited", ...,
                  "fields": [{"target": "quantity", "source": "SECONDS",
                              "value_type": "integer", "factor": "60"}, ...]}]}

What has its usual value is left out, so that a document shows what is special.
Numbers that must stay exact are texts. Reading is strict: an unknown key is a mistake,
never something to skip.
"""

import json
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from .errors import MediationError

DOCUMENT, VERSION = "telecom.usage.format", 1
MAX_BYTES = 1024 * 1024
_HEAD = {"document": DOCUMENT, "version": VERSION}


class DocumentError(MediationError):
    """A document cannot be used.

    :param str place: where in it, such as ``formats[0].fields[3].factor``
    :param str code: stable name of the fault
    :param values: what a message about it needs
    """

    def __init__(self, place, code, **values):
        super().__init__(f"{place}: {code} {values}")
        self.place = place
        self.code = code
        self.values = values


class Kind(NamedTuple):
    """What a value of the document may be, and what people call that."""

    name: str
    accepts: Callable


def _is_exact(value):
    try:
        return isinstance(value, str) and Decimal(value).is_finite()
    except InvalidOperation:
        return False


def _are_meanings(value):
    return isinstance(value, dict) and all(
        isinstance(text, str) for pair in value.items() for text in pair
    )


TEXT = Kind("text", lambda value: isinstance(value, str))
FLAG = Kind("true, false", lambda value: isinstance(value, bool))
WHOLE = Kind("1, 2, 3", lambda value: type(value) is int)
EXACT = Kind('"0.25"', _is_exact)
MEANINGS = Kind('{"VOZ": "voice"}', _are_meanings)


#: Key -> (kind, usual value); the usual value None means that the key is needed.
FORMAT_KEYS = {
    "code": (TEXT, None),
    "name": (TEXT, None),
    "file_name_pattern": (TEXT, ""),
    "container": (TEXT, None),
    "encoding": (TEXT, "utf-8"),
    "delimiter": (TEXT, ";"),
    "quote_char": (TEXT, ""),
    "has_column_header": (FLAG, False),
    "sheet_name": (TEXT, ""),
    "record_length": (WHOLE, 0),
    "is_newline_terminated": (FLAG, False),
    "header_marker": (TEXT, ""),
    "record_marker": (TEXT, ""),
    "trailer_marker": (TEXT, ""),
    "decimal_separator": (TEXT, "."),
    "timezone": (TEXT, "Europe/Madrid"),
    "country_code": (TEXT, "34"),
    "national_number_length": (WHOLE, 9),
    "international_prefix": (TEXT, ""),
    "key_field_names": (TEXT, None),
    "max_rejected_ratio": (EXACT, "0.1"),
}
FIELD_KEYS = {
    "line_kind": (TEXT, "record"),
    "target": (TEXT, None),
    "source": (TEXT, ""),
    "value_type": (TEXT, "text"),
    "pattern": (TEXT, ""),
    "factor": (EXACT, "1"),
    "value_map": (MEANINGS, {}),
    "default_value": (TEXT, ""),
    "is_required": (FLAG, False),
}


def write_document(formats):
    """Return the document of formats, as text.

    :param formats: dictionaries with all of ``FORMAT_KEYS`` and a list ``fields`` of
        dictionaries with all of ``FIELD_KEYS``
    """
    written = [
        {
            **_special(values, FORMAT_KEYS),
            "fields": [_special(field, FIELD_KEYS) for field in values["fields"]],
        }
        for values in formats
    ]
    document = {**_HEAD, "formats": written}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _special(values, keys):
    return {
        key: values[key] for key, (_, usual) in keys.items() if values[key] != usual
    }


def read_document(content):
    """Return the formats of a document, each value there.

    :param bytes content: UTF-8
    :return: dictionaries as ``write_document`` takes them
    :raise DocumentError: naming the place in the document
    """
    document = _loaded(content)
    for key, value in _HEAD.items():
        if document.get(key) != value:
            raise DocumentError(key, "not_this_document", expected=value)
    _refuse_others("", document, {*_HEAD, "formats"})
    formats = [
        _read_format(f"formats[{index}]", values)
        for index, values in enumerate(_list("formats", document.get("formats")))
    ]
    codes = [values["code"] for values in formats]
    for index, code in enumerate(codes):
        if code in codes[:index]:
            raise DocumentError(f"formats[{index}].code", "twice", value=code)
    return formats


def _loaded(content):
    if len(content) > MAX_BYTES:
        raise DocumentError("document", "too_large", limit=MAX_BYTES)
    try:
        document = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:
        raise DocumentError("document", "no_json", problem=str(error)) from error
    return _object("document", document)


def _unique(pairs):
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _value in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise DocumentError(double, "twice", value=double)
    return values


def _read_format(place, values):
    values = dict(_object(place, values))
    fields = _list(f"{place}.fields", values.pop("fields", None))
    read = _read(place, values, FORMAT_KEYS)
    read["fields"] = [
        _read(f"{place}.fields[{index}]", field, FIELD_KEYS)
        for index, field in enumerate(fields)
    ]
    seen = set()
    for index, field in enumerate(read["fields"]):
        key = field["line_kind"], field["target"]
        if key in seen:
            raise DocumentError(
                f"{place}.fields[{index}].target", "twice", value=field["target"]
            )
        seen.add(key)
    return read


def _read(place, values, keys):
    values = _object(place, values)
    _refuse_others(place, values, keys)
    read = {}
    for key, (kind, usual) in keys.items():
        value = values.get(key, usual)
        if value is None:
            raise DocumentError(f"{place}.{key}", "missing")
        if not kind.accepts(value):
            raise DocumentError(f"{place}.{key}", "kind", expected=kind.name)
        read[key] = value
    return read


def _refuse_others(place, values, known):
    for key in values:
        if key not in known:
            where = f"{place}.{key}" if place else key
            raise DocumentError(where, "unknown_key", known=", ".join(known))


def _object(place, value):
    if not isinstance(value, dict):
        raise DocumentError(place, "kind", expected="{ }")
    return value


def _list(place, value):
    if not isinstance(value, list):
        raise DocumentError(place, "kind", expected="[ ]")
    return value


def differences(before, after):
    """Return what changes from one format to another: ``[(place, old, new)]``.

    The place is a tuple: a key, or a field's line kind, its target and a key. A field
    that comes or goes has None on its other side; so has a whole format.

    :param before: a format's values, or None when it is new
    """
    if before is None:
        return [((), None, after["code"])]
    changes = [
        ((key,), before[key], after[key])
        for key in FORMAT_KEYS
        if before[key] != after[key]
    ]
    old, new = _by_target(before), _by_target(after)
    changes += [(name, name[1], None) for name in old if name not in new]
    changes += [(name, None, name[1]) for name in new if name not in old]
    changes += [
        ((*name, key), old[name][key], new[name][key])
        for name in new
        if name in old
        for key in FIELD_KEYS
        if old[name][key] != new[name][key]
    ]
    kept = [name for name in old if name in new]
    if kept != [name for name in new if name in old]:
        order = [", ".join(name[1] for name in side) for side in (old, new)]
        changes.append((("fields",), *order))
    return changes


def _by_target(values):
    return {(field["line_kind"], field["target"]): field for field in values["fields"]}
