"""Odoo 19 from Odoo's own project: its source archive, or a git clone."""

import shutil
import tarfile
import urllib.request
from pathlib import Path

from . import process, progress
from .errors import SetupError
from .odoo_tree import SERIES, OdooTree, recognise
from .paths import Paths

PROJECT = "https://github.com/odoo/odoo"
ARCHIVE = f"{PROJECT}/archive/refs/heads/{SERIES}.tar.gz"
# Python 3.11.2, Debian 12's, does not know the filter against hostile paths yet.
SAFELY = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
PATIENCE = 30  # seconds without a byte before a source counts as unreachable


def from_archive(paths: Paths) -> OdooTree:
    """Download and extract the archive of the 19.0 branch."""
    archive = paths.cache / f"odoo-{SERIES}.tar.gz"
    if not archive.exists():
        _download(ARCHIVE, archive)
    shutil.rmtree(paths.odoo, ignore_errors=True)
    with progress.step("Odoo: extract the source archive"):
        _extract(archive, paths.odoo)
    return recognise(paths.odoo, "source archive")


def from_git(paths: Paths) -> OdooTree:
    """Clone the 19.0 branch, its last commit only."""
    if shutil.which("git") is None:
        raise SetupError("git is not installed.")
    shutil.rmtree(paths.odoo, ignore_errors=True)
    log = paths.logs / "git-clone.log"
    command = ["git", "clone", "--depth", "1", "-b", SERIES, PROJECT, paths.odoo]
    try:
        process.run(command, title="Odoo: git clone", log=log)
    except SetupError as error:
        raise SetupError(f"git could not clone {PROJECT}, see {log}.") from error
    return recognise(paths.odoo, "git clone")


def _download(url: str, target: Path) -> None:
    """Download into a part file first, so that half a file is never taken for one."""
    part = target.with_suffix(".part")
    try:
        with progress.step("Odoo: download the source archive") as step:
            with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
                with open(part, "wb") as file:
                    while block := answer.read(1 << 20):
                        file.write(block)
                        step.update(f"{file.tell() >> 20} MB")
    except OSError as error:  # URLError and time-outs are OSErrors
        reason = getattr(error, "reason", error)
        raise SetupError(f"The source archive cannot be reached ({reason}).") from error
    part.rename(target)


def _extract(archive: Path, folder: Path) -> None:
    """Extract without the archive's own top folder."""
    staging = folder.with_name(folder.name + ".part")
    shutil.rmtree(staging, ignore_errors=True)
    try:
        with tarfile.open(archive) as files:
            files.extractall(staging, **SAFELY)
        top = next(staging.iterdir())
    except (OSError, tarfile.TarError, StopIteration) as error:
        archive.unlink()
        raise SetupError(f"The source archive is damaged ({error}).") from error
    top.rename(folder)
    staging.rmdir()
