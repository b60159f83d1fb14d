"""Get Odoo 19: the sources in their order, until one gives it.

1. `ODOO_HOME`: a tree that is already on the machine.
2. Debian's package `odoo-19`, by the machine's own apt, extracted, not installed.
3. Odoo's source archive, then a git clone of its 19.0 branch.

A source that cannot give it says so in one sentence, and the next is tried.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from . import debian_package, progress, source_archive
from .errors import SetupError
from .odoo_tree import OdooTree, link, recognise
from .paths import Paths

Source = tuple[str, Callable[[Paths], OdooTree]]


def sources(environ: Mapping[str, str]) -> list[Source]:
    """The sources to try, in order."""
    home = environ.get("ODOO_HOME")
    if home:
        # Who names a tree wants that one: another in its place would be a surprise.
        return [("ODOO_HOME", lambda paths: from_home(home))]
    return [
        ("Debian package", debian_package.fetch),
        ("source archive", source_archive.from_archive),
        ("git clone", source_archive.from_git),
    ]


def from_home(home: str) -> OdooTree:
    """The tree that ODOO_HOME names."""
    return recognise(Path(home).expanduser().resolve(), "ODOO_HOME")


def first_that_works(tried: Sequence[Source], paths: Paths) -> OdooTree:
    """The tree of the first source that gives one."""
    failures = []
    for name, fetch in tried:
        try:
            return fetch(paths)
        except SetupError as error:
            failures.append(f"{name}: {error.problem}")
            progress.say(f"  Odoo from {name}: {error.problem}", "yellow")
    raise SetupError(
        "Odoo 19 could not be had. " + " ".join(failures),
        "Give a checkout of Odoo 19.0 by ODOO_HOME=/path/to/odoo.",
    )


def ensure_odoo(paths: Paths) -> OdooTree:
    """The Odoo tree of this checkout, fetched once and linked into the virtualenv."""
    tree = OdooTree.load(paths.stamp)
    wanted = os.environ.get("ODOO_HOME")
    if tree is None or (wanted and not _same(tree.folder, wanted)):
        tree = first_that_works(sources(os.environ), paths)
        tree.save(paths.stamp)
    link(tree, paths.site_packages)
    progress.say(f"Odoo {tree.version}, from {tree.source}: {tree.folder}")
    return tree


def _same(folder: str, home: str) -> bool:
    return Path(folder) == Path(home).expanduser().resolve()
