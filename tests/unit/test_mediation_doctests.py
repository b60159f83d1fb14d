# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The examples in the docstrings of the pure readers are true."""

import doctest
import importlib
import pkgutil

import mediation
import pytest

from odoo.addons.somconnexio_base import file_reading, takeover
from odoo.addons.somconnexio_payments import bank_files

MODULES = sorted(
    module.name
    for package in (mediation, file_reading, takeover, bank_files)
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
)


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples_are_true(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
