# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Rows of a table <-> rates and destinations of a tariff document."""

import re
from dataclasses import dataclass
from types import SimpleNamespace

from . import consistency, schema
from .document import Destination, Rate, Tier
from .errors import Problem
from .outcomes import as_text
from .text import Text as _

# pylint: disable=prefer-env-translation  # there is no env in plain Python

#: A rate's dates are the import's own business: one day for the whole list.
RATE_COLUMNS = (
    "usage_type",
    "direction",
    "destination",
    "zone",
    "network",
    "time_band",
    "setup_fee",
    "unit_price",
    "price_unit",
    "first_increment",
    "next_increment",
    "minimum_quantity",
    "minimum_charge",
    "maximum_charge",
    "setup_on_zero",
    "setup_on_covered",
    "price_mode",
    "tiers",
    "category",
)
RATE_REQUIRED = ("usage_type", "unit_price", "price_unit", "category")
FLAGS = {"true": True, "false": False, "1": True, "0": False, "yes": True, "no": False}
DESTINATION_COLUMNS = ("code", "name", "kind", "country", "prefixes")
DESTINATION_REQUIRED = ("code", "name", "kind", "prefixes")
PLACE = re.compile(r"^rates\[(\d+)\]\.?")
OTHER = re.compile(r"rates\[(\d+)\]")


@dataclass(frozen=True)
class KnownCodes:
    """Codes that the database has, by what a rate may name."""

    usage_types: frozenset
    destinations: frozenset
    roaming_zones: frozenset
    time_bands: frozenset
    categories: frozenset


@dataclass(frozen=True)
class DestinationRow:
    """A destination of a table; country is an ISO code or None."""

    destination: Destination
    country: str | None


def rates_of(rows, known):
    """Return the rates of a table, and what is wrong with it.

    :param rows: list of (line number, dict of texts)
    :param KnownCodes known: what they may name
    :return: tuple of Rate (empty when the table can't be used) and list of Problem
    """
    line_numbers = [number for number, _row in rows]
    values, problems = [], []
    for number, row in rows:
        value, faults = _rate_value(row)
        values.append(value)
        problems += [Problem(_place(number, name), text) for name, text in faults]
    checked, found = schema.check_all(values, "rate", "rates")
    rates = ()
    if not found and not problems:
        rates = tuple(_rate(value) for value in checked)
        found = list(consistency.find_rate_problems(_document(known), rates))
    problems += [_told(problem, line_numbers) for problem in found]
    return ((), problems) if problems else (rates, [])


def _rate_value(row):
    """Return a row's texts as a document has them, and (column, fault) of flags."""
    value, faults = dict(row), []
    for name in ("setup_on_zero", "setup_on_covered"):
        if name not in value:
            continue
        flag = FLAGS.get(value[name].lower())
        if flag is None:
            faults.append((name, _("write true or false")))
        else:
            value[name] = flag
    value["tiers"] = _tiers(value.get("tiers", ""))
    return value, faults


def rate_cells(rate):
    """Return a rate as a row of the table."""
    cells = {**vars(rate), "tiers": _tier_text(rate.tiers)}
    return [_cell(cells[name]) for name in RATE_COLUMNS]


def destinations_of(rows):
    """Return the destinations of a table, and what is wrong with it.

    :param rows: list of (line number, dict of texts)
    :return: list of DestinationRow and list of Problem
    """
    found, problems, lines = [], [], {}
    for number, row in rows:
        destination, faults = _destination(row)
        for problem in faults:
            column = problem.path.partition(".")[2] or "row"
            problems.append(Problem(_place(number, column), problem.text))
        if faults:
            continue
        item = destination.destination
        for key in (("code", item.code), *(("prefix", p) for p in item.prefixes)):
            if key in lines:
                problems.append(Problem(_place(number), _again(*key, lines[key])))
            lines[key] = number
        found.append(destination)
    return found, problems


def _destination(row):
    """Return the DestinationRow of a dict of texts, and its Problems."""
    value = {**row, "prefixes": re.split(r"[\s,;]+", row.get("prefixes", ""))}
    value["prefixes"] = [prefix for prefix in value["prefixes"] if prefix]
    country = value.pop("country", None)
    [checked], problems = schema.check_all([value], "destination", "row")
    if problems:
        return None, problems
    prefixes = tuple(sorted(checked["prefixes"]))
    item = Destination(checked["code"], checked["name"], checked["kind"], prefixes)
    return DestinationRow(item, country), []


def destination_cells(row):
    """Return a DestinationRow as a row of the table."""
    item = row.destination
    return [item.code, item.name, item.kind, row.country or "", " ".join(item.prefixes)]


def _rate(value):
    tiers = tuple(Tier(**tier) for tier in value["tiers"])
    return Rate(**{**value, "tiers": tiers})


def _tiers(text):
    """Return tiers of a text such as 100:0.10;:0.05, the last without end."""
    found = []
    for part in filter(None, text.split(";")):
        up_to, _colon, price = part.partition(":")
        tier = {"unit_price": price.strip()}
        if up_to.strip():
            tier["up_to"] = up_to.strip()
        found.append(tier)
    return found


def _tier_text(tiers):
    return ";".join(f"{as_text(t.up_to)}:{as_text(t.unit_price)}" for t in tiers)


def _cell(value):
    return str(value).lower() if isinstance(value, bool) else as_text(value)


def _document(known):
    """Return what the rules for rates ask of a document: its codes."""
    names = {
        name: [SimpleNamespace(code=code) for code in codes]
        for name, codes in vars(known).items()
        if name != "usage_types"
    }
    return SimpleNamespace(all_usage_types=known.usage_types, **names)


def _told(problem, line_numbers):
    """Return a problem with lines of the table in place of positions."""
    match = PLACE.match(problem.path)
    column = problem.path[match.end() :] if match else problem.path
    line = line_numbers[int(match[1])] if match else "?"
    text = problem.text.mapped(lambda value: _in_table(value, line_numbers))
    return Problem(_place(line, column), text)


def _in_table(value, line_numbers):
    """Return where in the table another rate is, and any other value as it is."""
    match = OTHER.fullmatch(value)
    return _place(line_numbers[int(match[1])]) if match else value


def _place(line, column=""):
    if column:
        return _("line %(line)s, %(column)s", line=line, column=column)
    return _("line %(line)s", line=line)


def _again(kind, value, line):
    if kind == "code":
        return _("the code %(value)s is also on line %(line)s", value=value, line=line)
    return _("the prefix %(value)s is also on line %(line)s", value=value, line=line)
