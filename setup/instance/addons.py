"""The addons of this repository: found, read, put in the order of their needs."""

import ast
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .errors import SetupError

# What cannot change an installed database is left out of an addon's fingerprint.
IGNORED = {"tests", "__pycache__", "README.md", "README.rst"}


@dataclass(frozen=True)
class Addon:
    """One addon of this repository."""

    name: str
    folder: Path
    depends: tuple[str, ...]

    def fingerprint(self) -> str:
        """A digest of all that an installation of it depends on."""
        digest = hashlib.sha256()
        for file in sorted(self.folder.rglob("*")):
            inner = file.relative_to(self.folder)
            if file.is_file() and not IGNORED.intersection(inner.parts):
                digest.update(bytes(inner) + b"\0" + file.read_bytes() + b"\0")
        return digest.hexdigest()

    def test_modules(self) -> tuple[str, ...]:
        """Modules that its tests use and the addon can do without.

        They are the lines of `tests/needed_modules.txt`; `#` begins a remark.
        """
        file = self.folder / "tests" / "needed_modules.txt"
        if not file.exists():
            return ()
        lines = file.read_text(encoding="utf-8").splitlines()
        words = (line.partition("#")[0].strip() for line in lines)
        return tuple(word for word in words if word)


def discover(folder: Path) -> list[Addon]:
    """Every installable addon in `folder`, those needed by others first."""
    found = {}
    for manifest in sorted(folder.glob("*/__manifest__.py")):
        values = _read(manifest)
        if values.get("installable", True):
            name = manifest.parent.name
            depends = tuple(values.get("depends", ()))
            found[name] = Addon(name, manifest.parent, depends)
    return _in_order(found)


def closure(addon: Addon, known: Iterable[Addon]) -> list[Addon]:
    """The addon after all those of this repository that it needs."""
    by_name = {one.name: one for one in known}
    needed: dict[str, Addon] = {}
    _visit(addon, by_name, needed, ())
    return list(needed.values())


def outside(needed: Iterable[Addon]) -> list[str]:
    """The modules of others (Odoo, OCA) that these addons name."""
    needed = list(needed)
    own = {addon.name for addon in needed}
    named = {name for addon in needed for name in addon.depends}
    return sorted(named - own)


def _read(manifest: Path) -> dict:
    try:
        return ast.literal_eval(manifest.read_text(encoding="utf-8"))
    except (SyntaxError, ValueError) as error:
        raise SetupError(f"{manifest} is no Odoo manifest: {error}.") from error


def _in_order(found: dict[str, Addon]) -> list[Addon]:
    ordered: dict[str, Addon] = {}
    for addon in found.values():
        _visit(addon, found, ordered, ())
    return list(ordered.values())


def _visit(addon, by_name, ordered, path) -> None:
    if addon.name in ordered:
        return
    if addon.name in path:
        circle = " → ".join((*path, addon.name))
        raise SetupError(f"The addons need each other in a circle: {circle}.")
    for name in addon.depends:
        if name in by_name:
            _visit(by_name[name], by_name, ordered, (*path, addon.name))
    ordered[addon.name] = addon
