# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The shipped formats make of real-looking files what was reviewed once."""

import pytest
from mediation_golden import expected_path, golden_inputs, outcome


@pytest.mark.parametrize("path", golden_inputs(), ids=lambda path: path.name)
def test_golden_file_becomes_what_it_did(path):
    assert outcome(path) == expected_path(path).read_text(encoding="utf-8")
