# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Numbers, dates, units and scripts, one value at a time."""

import doctest
from datetime import date, datetime
from decimal import Decimal

import pytest
from bill import call_format, script, theme
from bill.call_format import phone_number, rated_decimals
from bill.document import UsageUnit
from bill.local_format import local_format

GIGABYTE = Decimal(1024**3)


def test_doctests_hold():
    for tested in (call_format, script):
        assert doctest.testmod(tested).failed == 0


@pytest.mark.parametrize(
    ("language", "amount", "expected"),
    [
        ("ca", "1234.5", "1.234,50\xa0€"),
        ("es_ES", "-0.005", "−0,01\xa0€"),
        ("es", "-0.001", "0,00\xa0€"),
        ("en", "-1234567.891", "−€1,234,567.89"),
        ("ca_ES", "0", "0,00\xa0€"),
    ],
)
def test_money_is_rounded_half_up_and_written_locally(language, amount, expected):
    assert local_format(language).money(Decimal(amount)) == expected


def test_currency_without_cents_prints_none():
    assert local_format("es", "JPY").money(Decimal("1234.5")) == "1.235\xa0JPY"


@pytest.mark.parametrize(
    ("unit", "quantity", "expected"),
    [
        (UsageUnit.SECOND, "0", "0\xa0min"),
        (UsageUnit.SECOND, "5400", "90\xa0min"),
        (UsageUnit.SECOND, "5430", "90,5\xa0min"),
        (UsageUnit.BYTE, "0", "0\xa0MB"),
        (UsageUnit.BYTE, "2048", "2\xa0KB"),
        (UsageUnit.BYTE, str(150 * 1024**2), "150\xa0MB"),
        (UsageUnit.BYTE, str(30 * GIGABYTE), "30\xa0GB"),
        (UsageUnit.BYTE, str(GIGABYTE * Decimal("12.43")), "12,43\xa0GB"),
        (UsageUnit.MESSAGE, "1200", "1.200"),
    ],
)
def test_usage_is_written_in_units_people_use(unit, quantity, expected):
    assert local_format("ca").usage(unit, Decimal(quantity)) == expected


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0, "00:00"), (59, "00:59"), (3661, "1:01:01")]
)
def test_call_length_is_written_as_a_clock(seconds, expected):
    write = local_format("ca")
    assert write.itemised(UsageUnit.SECOND, Decimal(seconds)) == expected


def test_period_names_its_last_day_included():
    write = local_format("ca")
    start, end = date(2026, 10, 1), date(2026, 11, 1)
    assert write.period(start, end) == "1–31 d’oct. 2026"
    assert write.short_period(start, date(2026, 10, 2)) == "1 d’oct."


@pytest.mark.parametrize(
    ("language", "expected"),
    [("ca", "04/10"), ("es", "04/10"), ("en_US", "10/04"), ("en_GB", "04/10")],
)
def test_short_day_keeps_the_languages_order(language, expected):
    assert local_format(language).short_day(date(2026, 10, 4)) == expected


def test_clock_shows_seconds():
    assert local_format("ca").clock(datetime(2026, 10, 4, 7, 5, 9)) == "07:05:09"


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        ("34612345678", "612 345 678"),
        ("34016", "016"),
        ("447700900123", "+447700900123"),
        ("internet.apn", "internet.apn"),
        ("", ""),
        ("1234", "1234"),
    ],
)
def test_telephone_number_is_written_as_people_do(digits, expected):
    assert phone_number(digits, "34") == expected


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [([], 4), (["1"], 4), (["0.12345"], 5), (["0.1234567"], 6), (["1E+2"], 4)],
)
def test_prices_show_as_many_decimals_as_they_need(amounts, expected):
    assert rated_decimals([Decimal(amount) for amount in amounts]) == expected


def test_arabic_letters_are_joined_and_drawn_from_the_right():
    # "سلام": final meem first on paper, then the lam-alef ligature, then initial seen.
    assert script.drawn("سلام") == "\ufee1\ufefc\ufeb3"


def test_numbers_inside_right_to_left_text_stay_readable():
    assert script.drawn("דוד 12") == "דוד"[::-1] + " 12"
    assert script.drawn("דוד 12 כהן") == "כהן"[::-1] + " 12 " + "דוד"[::-1]


def test_left_to_right_text_is_untouched():
    assert script.drawn("Maria (2n)") == "Maria (2n)"


def test_light_brand_colour_is_darkened_until_readable():
    yellow = theme.parse_color("#f5e400")
    assert theme.contrast_on_white(yellow) < theme.MIN_CONTRAST
    assert theme.contrast_on_white(theme.readable(yellow)) >= theme.MIN_CONTRAST


@pytest.mark.parametrize("color", ["", "#12345", "#gggggg", "green"])
def test_colour_that_is_none_is_refused(color):
    with pytest.raises(ValueError, match="#rrggbb"):
        theme.parse_color(color)
