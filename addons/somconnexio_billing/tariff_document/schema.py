# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Check a value against ``schema.json``, the published JSON Schema.

The document is judged by the very file that is published. Of JSON Schema this reads
what the file uses: $ref, anyOf, const, enum, type, properties, required,
additionalProperties, items, minItems, uniqueItems, the limits of numbers and texts,
pattern, format and default.
"""

import json
import re
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from .errors import Problem
from .instants import parse_instant, parse_minute
from .text import Text as _

# pylint: disable=prefer-env-translation  # there is no env in plain Python

SCHEMA_FILE = Path(__file__).with_name("schema.json")
TYPES = {
    "object": dict,
    "array": (list, tuple),
    "string": str,
    "boolean": bool,
    "null": type(None),
    "integer": int,
    "number": (int, Decimal),
}
NAMES = {
    "object": _("an object {…}"),
    "array": _("a list […]"),
    "string": _("a text in quotes"),
    "boolean": _("true or false"),
    "null": "null",
    "integer": _("a whole number"),
    "number": _("a number"),
}
NUMBER = ["number", "string"]


@cache
def schema():
    """Return the JSON Schema of a tariff document."""
    return json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))


def check(value):
    """Return a document with its defaults filled in and its numbers as Decimal.

    :param value: as json_text.read_json returns it
    :return: the document (None where it is unusable), and the list of its problems
    """
    checker = _Checker(schema()["$defs"])
    return checker.check(value, schema(), ""), checker.problems


def check_all(values, name, path):
    """Check a list of values against one definition, such as ``rate``.

    :return: the values with defaults and Decimals, and the list of problems
    """
    checker = _Checker(schema()["$defs"])
    rule = {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}
    return checker.check(values, rule, path), checker.problems


class _Checker:
    """One pass over a document; collects what is wrong."""

    def __init__(self, definitions):
        self.definitions = definitions
        self.problems = []

    def check(self, value, rule, path):
        """Return the value of a rule, defaults and Decimals put in."""
        if "$ref" in rule:
            rule = self.definitions[rule["$ref"].rpartition("/")[2]]
        if "anyOf" in rule:
            return self._check_any(value, rule["anyOf"], path)
        if "const" in rule and value != rule["const"]:
            text = _("must be %(value)s", value=_shown(rule["const"]))
            return self._wrong(path, text)
        if "enum" in rule and value not in rule["enum"]:
            choices = ", ".join(map(_shown, rule["enum"]))
            found = _shown(value)
            text = _("%(value)s is none of %(choices)s", value=found, choices=choices)
            return self._wrong(path, text)
        kind = rule.get("type")
        if kind == NUMBER:
            return self._check_number(value, rule, path)
        if kind and not _is_of(value, kind):
            return self._wrong(path, _must_be(value, NAMES[kind]))
        inner = {
            "object": self._check_object,
            "array": self._check_list,
            "integer": self._check_limits,
            "string": self._check_text,
        }.get(kind)
        return inner(value, rule, path) if inner else value

    def _wrong(self, path, text):
        self.problems.append(Problem(path, text))

    def _check_any(self, value, rules, path):
        """Judge by the rule that the value's kind belongs to, for a clear message."""
        for rule in rules:
            if not self._is_meant(value, rule):
                continue
            return self.check(value, rule, path)
        return self.check(value, rules[-1], path)

    def _is_meant(self, value, rule):
        if "$ref" in rule:
            rule = self.definitions[rule["$ref"].rpartition("/")[2]]
        if "const" in rule:
            return value == rule["const"]
        if "enum" in rule:
            return isinstance(value, str)
        kinds = rule["type"] if isinstance(rule["type"], list) else [rule["type"]]
        return any(_is_of(value, kind) for kind in kinds)

    def _check_object(self, value, rule, path):
        known = rule["properties"]
        for name in value:
            if name not in known:
                self._wrong(_join(path, name), _unknown_key(name, known))
        for name in rule["required"]:
            if name not in value:
                self._wrong(_join(path, name), _("is missing: add it"))
        found = {}
        for name, inner in known.items():
            if name in value:
                found[name] = self.check(value[name], inner, _join(path, name))
            elif "default" in inner:
                found[name] = self._default(inner)
        return found

    def _default(self, rule):
        reference = rule.get("$ref", "")
        target = self.definitions.get(reference.rpartition("/")[2], rule)
        default = rule["default"]
        return Decimal(default) if target.get("type") == NUMBER else default

    def _check_list(self, value, rule, path):
        if len(value) < rule.get("minItems", 0):
            self._wrong(path, _("is empty: name one at least"))
        found = [
            self.check(item, rule["items"], f"{path}[{number}]")
            for number, item in enumerate(value)
        ]
        if rule.get("uniqueItems"):
            self._check_unique(found, path)
        return found

    def _check_unique(self, items, path):
        seen = {}
        for number, item in enumerate(items):
            if item in seen:
                text = _(
                    "%(value)s is also %(place)s: remove one",
                    value=_shown(item),
                    place=f"{path}[{seen[item]}]",
                )
                self._wrong(f"{path}[{number}]", text)
            seen.setdefault(item, number)

    def _check_number(self, value, rule, path):
        """Return a number or a text of digits as Decimal."""
        if isinstance(value, float):
            text = _("%(value)s is floating point: give a text", value=value)
            return self._wrong(path, text)
        if isinstance(value, bool) or not isinstance(value, (int, Decimal, str)):
            return self._wrong(path, _must_be(value, NAMES["number"]))
        try:
            number = Decimal(value)
        except InvalidOperation:
            text = _("%(value)s is no number, such as 0.15", value=_shown(value))
            return self._wrong(path, text)
        return self._check_digits(value, number, rule, path)

    def _check_digits(self, value, number, rule, path):
        """Return a number of the size and with the decimals that a rule asks for."""
        text = format(number, "f") if number.is_finite() else str(number)
        if "." in text:
            text = text.rstrip("0").removesuffix(".")
        if number < 0 or ("exclusiveMinimum" in rule and number == 0):
            least = _("zero or more") if "minimum" in rule else _("more than zero")
            return self._wrong(path, _must_be(value, least))
        if not re.search(rule["pattern"], text) or _significant(number) > 15:
            return self._wrong(
                path,
                _(
                    "%(value)s must have up to 15 digits before the point and 12 after"
                    " it, 15 in all: write it as it is meant, such as 0.1; floating"
                    " point leaves such tails",
                    value=_shown(value),
                ),
            )
        return number

    def _check_limits(self, value, rule, path):
        least, most = rule.get("minimum"), rule.get("maximum")
        if value < least or value > most:
            text = _(
                "%(value)s must lie between %(least)s and %(most)s",
                value=value,
                least=least,
                most=most,
            )
            return self._wrong(path, text)
        return int(value)

    def _check_text(self, value, rule, path):
        if not rule.get("minLength", 0) <= len(value) <= rule.get("maxLength", 1e9):
            longest = rule["maxLength"]
            text = _("must have 1 to %(longest)s characters", longest=longest)
            return self._wrong(path, text)
        if "pattern" in rule and not re.search(rule["pattern"], value):
            return self._wrong(path, _misfit(value, rule))
        try:
            return FORMATS.get(rule.get("format"), str)(value)
        except ValueError:
            return self._wrong(path, _misfit(value, rule))


