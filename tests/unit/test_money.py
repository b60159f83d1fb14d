# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Amounts that Odoo reads as float are what the database has."""

import doctest
from decimal import Decimal
from types import SimpleNamespace

from hypothesis import given, strategies as st

from odoo.addons.somconnexio_base import money

EURO = SimpleNamespace(decimal_places=2)
YEN = SimpleNamespace(decimal_places=0)


def test_examples_are_true():
    assert doctest.testmod(money).failed == 0


@given(st.integers(-(10**13), 10**13))
def test_stored_amount_comes_back_whatever_the_float(cents):
    stored = Decimal(cents).scaleb(-2)
    assert money.exact(float(stored)) == stored
    assert money.exact_in(float(stored), EURO) == stored
    assert money.exact_amount(float(stored), EURO) in (f"{stored:.2f}", "-0.00")


def test_amount_has_the_digits_of_its_currency():
    assert money.exact_amount(10.0, EURO) == "10.00"
    assert str(money.exact_in(10, EURO)) == "10.00"
    assert money.exact_amount(1234.0, YEN) == "1234"
