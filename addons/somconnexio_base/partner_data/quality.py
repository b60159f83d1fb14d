# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""How good the data of a partner is, in per cent.

Completeness: the weight of the values that are there, of those its kind should have.
Validity: the values that hold, of those there that can be checked. Score: their
product. The weights are data: ``quality_weights.csv``.

>>> from .checks import read_all
>>> values = {"name": "Maria Soler", "kind": "person", "vat": "40001111V",
...           "email": "maria@example.org", "phone": "123"}
>>> quality = measure(values, read_all(values))
>>> quality.completeness, quality.validity, quality.score, quality.missing
(75, 75, 56, ('street', 'zip', 'city', 'lang'))
"""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

from .kinds import ENTITIES, PERSONS
from .reading import INVALID, VALID

WEIGHTS_PATH = Path(__file__).with_name("quality_weights.csv")
DEFAULT_KIND = PERSONS[0]
KINDS = PERSONS + ENTITIES


class Quality(NamedTuple):
    """Three percentages, and the names of what is missing or doesn't hold."""

    completeness: int
    validity: int
    score: int
    missing: tuple
    wrong: tuple


@cache
def load_weights():
    """Return ``{kind: {name of value: weight}}``."""
    with WEIGHTS_PATH.open(encoding="utf-8", newline="") as csv_file:
        rows = list(csv.DictReader(csv_file))
    return {kind: {r["value"]: int(r[kind]) for r in rows} for kind in KINDS}


def measure(values, readings):
    """Return the Quality of a partner.

    :param dict values: as ``checks.read_all`` takes them, with ``lang`` and ``kind``
    :param dict readings: what ``checks.read_all`` returned
    """
    weights = load_weights()[values.get("kind") or DEFAULT_KIND]
    missing = tuple(name for name in weights if weights[name] and not values.get(name))
    total = sum(weights.values())
    completeness = _percent(total - sum(weights[name] for name in missing), total)
    checked = [r for r in readings.values() if r.state in (VALID, INVALID)]
    wrong = tuple(name for name, r in readings.items() if r.state == INVALID)
    validity = _percent(len(checked) - len(wrong), len(checked))
    return Quality(
        completeness, validity, _percent(completeness * validity, 10000), missing, wrong
    )


def _percent(part, whole):
    """Return a share as whole per cents, 100 of nothing, rounded half up."""
    return (200 * part + whole) // (2 * whole) if whole else 100
