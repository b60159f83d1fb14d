"""`make demo`: a database of a cooperative with everything in it."""

import hashlib
import importlib
import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from . import progress
from .addons import Addon
from .database import Database
from .errors import SetupError
from .instance import Instance

DATABASE = "somconnexio_demo"
LANGUAGES = ("ca_ES", "es_ES", "en_US")
COMPANY = Path(__file__).parent / "scripts" / "company.py"
ADMIN = ("admin", "admin", "administrator")


def make_demo(instance: Instance) -> int:
    """Make the demo database if it is not there, then let the demo fill it."""
    steps = steps_of("demo.run", "setup/demo/run.py")
    instance.prepare()
    database = instance.database(DATABASE)
    if database.exists():
        _install_addons(database)
    else:
        _make_database(instance)
    steps.main(instance)
    progress.say("\nThe demo is ready. Look at it: make serve", "bold")
    return 0


def run_benchmark(instance: Instance) -> int:
    """`make bench`: let tests/benchmark measure."""
    # By its own name: some wheels ship a package called tests.
    sys.path.insert(0, str(instance.root / "tests"))
    steps = steps_of("benchmark.run", "tests/benchmark/run.py")
    instance.prepare()
    steps.main(instance)
    return 0


def logins() -> list[tuple[str, str, str]]:
    """Login, password and role of those in the demo's `LOGINS`, or of the admin."""
    try:
        steps = steps_of("demo.run", "setup/demo/run.py")
    except SetupError:
        return [ADMIN]
    return [tuple(row)[:3] for row in getattr(steps, "LOGINS", [ADMIN])]


def steps_of(module: str, path: str) -> ModuleType:
    """Import a module that holds `main(instance)`."""
    try:
        found = importlib.util.find_spec(module)
    except ModuleNotFoundError:
        found = None
    if found is None:
        raise SetupError(f"There is no {path} in this checkout yet.")
    return importlib.import_module(module)


def _make_database(instance: Instance) -> None:
    """Under a passing name until it is whole, so that a break leaves nothing half."""
    passing = instance.database(f"{DATABASE}_new")
    passing.drop()
    passing.install(["l10n_es"], LANGUAGES)
    passing.run_script(COMPANY, title="Demo: a Spanish cooperative's chart of accounts")
    _install_addons(passing)
    passing.rename(DATABASE)


def _install_addons(database: Database) -> None:
    """Install the addons that are new and update those that changed."""
    addons = database.instance.addons
    state = addons_state(addons)
    if addons and database.note() != state:
        database.install([addon.name for addon in addons], update=True)
        database.analyze()
    database.set_note(state)


def addons_state(addons: Sequence[Addon]) -> str:
    """A digest of all addons, kept with the database to see whether they changed."""
    digest = hashlib.sha256()
    for addon in addons:
        digest.update(f"{addon.name} {addon.fingerprint()}\n".encode())
    return digest.hexdigest()
