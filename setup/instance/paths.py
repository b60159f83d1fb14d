"""Where everything of one checkout lives.

All state is in three folders that git ignores: `.venv`, `.instance` and `out`.
Nothing outside the checkout is written, but for the socket of PostgreSQL when the
path of the checkout is too long for one (see `socket_folder.py`).
"""

import sys
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Paths:
    """Every path of a checkout, derived from its root."""

    root: Path = CHECKOUT

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"

    @property
    def site_packages(self) -> Path:
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        return self.venv / "lib" / version / "site-packages"

    @property
    def addons(self) -> Path:
        return self.root / "addons"

    @property
    def out(self) -> Path:
        return self.root / "out"

    @property
    def state(self) -> Path:
        return self.root / ".instance"

    @property
    def cache(self) -> Path:
        return self.state / "cache"

    @property
    def logs(self) -> Path:
        return self.state / "logs"

    @property
    def data(self) -> Path:
        return self.state / "data"

    @property
    def odoo(self) -> Path:
        return self.state / "odoo"

    @property
    def postgres(self) -> Path:
        return self.state / "postgres"

    @property
    def conf(self) -> Path:
        return self.state / "odoo.conf"

    @property
    def stamp(self) -> Path:
        return self.state / "odoo-version.json"

    @property
    def serving(self) -> Path:
        return self.state / "serve.pid"

    def make_folders(self) -> None:
        """Make the folders that every command needs."""
        for folder in (self.cache, self.logs, self.data, self.out):
            folder.mkdir(parents=True, exist_ok=True)
