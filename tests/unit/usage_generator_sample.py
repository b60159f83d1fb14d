# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""One small generated month that the tests of the generator share."""

import csv
import gzip
import json
import tempfile
from datetime import date
from functools import cache
from pathlib import Path

from usage_generator.generate import generate
from usage_generator.settings import Settings

MONTH = date(2026, 10, 1)
SETTINGS = Settings(11, 160, 12_000, MONTH)
_KEPT = []


@cache
def sample_folder():
    """Generate the sample once per test run; return its folder."""
    holder = tempfile.TemporaryDirectory(prefix="usage_generator_")
    _KEPT.append(holder)
    folder = Path(holder.name)
    generate(SETTINGS, folder)
    return folder


@cache
def sample_world():
    """Return ``world.json`` of the sample as data."""
    return json.loads((sample_folder() / "world.json").read_text(encoding="utf-8"))


@cache
def sample_summary():
    """Return ``truth_summary.json`` of the sample as data."""
    text = (sample_folder() / "truth_summary.json").read_text(encoding="utf-8")
    return json.loads(text)


@cache
def sample_truth():
    """Return the rows of ``truth.csv.gz`` as dictionaries."""
    path = sample_folder() / "truth.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as truth:
        return tuple(csv.DictReader(truth))


def sample_files(pattern):
    """Return the paths of the sample's usage files that match, by name."""
    return sorted((sample_folder() / "files").glob(pattern))
