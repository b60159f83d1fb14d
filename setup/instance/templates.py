"""Databases kept as templates, so that a test run copies instead of installing.

A template is named by the digest of all that went into it: Odoo, the requirements,
and the addons up to and including its own. When an addon changes, its template and
those built on it are made anew, and nothing else.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from . import progress
from .addons import Addon, outside
from .database import Database
from .instance import Instance

PREFIX = "tpl_"
# The chart of accounts of Spain: every database of the suite stands on it.
LOCALISATION = "l10n_es"


@dataclass(frozen=True)
class Layer:
    """One template: the modules it adds to the one below it."""

    name: str
    modules: tuple[str, ...]


def layers(chain: Sequence[Addon], ground: str) -> list[Layer]:
    """The templates that lead to the last addon of `chain`, the lowest first."""
    modules = tuple(sorted({LOCALISATION, *outside(chain[:1])}))
    digest = _digest(ground, *modules)
    found = [Layer(f"{PREFIX}odoo_{digest}", modules)]
    for addon in chain:
        modules = (addon.name, *addon.test_modules())
        digest = _digest(digest, *modules, addon.fingerprint())
        found.append(Layer(f"{PREFIX}{addon.name}_{digest}", modules))
    return found


def ground(instance: Instance) -> str:
    """What every template stands on: this Odoo and these requirements."""
    requirements = (instance.root / "requirements.txt").read_text(encoding="utf-8")
    return _digest(instance.odoo.version, instance.odoo.library, requirements)


def ensure(instance: Instance, wanted: Sequence[Layer]) -> Database:
    """Build the layers that are missing; the topmost is returned."""
    below = None
    for layer in wanted:
        template = instance.database(layer.name)
        if not template.exists():
            _build(instance, layer, below)
        below = template
    return below


def drop_others(instance: Instance, kept: Sequence[Layer]) -> None:
    """Drop the templates that no present addon leads to."""
    names = {layer.name for layer in kept}
    connection = instance.connect("postgres")
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                r"SELECT datname FROM pg_database WHERE datname ~ '^tpl_.*_[0-9a-f]{8}'"
            )
            found = [name for (name,) in cursor.fetchall()]
    finally:
        connection.close()
    for name in found:
        if name not in names:
            instance.database(name).drop()
            progress.say(f"  dropped the outdated template {name}")


def _build(instance: Instance, layer: Layer, below: Database | None) -> None:
    """Under a passing name until it is whole: an interrupted one is not mistaken."""
    passing = instance.database(f"{layer.name}_new")
    passing.drop()
    if below is not None:
        passing.copy_from(below)
    passing.install(layer.modules)
    passing.analyze()
    passing.rename(layer.name)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:8]
