# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The examples in the docstrings of mediation are true."""

import doctest
import importlib
import pkgutil

import mediation
import pytest

MODULES = sorted(
    module.name for module in pkgutil.walk_packages(mediation.__path__, "mediation.")
)


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples_are_true(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