FORMATS = {
    "date": date.fromisoformat,
    "minute": parse_minute,
    "instant": parse_instant,
}


def _misfit(value, rule):
    """Say what a text should look like."""
    value = _shown(value)
    texts = {
        "date": _("%(value)s is no date, such as 2026-10-31", value=value),
        "minute": _("%(value)s is no time of day, such as 08:00 or 24:00", value=value),
        "instant": _(
            "%(value)s is no instant, such as 2026-10-31T08:00:00+01:00", value=value
        ),
    }
    pattern = rule.get("pattern", "")
    fallback = _("%(value)s does not fit %(pattern)s", value=value, pattern=pattern)
    return texts.get(rule.get("format"), fallback)


def _must_be(value, wanted):
    return _("%(value)s must be %(wanted)s", value=_shown(value), wanted=wanted)


def _is_of(value, kind):
    """Tell whether a value is of a JSON type; true and false are no numbers."""
    if isinstance(value, bool):
        return kind == "boolean"
    if kind == "integer" and isinstance(value, Decimal):
        return value == value.to_integral_value()
    return isinstance(value, TYPES[kind])


def _significant(number):
    digits = number.normalize().as_tuple().digits
    return len(digits)


def _unknown_key(name, known):
    """Say which key may be meant."""
    near = get_close_matches(name, known, n=1)
    if near:
        return _("unknown key; is %(name)r meant?", name=near[0])
    return _("unknown key; known are %(names)s", names=", ".join(known))


def _join(path, name):
    return f"{path}.{name}" if path else name


def _shown(value):
    """Write a value as JSON does, cut when it is long."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:57]}…"
