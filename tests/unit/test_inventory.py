# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Ranges and sheets of numbers."""

import pytest
from inventory import number_range, sim_sheet
from inventory.number_range import RangeError


def test_range_holds_both_of_its_ends_and_keeps_zeros():
    assert number_range.expand("0098", "0101", 9) == ["0098", "0099", "0100", "0101"]
    assert number_range.expand("7", "7", 1) == ["7"]


@pytest.mark.parametrize(
    ("ends", "code"),
    [
        (("99", "100"), "different_length"),
        (("11", "10"), "reversed"),
        (("10", "13"), "too_many"),
    ],
)
def test_range_that_cannot_be_meant_is_refused(ends, code):
    with pytest.raises(RangeError) as raised:
        number_range.expand(*ends, 3)
    assert raised.value.code == code


@pytest.mark.parametrize(
    ("column", "text", "fault"),
    [
        ("pin", "0042", None),
        ("pin2", "12345678", None),
        ("pin", "42", "pin_digits"),
        ("pin", "12a4", "pin_digits"),
        ("pin", "123456789", "pin_digits"),
        ("puk", "00000001", None),
        ("puk2", "1234567", "puk_digits"),
        ("puk", "", None),
        ("puk", None, None),
    ],
)
def test_codes_have_as_many_digits_as_the_card_takes(column, text, fault):
    assert sim_sheet.code_fault(column, text) == fault


def test_column_of_the_values_is_the_one_that_is_used():
    assert sim_sheet.value_column([(2, {"iccid": "1", "pin": "2"})]) == "iccid"
    assert sim_sheet.value_column([(2, {"pin": "2"})]) is None
    assert sim_sheet.value_column([(2, {"iccid": "1"}), (3, {"value": "2"})]) is None
