# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Golden files of mediation: what each shipped format makes of a provider's file.

Beside each file in the addon's tests/golden/mediation lies what it must become, as
JSON. After a wanted change, write them again from the root of the checkout, and
review the diff as code:

    PYTHONPATH=addons/somconnexio_billing python tests/unit/mediation_golden.py
"""

import json
from decimal import Decimal

import pure_addons  # noqa: F401  # before mediation
from mediation.copy_text import CopyText
from mediation_sample import ROOT, all_rejections_allowed, decode, shipped_spec

FOLDER = ROOT / "addons/somconnexio_billing/tests/golden/mediation"
FORMATS = {"MW": "mobile_wholesale", "FIX": "fixed_carrier", "DR": "data_roaming"}
#: Column of the event key in a line of COPY text.
KEY_COLUMN = 11


def golden_inputs():
    """Return the input files, by name."""
    return sorted(path for path in FOLDER.glob("[A-Z]*") if path.suffix != ".json")


def expected_path(path):
    """Return where the expectation of an input file lies."""
    return path.with_name(path.name + ".expected.json")


def outcome(path):
    """Return what a file becomes, as JSON text: one object per row."""
    spec = all_rejections_allowed(shipped_spec(FORMATS[path.name.split("_")[0]]))
    writer = CopyText(1, spec.key_field_names)
    rows = [
        {"row": type(row).__name__, **_values(row), **_key(writer, row)}
        for row in decode(path.read_bytes(), spec)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1, default=_as_json) + "\n"


def _values(row):
    return {name: value for name, value in row._asdict().items() if name != "raw_line"}


def _key(writer, row):
    if type(row).__name__ == "Rejection":
        return {}
    return {"event_key": writer.line(row).split("\t")[KEY_COLUMN]}


def _as_json(value):
    return str(value) if isinstance(value, Decimal) else value.isoformat(" ")


if __name__ == "__main__":
    for path in golden_inputs():
        expected_path(path).write_text(outcome(path), encoding="utf-8")
        print(f"wrote {expected_path(path).name}")
