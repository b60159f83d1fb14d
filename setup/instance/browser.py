"""Chromium for the browser tests: found, or installed where no question is asked."""

import contextlib
import os
import shutil
from pathlib import Path

from . import process, progress
from .errors import SetupError

# The names Odoo's tests look for on the path.
NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
APT = ("apt-get", "-q", "-y", "-o", "Dpkg::Use-Pty=0")
QUIET = {"DEBIAN_FRONTEND": "noninteractive"}


def ensure_browser(logs: Path) -> str:
    """Why browser tests cannot run here, or '' when they can."""
    if _found():
        return ""
    reason = _cannot_install()
    if reason:
        return f"no Chromium on this machine ({reason})"
    try:
        _install(logs)
    except SetupError as error:
        progress.say(str(error), "yellow")
        return f"Chromium could not be installed (see {logs / 'apt-chromium.log'})"
    return "" if _found() else "Chromium was installed and is not on the path"


def _found() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def _cannot_install() -> str:
    if shutil.which("apt-get") is None:
        return "and no apt to install it; install Chromium or Chrome yourself"
    if not process.is_root() and not _sudo_asks_nothing():
        return "install it: sudo apt-get install chromium"
    return ""


def _sudo_asks_nothing() -> bool:
    return shutil.which("sudo") is not None and bool(
        process.output(["sudo", "-n", "id", "-u"])
    )


def _install(logs: Path) -> None:
    before = [] if process.is_root() else ["sudo", "-n"]
    env = {**os.environ, **QUIET}
    # One repository of the machine that does not answer is no reason to give up.
    with contextlib.suppress(SetupError):
        process.run(
            [*before, *APT, "update"],
            title="Chromium: update apt's lists",
            log=logs / "apt-update-system.log",
            env=env,
        )
    process.run(
        [*before, *APT, "install", "--no-install-recommends", "chromium"],
        title="Chromium: install Debian's package",
        log=logs / "apt-chromium.log",
        env=env,
    )
