"""What `make test` will do: its stages, worked out from the addons that are there."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .addons import Addon, closure

# Whole-system tests need a database with every addon; the benchmark is no test.
NOT_PURE = ("flows", "benchmark")


@dataclass(frozen=True)
class Stage:
    """One pytest run; `chain` is empty when it needs no Odoo."""

    name: str
    folders: tuple[Path, ...]
    chain: tuple[Addon, ...] = ()


def plan(root: Path, addons: Sequence[Addon]) -> list[Stage]:
    """Pure tests, each addon with only what it needs, then the flows over all."""
    stages = [Stage("pure", pure_folders(root / "tests"))]
    flows = root / "tests" / "flows"
    for addon in addons:
        chain = tuple(closure(addon, addons))
        folders = (addon.folder / "tests",)
        stages.append(Stage(addon.name, folders, chain))
    if addons and has_tests(flows):
        if len(stages[-1].chain) == len(addons):
            # The last addon's database holds every addon: one run serves both.
            last = stages.pop()
            stages.append(Stage(last.name, (*last.folders, flows), last.chain))
        else:
            stages.append(Stage("flows", (flows,), tuple(addons)))
    return [stage for stage in stages if any(map(has_tests, stage.folders))]


def pure_folders(tests: Path) -> tuple[Path, ...]:
    """The folders of `tests/` whose tests need no Odoo."""
    if not tests.is_dir():
        return ()
    folders = (path for path in sorted(tests.iterdir()) if path.is_dir())
    return tuple(path for path in folders if path.name not in NOT_PURE)


def has_tests(folder: Path) -> bool:
    return any(folder.rglob("test_*.py"))
