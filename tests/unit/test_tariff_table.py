# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Tables of rates and destinations: reading, faults, writing."""

from decimal import Decimal
from io import BytesIO
from unittest.mock import ANY

import openpyxl
import pytest
from spreadsheet import TableError, read_table, write_csv, write_xlsx
from tariff_document.table_rows import (
    DESTINATION_COLUMNS,
    DESTINATION_REQUIRED,
    RATE_COLUMNS,
    RATE_REQUIRED,
    KnownCodes,
    destination_cells,
    destinations_of,
    rate_cells,
    rates_of,
)

KNOWN = KnownCodes(
    usage_types=frozenset({"voice"}),
    destinations=frozenset({"D"}),
    roaming_zones=frozenset(),
    time_bands=frozenset(),
    categories=frozenset({"C"}),
)
HEADER = b"usage_type,unit_price,price_unit,category,destination,price_mode,tiers\n"
ROW = b"voice,0.10,60,C,D,,\n"
TIERED = b"voice,0,60,C,,graduated,600:0.10;:0.05\n"


def rates(content):
    return usable(rates_of(read_table(content, RATE_COLUMNS, RATE_REQUIRED), KNOWN))


def destinations(content):
    rows = read_table(content, DESTINATION_COLUMNS, DESTINATION_REQUIRED)
    return usable(destinations_of(rows))


def usable(found):
    """Return what was found in a table, or raise what is wrong with it."""
    values, problems = found
    if problems:
        raise TableError(problems)
    return values


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_written_rates_read_as_the_same(write):
    found = rates(HEADER + ROW + TIERED)
    assert found[1].tiers[0].up_to == 600
    assert rates(write(RATE_COLUMNS, map(rate_cells, found))) == found


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_written_destinations_read_as_the_same(write):
    found = destinations(b"code,name,kind,prefixes,country\nD,=1+1,mobile,346 347,ES\n")
    cells = write(DESTINATION_COLUMNS, map(destination_cells, found))
    assert destinations(cells) == found


@pytest.mark.parametrize("text", ["=1+1", "+34", "-1", "@A", "\n=1+1"])
def test_text_that_looks_like_a_formula_is_disarmed_in_csv(text):
    content = write_csv(["name"], [[text]])
    assert b"'" + text.encode() in content
    assert read_table(content, ["name"], ["name"]) == [(ANY, {"name": text})]


def test_text_that_looks_like_a_formula_stays_text_in_xlsx():
    book = openpyxl.load_workbook(BytesIO(write_xlsx(["name"], [["=1+1"]])))
    assert book.active["A2"].data_type == "s"


def test_number_of_a_spreadsheet_is_read_as_it_is_shown():
    book = openpyxl.Workbook()
    book.active.append(["usage_type", "unit_price", "price_unit", "category"])
    book.active.append(["voice", 0.1 + 0.2, 60, "C"])
    stream = BytesIO()
    book.save(stream)
    [found] = rates(stream.getvalue())
    assert found.unit_price == Decimal("0.3")


def test_comma_is_the_decimal_sign_where_semicolons_separate():
    content = b"usage_type;unit_price;price_unit;category\nvoice;0,25;60;C\n"
    [found] = rates(content)
    assert found.unit_price == Decimal("0.25")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "line 1: the column usage_type is missing"),
        (HEADER.replace(b"tiers", b"colour"), "line 1: 'colour' is no column"),
        (HEADER + b"voice,x,60,C,,,\n", 'line 2, unit_price: "x" is no number'),
        (HEADER + b"voice,1,60,Q,,,\n", "line 2, category: 'Q' is not in"),
        (HEADER + ROW + ROW, "line 3: overlaps line 2"),
        (HEADER + b'"voice', "line 2: no CSV"),
        (HEADER + b"voice,1,60,C,,,,,9\n", "line 2: more cells than the header"),
        (HEADER + b"\xff", "line 2: no UTF-8"),
        (b"PK\x03\x04 broken", "no workbook that can be read"),
    ],
)
def test_table_that_cannot_be_used_is_told_with_line_and_column(content, said):
    with pytest.raises(TableError) as raised:
        rates(content)
    assert said in str(raised.value)


def test_prefix_of_two_destinations_is_told_with_both_lines():
    with pytest.raises(TableError, match="line 3: the prefix 346 is also on line 2"):
        destinations(b"code,name,kind,prefixes\nA,A,mobile,346\nB,B,mobile,346\n")
