# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A usage format as frozen values: all that the decoders know of a provider."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from .errors import SpecError
from .phone_number import MAX_DIGITS
from .record import DIRECTIONS
from .source import parse_source

CONTAINERS = ("delimited", "fixed_width", "json_lines", "xlsx", "xml_records")
RECORD_TARGETS = (
    "external_id",
    "usage_type",
    "direction",
    "served_number",
    "other_number",
    "started_at",
    "quantity",
    "visited_country",
    "wholesale_cost",
)
# What an event cannot be without.
ESSENTIAL_TARGETS = (
    "usage_type",
    "direction",
    "served_number",
    "started_at",
    "quantity",
)
# A start written in two columns: both halves together give started_at.
START_HALVES = ("started_date", "started_time")
CONTROL_TARGETS = (
    "sequence_number",
    "control_count",
    "control_quantity",
    "control_cost",
)
VALUE_TYPES = {
    "external_id": ("text",),
    "usage_type": ("choice",),
    "direction": ("choice",),
    "served_number": ("number",),
    "other_number": ("number",),
    "started_at": ("datetime",),
    "started_date": ("date",),
    "started_time": ("time",),
    "quantity": ("integer", "decimal", "duration_hms"),
    "visited_country": ("text", "choice"),
    "wholesale_cost": ("integer", "decimal"),
    "sequence_number": ("integer",),
    "control_count": ("integer",),
    "control_quantity": ("integer", "decimal", "duration_hms"),
    "control_cost": ("integer", "decimal"),
}
# ITU-T E.164 (11/2010), clause 6.2.1: one to three digits, none of them a leading 0.
_COUNTRY_CODE = re.compile(r"[1-9]\d{0,2}", re.ASCII)
_ELEMENT = re.compile(r"[^\W\d][\w.-]*")
_DIGITS = re.compile(r"\d+", re.ASCII)
NUMERIC_TYPES = ("integer", "decimal", "duration_hms")


@dataclass(frozen=True)
class FieldSpec:
    """Where one value comes from and how it is written.

    An empty ``source`` means a constant: ``default``.
    """

    target: str
    source: str = ""
    value_type: str = "text"
    pattern: str = ""
    factor: Decimal = Decimal(1)
    value_map: Mapping[str, str] = field(default_factory=dict)
    default: str = ""
    is_required: bool = False

    def __post_init__(self):
        allowed = VALUE_TYPES.get(self.target)
        if allowed is None:
            raise SpecError(self.target, "unknown_target")
        if self.value_type not in allowed:
            raise SpecError(self.target, "value_type", allowed=", ".join(allowed))
        if not self.source and not self.default:
            raise SpecError(self.target, "no_source")
        if self.factor <= 0:
            raise SpecError(self.target, "factor", value=str(self.factor))
        is_sum = any(len(atoms) > 1 for atoms in self.alternatives)
        if is_sum and self.value_type not in NUMERIC_TYPES:
            raise SpecError(self.target, "sum_of_text", source=self.source)

    @property
    def alternatives(self):
        """The parsed source; empty for a constant."""
        return parse_source(self.source) if self.source else ()


