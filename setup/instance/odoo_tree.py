"""An Odoo source tree: recognise it, read its version, put it on the path.

`odoo` is a namespace package, so a `.pth` file is enough for Odoo, and OCA's wheels
sit beside it in `site-packages/odoo/addons`. They require `odoo==19.0.*`: a small
dist-info tells pip and uv that it is there.
"""

import ast
import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from .errors import SetupError

SERIES = "19.0"
PTH = "odoo-source.pth"
# Where a tree may hold the package and its command, from a folder that is given.
LAYOUTS = (
    (".", "odoo-bin"),  # git checkout and source archive
    (".", "setup/odoo"),  # Odoo's nightly archive
    ("usr/lib/python3/dist-packages", "usr/bin/odoo"),  # a Debian package, extracted
)


@dataclass(frozen=True)
class OdooTree:
    """Where Odoo is, and which."""

    source: str
    folder: str
    library: str
    command: str
    version: str

    def save(self, stamp: Path) -> None:
        stamp.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, stamp: Path) -> "OdooTree | None":
        """The tree of an earlier run, if it is still there."""
        try:
            tree = cls(**json.loads(stamp.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        return tree if Path(tree.command).is_file() else None


def recognise(folder: Path, source: str, version: str = "") -> OdooTree:
    """The Odoo tree in `folder`; a clear refusal when it is none, or another series."""
    for library, command in LAYOUTS:
        release = folder / library / "odoo" / "release.py"
        if release.is_file() and (folder / command).is_file():
            found = read_version(release)
            break
    else:
        raise SetupError(f"{folder} holds no Odoo source tree.")
    if not found.startswith(SERIES):
        raise SetupError(f"{folder} holds Odoo {found}, and {SERIES} is needed.")
    return OdooTree(
        source=source,
        folder=str(folder),
        library=str((folder / library).resolve()),
        command=str(folder / command),
        version=version or found,
    )


def read_version(release: Path) -> str:
    """Odoo's version from its release.py, without importing it."""
    text = release.read_text(encoding="utf-8")
    parts = re.search(r"^version_info\s*=\s*\(([^)]*)\)", text, re.MULTILINE)
    if not parts:
        return "unknown"
    words = [word.strip() for word in parts[1].split(",")]
    numbers = [str(ast.literal_eval(word)) for word in words[:3] if word.isdigit()]
    return ".".join(numbers) or "unknown"


def link(tree: OdooTree, site_packages: Path) -> None:
    """Make `import odoo` work in the virtualenv, and pip see Odoo there."""
    (site_packages / PTH).write_text(tree.library + "\n", encoding="utf-8")
    info = site_packages / f"odoo-{SERIES}.dist-info"
    info.mkdir(exist_ok=True)
    metadata = f"Metadata-Version: 2.1\nName: odoo\nVersion: {SERIES}\n"
    (info / "METADATA").write_text(metadata, encoding="utf-8")
    (info / "INSTALLER").write_text("somconnexio\n", encoding="utf-8")
