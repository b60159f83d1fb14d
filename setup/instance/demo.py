"""`make demo`: a database of a cooperative with everything in it."""

import hashlib
import importlib
import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from . import progress, templates
from .addons import Addon
from .database import Database
from .errors import SetupError
from .instance import Instance

DATABASE = "somconnexio_demo"
LANGUAGES = ("ca_ES", "es_ES", "en_US")
COMPANY = Path(__file__).parent / "scripts" / "company.py"
ADMIN = ("admin", "admin", "administrator")


def make_demo(instance: Instance) -> int:
    """Let the demo make its database, or show what it made before."""
    steps = steps_of("demo.run", "setup/demo/run.py")
    instance.prepare()
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


def run_drills(instance: Instance) -> int:
    """`make drill`: let tests/drills plant bugs that the tests must see."""
    sys.path.insert(0, str(instance.root / "tests"))
    steps = steps_of("drills.run", "tests/drills/run.py")
    instance.prepare()
    return steps.main(instance)


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


def make_database(instance: Instance, name: str) -> Database:
    """Make a cooperative's database with all addons; one of this name is replaced.

    Under a passing name until it is whole, so that a break leaves nothing half.
    """
    passing = instance.database(f"{name}_new")
    passing.copy_from(_company(instance))
    passing.install([addon.name for addon in instance.addons])
    passing.analyze()
    instance.database(name).drop()
    return passing.rename(name)


def _company(instance: Instance) -> Database:
    """A Spanish cooperative without our addons; kept, for it seldom changes."""
    text = f"{templates.ground(instance)} {LANGUAGES} {COMPANY.read_text()}"
    digest = hashlib.sha256(text.encode()).hexdigest()
    kept = instance.database("tpl_company")
    if not kept.exists() or kept.note() != digest:
        passing = instance.database("tpl_company_new")
        passing.drop()
        passing.install(["l10n_es"], LANGUAGES)
        passing.run_script(COMPANY, title="Company: chart of accounts of a cooperative")
        kept.drop()
        passing.rename(kept.name).set_note(digest)
    return kept


def addons_state(addons: Sequence[Addon]) -> str:
    """A digest of all addons: what was made with them is outdated when it changes."""
    digest = hashlib.sha256()
    for addon in addons:
        digest.update(f"{addon.name} {addon.fingerprint()}\n".encode())
    return digest.hexdigest()
