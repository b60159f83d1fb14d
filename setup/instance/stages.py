"""What `make test` will do: its stages, worked out from the addons that are there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .addons import Addon, closure

# Whole-system tests need a database with every addon; the benchmark is no test.
NOT_PURE = ("flows", "benchmark", "drills")


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


def select(stages: list[Stage], pattern: str) -> tuple[list[Stage], str]:
    """The stages worth running for pytest's `-k` pattern, and what is left of it.

    The name of a stage is that stage as a whole. Otherwise a stage is left out when
    no word of the pattern is in the name of a test of its: loading Odoo to find that
    nothing matches takes half a minute.
    """
    named = [stage for stage in stages if stage.name == pattern]
    if named or not pattern:
        return named or stages, ""
    words = set(re.findall(r"\w+", pattern.lower())) - {"and", "or"}
    if "not" in words:
        return stages, pattern
    return [stage for stage in stages if _names_one(stage, words)], pattern


def _names_one(stage: Stage, words: set[str]) -> bool:
    """Whether a test file, class or function of the stage has one of these words."""
    for folder in stage.folders:
        for file in folder.rglob("test_*.py"):
            names = re.findall(r"(?:class|def) (\w*test\w*)", file.read_text(), re.I)
            text = " ".join([file.name, *names]).lower()
            if any(word in text for word in words):
                return True
    return False


def pure_folders(tests: Path) -> tuple[Path, ...]:
    """The folders of `tests/` whose tests need no Odoo."""
    if not tests.is_dir():
        return ()
    folders = (path for path in sorted(tests.iterdir()) if path.is_dir())
    return tuple(path for path in folders if path.name not in NOT_PURE)


def has_tests(folder: Path) -> bool:
    return any(folder.rglob("test_*.py"))
