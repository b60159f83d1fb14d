# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The demo's month, its folders, and what decides whether it must be made anew."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from usage_generator.settings import Settings, parse_month

#: October: the clock goes back on the 25th.
MONTH = "2026-10"
SETTINGS = Settings(
    seed=7,
    subscription_count=500,
    record_count=60_000,
    month_start=parse_month(MONTH),
)
WORKERS = min(os.cpu_count() or 1, 4)
_SOURCES = ("usage_generator", "demo", "bank_simulator")


@dataclass(frozen=True)
class Folders:
    """Where the demo's input and output are."""

    root: Path

    @property
    def input(self):
        """What the generator writes."""
        return self.root / "input"

    @property
    def files(self):
        """The providers' files."""
        return self.input / "files"

    @property
    def output(self):
        """What the bill run writes: summaries and bills."""
        return self.root / "bills"

    @property
    def summary(self):
        """The bill run's summary for programs."""
        return self.output / "summary.json"

    @property
    def bank(self):
        """What goes to the bank and comes from it."""
        return self.root / "bank"

    @property
    def result(self):
        """What the last demo ended with; shown again while nothing changes."""
        return self.root / "result.json"


def fingerprint(addons_state):
    """Return a digest of all that the demo's result depends on.

    :param str addons_state: digest of the addons, as the set-up makes it
    """
    text = f"{SETTINGS} {addons_state} {source_digest(*_SOURCES)}"
    return hashlib.sha256(text.encode()).hexdigest()


def source_digest(*packages):
    """Return a digest of the sources of packages beside this one."""
    digest = hashlib.sha256()
    setup = Path(__file__).parents[1]
    for name in packages:
        for path in sorted((setup / name).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(str(path.relative_to(setup)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
