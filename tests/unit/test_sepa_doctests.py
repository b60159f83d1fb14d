# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The examples in the docstrings of the package that speaks to banks."""

import doctest
from importlib import import_module

import pytest

PACKAGE = "odoo.addons.somconnexio_payments.sepa"
MODULES = ("address", "charset", "rules", "target2")


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name):
    result = doctest.testmod(import_module(f"{PACKAGE}.{name}"))
    assert result.attempted
    assert not result.failed
