"""The operating system's user that runs the embedded PostgreSQL.

PostgreSQL refuses to run as root. An ordinary user runs it as themselves; for root
it runs as `nobody`, who is on every machine and owns nothing else here.
"""

import os
import pwd
import shutil
from dataclasses import dataclass
from pathlib import Path

from .errors import SetupError

UNPRIVILEGED = "nobody"


@dataclass(frozen=True)
class ServerUser:
    """Who runs the server, and the words to put before its commands."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()


def server_user(*reached: Path) -> ServerUser:
    """The user to run the server as, who must be able to reach these folders."""
    if os.geteuid() != 0:
        return ServerUser(os.getuid(), os.getgid())
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise SetupError(
            "As root, PostgreSQL is started through setpriv, which is missing.",
            "Install util-linux, or run make as an ordinary user.",
        )
    nobody = pwd.getpwnam(UNPRIVILEGED)
    return ServerUser(
        nobody.pw_uid, nobody.pw_gid, tuple(_words(setpriv, nobody, reached))
    )


def _words(setpriv, nobody, reached):
    words = [setpriv, f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}"]
    words += ["--clear-groups"]
    if all(_open_to_all(folder) for folder in reached):
        return [*words, "--inh-caps=-all"]
    # A checkout in /root: let the server pass the closed folders above it, rather
    # than open them to everybody. The securebit keeps that right in access(2), by
    # which PostgreSQL's programs look for each other.
    return [
        *words,
        "--inh-caps=-all,+dac_override",
        "--ambient-caps=-all,+dac_override",
        "--securebits=+no_setuid_fixup",
    ]


def _open_to_all(folder: Path) -> bool:
    """Whether every user may enter this folder and all above it."""
    return all(
        above.stat().st_mode & 0o001
        for above in (folder, *folder.parents)
        if above.exists()
    )
