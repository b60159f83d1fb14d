# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Rows of a table <-> rates and destinations of a tariff document."""

import re
from dataclasses import dataclass
from types import SimpleNamespace

from .. import consistency, schema
from ..document import Destination, Rate, Tier
from ..outcomes import as_text
from .errors import TableError

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
    """Return the rates of a table.

    :param rows: as read_table returns them
    :param KnownCodes known: what they may name
    :raise TableError: naming line and column of every fault
    """
    line_numbers = [number for number, _row in rows]
    values, faults = [], []
    for number, row in rows:
        value = dict(row)
        for name in ("setup_on_zero", "setup_on_covered"):
            if name in value and value[name].lower() not in FLAGS:
                faults.append(f"line {number}, {name}: write true or false")
            elif name in value:
                value[name] = FLAGS[value[name].lower()]
        value["tiers"] = _tiers(value.get("tiers", ""))
        values.append(value)
    checked, problems = schema.check_all(values, "rate", "rates")
    if not problems and not faults:
        rates = tuple(_rate(value) for value in checked)
        problems = list(consistency.find_rate_problems(_document(known), rates))
    faults += [_told(problem, line_numbers) for problem in problems]
    if faults:
        raise TableError(faults)
    return rates


def rate_cells(rate):
    """Return a rate as a row of the table."""
    cells = {**vars(rate), "tiers": _tier_text(rate.tiers)}
    return [_cell(cells[name]) for name in RATE_COLUMNS]


def destinations_of(rows):
    """Return the DestinationRows of a table.

    :raise TableError: naming line and column of every fault
    """
    found, faults, lines = [], [], {}
    for number, row in rows:
        value = {**row, "prefixes": re.split(r"[\s,;]+", row.get("prefixes", ""))}
        value["prefixes"] = [prefix for prefix in value["prefixes"] if prefix]
        country = value.pop("country", None)
        [checked], problems = schema.check_all([value], "destination", "row")
        for problem in problems:
            column = problem.path.partition(".")[2] or "row"
            faults.append(f"line {number}, {column}: {problem.text}")
        if problems:
            continue
        prefixes = tuple(sorted(checked["prefixes"]))
        for key in (("code", checked["code"]), *(("prefix", p) for p in prefixes)):
            if key in lines:
                faults.append(
                    f"line {number}: the {key[0]} {key[1]} is also on line {lines[key]}"
                )
            lines[key] = number
        item = Destination(checked["code"], checked["name"], checked["kind"], prefixes)
        found.append(DestinationRow(item, country))
    if faults:
        raise TableError(faults)
    return found


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
    text = OTHER.sub(lambda other: f"line {line_numbers[int(other[1])]}", problem.text)
    return f"line {line}{f', {column}' if column else ''}: {text}"
