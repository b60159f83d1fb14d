"""`make stop` and `make clean`: end what this checkout started, remove what it made."""

import contextlib
import shutil

import psutil

from . import progress
from .paths import Paths
from .postgres import EmbeddedPostgres


def stop(paths: Paths) -> int:
    """Stop Odoo and the embedded PostgreSQL of this checkout, and nothing else."""
    if _stop_odoo(paths):
        progress.say("Odoo stopped.")
    if EmbeddedPostgres(paths).stop():
        progress.say("The embedded PostgreSQL stopped.")
    return 0


def clean(paths: Paths, everything: bool = False) -> int:
    """Remove results and state; the downloaded packages stay unless `everything`."""
    stop(paths)
    EmbeddedPostgres(paths).remove()
    for path in paths.state.iterdir() if paths.state.is_dir() else ():
        if path != paths.cache or everything:
            _remove(path)
    _remove(paths.out)
    if everything:
        _remove(paths.state)
    # Last, for this very program runs out of it.
    _remove(paths.venv)
    left = "" if everything else f"; downloads stay in {paths.cache}"
    print(f"Removed .venv, .instance and out{left}.")
    return 0


def _stop_odoo(paths: Paths) -> bool:
    """Stop the Odoo that `make serve` started, if it is still that process."""
    try:
        pid = int(paths.serving.read_text())
        odoo = psutil.Process(pid)
        ours = str(paths.conf) in odoo.cmdline()
    except (OSError, ValueError, psutil.Error):
        return False
    if ours:
        odoo.terminate()
        with contextlib.suppress(psutil.TimeoutExpired):
            odoo.wait(timeout=20)
    return ours


def _remove(path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
