"""The folder of PostgreSQL's socket: in the checkout, or in /tmp if too long.

The kernel takes at most 107 bytes for a socket's path. A checkout deeper than that
gets a folder of its own in the temporary folder, named by the checkout's path, so
that two checkouts never share one.
"""

import hashlib
import tempfile
from pathlib import Path

from .errors import SetupError

LONGEST = 107
PORT = 5432  # no port is opened: it only names the socket file


def socket_folder(postgres: Path) -> Path:
    """Where the socket of the server in `postgres` belongs."""
    folder = postgres / "socket"
    if len(bytes(socket_file(folder))) <= LONGEST:
        return folder
    digest = hashlib.sha256(bytes(postgres)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"somconnexio-{digest}"


def socket_file(folder: Path) -> Path:
    return folder / f".s.PGSQL.{PORT}"


def make(folder: Path, uid: int, gid: int, chown) -> None:
    """Make the folder for its owner alone; refuse one that someone else holds."""
    try:
        folder.mkdir(mode=0o700, parents=True)
        chown(folder, uid, gid)
    except FileExistsError:
        pass
    found = folder.lstat()
    if found.st_uid != uid or not folder.is_dir() or folder.is_symlink():
        raise SetupError(
            f"{folder} belongs to another user.", f"Remove it: sudo rm -r {folder}"
        )
    folder.chmod(0o700)
