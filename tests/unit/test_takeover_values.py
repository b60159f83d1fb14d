# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Cells of another system's export -> canonical values."""

import pytest

from odoo.addons.somconnexio_base.takeover import values
from odoo.addons.somconnexio_base.takeover.errors import ValueFault

SPANISH = values.Manner("%d/%m/%Y", ",", "ES")
SHEET = values.Manner("%d/%m/%Y", ",", "ES", has_iso_dates=True)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", "  Núria   Puig ", "Núria Puig"),
        ("note", " two\nlines ", "two\nlines"),
        ("date", "03/10/2026", "2026-10-03"),
        ("date", "3/10/2026", "2026-10-03"),
        ("decimal", "1.234,50", "1234.5"),
        ("decimal", "-0,00", "0"),
        ("decimal", "12", "12"),
        ("integer", "007", "7"),
        ("integer", "3,0", "3"),
        ("flag", "Sí", True),
        ("flag", "N", False),
        ("email", " Maria@Example.org ", "maria@example.org"),
        ("email", "a@b.cat; c@d.cat", "a@b.cat, c@d.cat"),
        ("phone", "612 34 56 78", "+34612345678"),
        ("phone", "+33 6 12 34 56 78", "+33612345678"),
        ("tax_id", "12.345.678-Z", "ES12345678Z"),
        ("tax_id", "ESX1234567L", "ESX1234567L"),
        ("iban", "ES91 2100 0418 4502 0005 1332", "ES9121000418450200051332"),
        ("country", "es", "ES"),
        ("key", " K/1 ", "K/1"),
    ],
)
def test_value_is_read(kind, text, value):
    assert values.READERS[kind](text, SPANISH) == value


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("text", "a\x00b", "bad_text"),
        ("text", "x" * 513, "too_long"),
        ("note", "x" * 20_001, "too_long"),
        ("date", "31/02/2026", "bad_date"),
        ("date", "2026-10-03", "bad_date"),
        ("date", "03/10/0026", "bad_date"),
        ("decimal", "12.5", "bad_number"),
        ("decimal", "1,2,3", "bad_number"),
        ("decimal", "NaN", "bad_number"),
        ("decimal", "9" * 16, "bad_number"),
        ("integer", "1,5", "bad_number"),
        ("flag", "perhaps", "bad_choice"),
        ("email", "maria(at)example", "bad_email"),
        ("phone", "123", "bad_phone"),
        ("tax_id", "12345678A", "bad_tax_id"),
        ("iban", "ES0021000418450200051332", "bad_iban"),
        ("country", "Spain", "bad_choice"),
        ("key", "x" * 129, "too_long"),
    ],
)
def test_value_that_cannot_be_read_says_why(kind, text, code):
    with pytest.raises(ValueFault) as fault:
        values.READERS[kind](text, SPANISH)
    assert fault.value.code == code


def test_date_of_a_sheet_comes_as_iso_or_as_the_source_writes_it():
    assert values.read_date("2026-10-03", SHEET) == "2026-10-03"
    assert values.read_date("2026-10-03T08:30:00", SHEET) == "2026-10-03"
    assert values.read_date("03/10/2026", SHEET) == "2026-10-03"


def test_decimal_point_and_grouping_follow_the_source():
    english = values.Manner(point=".")
    assert values.read_decimal("1,234.50", english) == "1234.5"
