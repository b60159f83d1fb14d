# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A field's definition -> the function that reads its cells."""

from decimal import Decimal

from .instants import DayReader, IsoReader, LocalReader, TimeReader
from .limits import MAX_COST, MAX_QUANTITY, MAX_SEQUENCE_NUMBER
from .phone_number import NumberReader
from .spec import ESSENTIAL_TARGETS, START_HALVES
from .values import (
    ChoiceReader,
    CountryReader,
    DecimalReader,
    IntegerReader,
    Memo,
    TextReader,
    canonical,
    read_duration,
    read_text,
)

ISO_PATTERN = "iso"
_ALWAYS_REQUIRED = (*ESSENTIAL_TARGETS, *START_HALVES)
_QUANTITIES = ("quantity", "control_quantity")


def make_reader(spec, field):
    """Return what reads the cells of ``field``: ``reader[text]`` is the value.

    :return: a ``values.Memo``, or a ``values.TextReader`` for identifiers
    :raise SpecError: for a pattern that cannot be read strictly
    """
    read = _READERS[field.value_type](spec, field)
    if field.target in _QUANTITIES:
        read = _Canonical(read)
    empty = None
    if field.default:
        empty = field.default if field.value_type == "choice" else read(field.default)
    is_required = field.is_required or field.target in _ALWAYS_REQUIRED
    if read is read_text:
        return TextReader(empty, is_required)
    return Memo(read, empty, is_required)


class _Canonical:
    """Give equal quantities the same value, however they are written."""

    def __init__(self, read):
        self.read = read

    def __call__(self, text):
        return canonical(self.read(text))


def _text_reader(spec, field):
    if field.target == "visited_country":
        return CountryReader(field.value_map)
    return read_text


def _integer_reader(spec, field):
    return IntegerReader(field.factor, _limit(field))


def _decimal_reader(spec, field):
    return DecimalReader(spec.decimal_separator, field.factor, _limit(field))


def _limit(field):
    # Control sums add up a whole file.
    if field.target.startswith("control"):
        return MAX_QUANTITY * 1000
    if field.target == "sequence_number":
        return MAX_SEQUENCE_NUMBER
    return MAX_COST if field.target == "wholesale_cost" else MAX_QUANTITY


def _number_reader(spec, field):
    return NumberReader(
        spec.country_code, spec.national_number_length, spec.international_prefix
    )


def _datetime_reader(spec, field):
    if field.pattern in ("", ISO_PATTERN):
        return IsoReader(spec.timezone)
    return LocalReader(field.pattern, spec.timezone)


def _date_reader(spec, field):
    return DayReader(field.pattern or "%Y-%m-%d", spec.timezone)


def _time_reader(spec, field):
    return TimeReader(field.pattern or "%H:%M:%S")


def _choice_reader(spec, field):
    if field.target == "usage_type":
        return ChoiceReader(field.value_map, "unknown_usage_type")
    if field.target == "visited_country":
        return _ChosenCountry(field.value_map)
    return ChoiceReader(field.value_map)


class _ChosenCountry(ChoiceReader):
    """Only listed countries; the home country is listed with no meaning."""

    def __call__(self, text):
        return super().__call__(text) or None


def _duration_reader(spec, field):
    if field.factor == Decimal(1):
        return read_duration
    return lambda text: read_duration(text) * field.factor


_READERS = {
    "text": _text_reader,
    "integer": _integer_reader,
    "decimal": _decimal_reader,
    "number": _number_reader,
    "datetime": _datetime_reader,
    "date": _date_reader,
    "time": _time_reader,
    "duration_hms": _duration_reader,
    "choice": _choice_reader,
}
