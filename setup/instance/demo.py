"""`make demo`: a database of a cooperative with everything in it."""

import importlib.util
from pathlib import Path
from types import ModuleType

from . import progress
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
    if not instance.database(DATABASE).exists():
        _make_database(instance)
    steps.main(instance)
    progress.say("\nThe demo is ready. Look at it: make serve", "bold")
    return 0


def run_benchmark(instance: Instance) -> int:
    """`make bench`: let tests/benchmark measure."""
    steps = steps_of("tests.benchmark.run", "tests/benchmark/run.py")
    instance.prepare()
    steps.main(instance)
    return 0


def logins() -> list[tuple[str, str, str]]:
    """Who can log in: what the demo lists as `LOGINS`, or the administrator."""
    if importlib.util.find_spec("demo") is None:
        return [ADMIN]
    steps = steps_of("demo.run", "setup/demo/run.py")
    return list(getattr(steps, "LOGINS", [ADMIN]))


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
    names = [addon.name for addon in instance.addons]
    passing.install(["l10n_es"], LANGUAGES)
    passing.run_script(COMPANY, title="Demo: a Spanish cooperative's chart of accounts")
    if names:
        passing.install(names)
    passing.analyze()
    passing.rename(DATABASE)
