"""Odoo 19 as Debian packs it, with the machine's own apt and without root.

apt is run with a configuration, lists and cache of this checkout, so that nothing on
the system changes, and works where apt was never updated. The mirror is the one in
the machine's own apt sources; only the suite is another. Signatures are checked
against Debian's keyring.
"""

import re
import shutil
from pathlib import Path

from . import process, progress
from .errors import SetupError
from .odoo_tree import OdooTree, recognise
from .paths import Paths

SUITE = "sid"
PACKAGE = "odoo-19"
# Odoo's assets are relative links into these packages' files: without them every
# page answers 500 (jquery.js is missing).
ASSETS = (
    "libjs-jquery",
    "libjs-underscore",
    "libjs-jquery-form",
    "fonts-font-awesome",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-inconsolata",
    "fonts-ocr-b",
    "fonts-glyphicons-halflings",
)
KEYRINGS = tuple(
    Path("/usr/share/keyrings") / f"debian-archive-keyring.{ending}"
    for ending in ("gpg", "pgp")
)


def fetch(paths: Paths) -> OdooTree:
    """Download (or take from the cache) and extract Odoo and its asset packages."""
    cache = paths.cache / "debian"
    archives = cached(cache)
    if not archives:
        archives = _download(cache, paths.logs)
    version = _extract(archives, paths.odoo, paths.logs)
    return recognise(paths.odoo, "Debian package", version)


def cached(cache: Path) -> list[Path]:
    """The archives of an earlier run, if it got all of them."""
    found = [sorted(cache.glob(f"{name}_*.deb")) for name in (PACKAGE, *ASSETS)]
    return [files[-1] for files in found] if all(found) else []


def mirrors(uris: list[str]) -> list[str]:
    """Debian's own archive among the machine's repositories, likeliest first."""
    likely = [
        uri.rstrip("/")
        for uri in dict.fromkeys(uris)
        if re.search(r"/debian(/|$)", uri) and "security" not in uri
    ]
    return sorted(likely, key=lambda uri: not uri.endswith("/debian"))


def machine_repositories() -> list[str]:
    """The repositories in the machine's apt sources, updated before or not."""
    known = process.output(["apt-get", "indextargets", "--format", "$(REPO_URI)"])
    if known.split():
        return known.split()
    planned = process.output(["apt-get", "update", "--print-uris"])
    return re.findall(r"^'(\S+?)/dists/\S+'", planned, re.MULTILINE)


def apt_options(cache: Path) -> list[str]:
    """What keeps apt inside our own folders."""
    return [
        "-o", f"Dir::Etc::sourcelist={cache / 'sources.list'}",
        "-o", "Dir::Etc::sourceparts=-",
        "-o", "Dir::Etc::preferences=-",
        "-o", "Dir::Etc::preferencesparts=-",
        "-o", f"Dir::State::Lists={cache / 'lists'}",
        "-o", f"Dir::Cache={cache}",
        "-o", f"Dir::Cache::archives={cache / 'archives'}",
        "-o", "Acquire::Languages=none",
        "-o", "Acquire::Retries=2",
        "-o", "APT::Sandbox::User=root",  # _apt may not write in our folders
        "-o", "APT::Update::Error-Mode=any",
    ]  # fmt: skip


def _download(cache: Path, logs: Path) -> list[Path]:
    for program in ("apt-get", "dpkg"):
        if shutil.which(program) is None:
            raise SetupError(f"This machine has no {program}.")
    keyring = next((path for path in KEYRINGS if path.exists()), None)
    if keyring is None:
        raise SetupError("Debian's archive keyring is not on this machine.")
    candidates = mirrors(machine_repositories())
    if not candidates:
        raise SetupError("No Debian mirror is named in this machine's apt sources.")
    for candidate in candidates:
        if _update(candidate, keyring, cache, logs):
            break
    else:
        raise SetupError(f"No mirror of this machine's apt answers for {SUITE}.")
    return _get(cache, logs)


def _update(mirror: str, keyring: Path, cache: Path, logs: Path) -> bool:
    """Read the suite's list of packages from this mirror; say whether it came."""
    for folder in ("lists/partial", "archives/partial"):
        (cache / folder).mkdir(parents=True, exist_ok=True)
    line = f"deb [signed-by={keyring}] {mirror} {SUITE} main\n"
    (cache / "sources.list").write_text(line, encoding="utf-8")
    try:
        process.run(
            ["apt-get", *apt_options(cache), "update"],
            title="Odoo: read Debian's list of packages",
            log=logs / "apt-update.log",
        )
    except SetupError:
        return False
    return True


def _get(cache: Path, logs: Path) -> list[Path]:
    names = (PACKAGE, *ASSETS)
    try:
        process.run(
            ["apt-get", *apt_options(cache), "download", *names],
            title=f"Odoo: download {PACKAGE} and its assets (135 MB)",
            log=logs / "apt-download.log",
            cwd=cache,
        )
    except SetupError as error:
        log = logs / "apt-download.log"
        raise SetupError(f"apt could not download {PACKAGE}, see {log}.") from error
    # The lists are 90 MB, of no use once the archives are here.
    shutil.rmtree(cache / "lists")
    return cached(cache)


def _extract(archives: list[Path], folder: Path, logs: Path) -> str:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with progress.step("Odoo: extract the packages") as step:
        for archive in archives:
            step.update(archive.name)
            process.quiet(["dpkg", "-x", archive, folder], log=logs / "dpkg.log")
    return process.output(["dpkg", "-f", archives[0], "Version"]).strip()