@dataclass(frozen=True)
class FormatSpec:
    """One provider's layout; see the help of ``telecom.usage.format``.

    ``usage_units`` maps each known usage type to its base unit.

    :raise SpecError: naming the field or setting that cannot work
    """

    container: str
    fields: tuple[FieldSpec, ...]
    usage_units: Mapping[str, str]
    header_fields: tuple[FieldSpec, ...] = ()
    trailer_fields: tuple[FieldSpec, ...] = ()
    encoding: str = "utf-8"
    delimiter: str = ";"
    quote_char: str = ""
    has_column_header: bool = False
    record_length: int = 0
    is_newline_terminated: bool = False
    sheet_name: str = ""
    record_marker: str = ""
    header_marker: str = ""
    trailer_marker: str = ""
    decimal_separator: str = "."
    timezone: str = "UTC"
    country_code: str = "34"
    national_number_length: int = 9
    international_prefix: str = "00"
    key_field_names: tuple[str, ...] = (
        "served_number",
        "other_number",
        "direction",
        "usage_type",
        "started_at",
        "quantity",
        "visited_country",
    )
    max_rejected_ratio: Decimal = Decimal("0.10")

    def __post_init__(self):
        self._check_settings()
        self._check_targets()
        self._check_meanings()

    def _check_settings(self):
        if self.container not in CONTAINERS:
            raise SpecError("container", "unknown_container", value=self.container)
        if self.container == "delimited" and len(self.delimiter) != 1:
            raise SpecError("delimiter", "not_one_character", value=self.delimiter)
        if self.delimiter in ("\r", "\n") or self.quote_char in (
            "\r",
            "\n",
            self.delimiter,
        ):
            raise SpecError("delimiter", "unfit_separators")
        self._check_numbers()
        if self.container == "xml_records":
            self._check_elements()
        for name in self.key_field_names:
            if name not in RECORD_TARGETS:
                raise SpecError("key_field_names", "unknown_key_field", value=name)
        if "started_at" not in self.key_field_names:
            raise SpecError("key_field_names", "start_not_in_key")
        for marker, fields in (
            ("header_marker", self.header_fields),
            ("trailer_marker", self.trailer_fields),
        ):
            if fields and not getattr(self, marker):
                raise SpecError(marker, "no_marker")

    @property
    def line_markers(self):
        """What lines begin with: header, usage, trailer; empty where not told."""
        markers = (self.header_marker, self.record_marker, self.trailer_marker)
        if self.container != "xml_records":
            return markers
        # An element's name is a line's first word, and a whole one.
        return tuple(f"{marker} {{" if marker else "" for marker in markers)

    def _check_elements(self):
        if not self.record_marker:
            raise SpecError("record_marker", "no_record_element")
        markers = (self.header_marker, self.record_marker, self.trailer_marker)
        given = [marker for marker in markers if marker]
        for marker in given:
            if not _ELEMENT.fullmatch(marker):
                raise SpecError("record_marker", "no_element", value=marker)
        if len(set(given)) < len(given):
            raise SpecError("record_marker", "elements_alike")

    def _check_numbers(self):
        code = self.country_code
        if not _COUNTRY_CODE.fullmatch(code):
            raise SpecError("country_code", "not_country_code", value=code)
        if not 1 <= self.national_number_length <= MAX_DIGITS - len(code):
            length = str(self.national_number_length)
            raise SpecError("national_number_length", "number_length", value=length)
        if self.international_prefix and not _DIGITS.fullmatch(
            self.international_prefix
        ):
            prefix = self.international_prefix
            raise SpecError("international_prefix", "not_digits", value=prefix)

    def _check_targets(self):
        _check_targets_of(self.fields, (*RECORD_TARGETS, *START_HALVES))
        _check_targets_of(self.header_fields, CONTROL_TARGETS)
        _check_targets_of(self.trailer_fields, CONTROL_TARGETS)
        present = {spec.target for spec in self.fields}
        if present.issuperset(START_HALVES) and "started_at" not in present:
            present.add("started_at")
        elif present.intersection(START_HALVES):
            raise SpecError("started_at", "start_halves")
        for target in ESSENTIAL_TARGETS:
            if target not in present:
                raise SpecError(target, "target_missing")

    def _check_meanings(self):
        known = {"usage_type": self.usage_units, "direction": DIRECTIONS}
        for spec in self.fields:
            if spec.target not in known:
                continue
            meanings = {*spec.value_map.values(), *filter(None, [spec.default])}
            for meaning in sorted(meanings.difference(known[spec.target])):
                raise SpecError(spec.target, "unknown_meaning", value=meaning)


def _check_targets_of(fields, allowed):
    """Refuse targets that this kind of line cannot hold, or holds twice."""
    seen = set()
    for spec in fields:
        if spec.target not in allowed:
            raise SpecError(spec.target, "target_not_here")
        if spec.target in seen:
            raise SpecError(spec.target, "target_twice")
        seen.add(spec.target)
