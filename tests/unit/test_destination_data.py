# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The destinations of the addon agree with phonenumbers' own example numbers."""

import csv
import doctest
from pathlib import Path

import phonenumbers
import pytest
from destinations import model, number_pattern
from phonenumbers import PhoneNumberType

DATA = Path(__file__).parents[2] / "addons" / "somconnexio_billing" / "data" / "rating"
#: Numbers that no prefix tells from those of the calling code's main country.
SHARED_WITH_MAIN = {"AX", "BL", "CC", "CX", "EH", "IM", "MF", "SJ", "VA"}
SPANISH_NUMBERS = {
    "34612345678": "ES-mobile",
    "34722345678": "ES-mobile",
    "34931234567": "ES-fixed",
    "34821234567": "ES-fixed",
    "34900123456": "ES-free",
    "34800123456": "ES-free",
    "34112": "ES-free",
    "34016": "ES-free",
    "34017": "ES-free",
    "34024": "ES-free",
    "34061": "ES-free",
    "34091": "ES-free",
    "34116000": "ES-free",
    "34902123456": "ES-shared-cost",
    "34803123456": "ES-premium",
    "34905123456": "ES-mass-call",
    "3411811": "ES-directory",
    "3425252": "ES-premium-short",
    "34010": "ES-short",
    "34701234567": "ES-personal",
}


def _rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as csv_file:
        return list(csv.DictReader(csv_file))


@pytest.fixture(scope="module")
def destination_of():
    """Return a function from a number to its destination's code, by longest prefix."""
    codes = {row["id"]: row["code"] for row in _rows("telecom.destination.csv")}
    prefixes = {
        row["prefix"]: codes[row["destination_id/id"]]
        for row in _rows("telecom.destination.prefix.csv")
    }

    def find(number):
        fitting = [prefix for prefix in prefixes if number.startswith(prefix)]
        return prefixes[max(fitting, key=len)] if fitting else None

    return find


def test_doctests_hold():
    for module in (model, number_pattern):
        assert doctest.testmod(module).failed == 0


def test_prefix_occurs_once():
    prefixes = [row["prefix"] for row in _rows("telecom.destination.prefix.csv")]
    assert len(prefixes) == len(set(prefixes))


def test_destination_has_a_prefix_unless_it_is_shared_with_the_main_country():
    used = {row["destination_id/id"] for row in _rows("telecom.destination.prefix.csv")}
    unused = [
        row["code"] for row in _rows("telecom.destination.csv") if row["id"] not in used
    ]
    assert set(unused) <= SHARED_WITH_MAIN


@pytest.mark.parametrize(("number", "code"), SPANISH_NUMBERS.items())
def test_spanish_number_has_its_destination(destination_of, number, code):
    assert destination_of(number) == code


def test_number_of_no_country_has_no_destination(destination_of):
    assert destination_of("99912345678") is None
    assert destination_of("0") is None


def _examples():
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        for kind in (PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE):
            example = phonenumbers.example_number_for_type(region, kind)
            if example and region != "ES":
                leading_zero = "0" if example.italian_leading_zero else ""
                number = (
                    f"{example.country_code}{leading_zero}{example.national_number}"
                )
                yield region, kind == PhoneNumberType.MOBILE, number


def test_example_number_of_each_country_leads_to_it(destination_of):
    codes = {row["code"] for row in _rows("telecom.destination.csv")}
    wrong = []
    for region, is_mobile, number in _examples():
        has_mobile = f"{region}-mobile" in codes
        expected = f"{region}-mobile" if is_mobile and has_mobile else region
        if destination_of(number) != expected and region not in SHARED_WITH_MAIN:
            wrong.append((number, expected, destination_of(number)))
    assert wrong == []


def test_zone_lists_hold_each_country_once():
    countries = [
        country
        for row in _rows("telecom.roaming.zone.csv")
        for country in row["country_ids/id"].split(",")
    ]
    assert len(countries) == len(set(countries))
    assert {"base.fr", "base.ua", "base.uk", "base.us"} <= set(countries)
    assert "base.es" not in countries
