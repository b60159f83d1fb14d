"""One Odoo database: make it, copy it, install modules in it, drop it.

A copy takes its files (Odoo's filestore) along as hard links: they are never
changed in place, so a copy costs no space and no time.
"""

import os
import shutil
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from psycopg2 import sql

from . import progress

if TYPE_CHECKING:
    from .instance import Instance

#: Not vacuum's: to end those takes more rights, and they give way to a drop.
END_SESSIONS = """
    SELECT pg_terminate_backend(pid)
    FROM pg_stat_activity
    WHERE
        datname = %s
        AND usename = current_user
        AND backend_type = 'client backend'
        AND pid != pg_backend_pid()
"""


class Database:
    """A database of the instance, by its name; it need not exist yet."""

    def __init__(self, instance: "Instance", name: str):
        self.instance = instance
        self.name = name

    @property
    def filestore(self) -> Path:
        return self.instance.data_dir / "filestore" / self.name

    def exists(self) -> bool:
        """Whether the server has it."""
        with self._admin() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.name])
            return bool(cursor.fetchone())

    def drop(self) -> None:
        """Drop it and its files, ending whatever of ours is connected to it."""
        with self._admin() as cursor:
            cursor.execute(END_SESSIONS, [self.name])
            command = sql.SQL("DROP DATABASE IF EXISTS {}")
            cursor.execute(command.format(sql.Identifier(self.name)))
        shutil.rmtree(self.filestore, ignore_errors=True)

    def copy_from(self, origin: "Database | str") -> "Database":
        """Make it anew as a copy of another database, which nobody may be using."""
        if isinstance(origin, str):
            origin = Database(self.instance, origin)
        self.drop()
        with self._admin() as cursor:
            command = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            names = sql.Identifier(self.name), sql.Identifier(origin.name)
            cursor.execute(command.format(*names))
        if origin.filestore.is_dir():
            shutil.copytree(origin.filestore, self.filestore, copy_function=os.link)
        return self

    def rename(self, name: str) -> "Database":
        """Give it (and its files) another name."""
        renamed = Database(self.instance, name)
        with self._admin() as cursor:
            command = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            names = sql.Identifier(self.name), sql.Identifier(name)
            cursor.execute(command.format(*names))
        # Files of a database of that name that was dropped elsewhere.
        shutil.rmtree(renamed.filestore, ignore_errors=True)
        if self.filestore.is_dir():
            self.filestore.rename(renamed.filestore)
        return renamed

    def install(
        self,
        modules: Sequence[str],
        languages: Sequence[str] = (),
        update: bool = False,
    ) -> None:
        """Install modules (and load languages); makes the database if need be.

        With `update`, those that are installed already are updated.
        """
        args = ["-d", self.name, "-i", ",".join(modules), "--stop-after-init"]
        if update:
            args += ["-u", ",".join(modules)]
        if languages:
            args += ["--load-language", ",".join(languages)]
        self.instance.run_odoo(
            [*args, "--no-http"],
            log=f"install-{self.name}",
            title=f"{self.name}: install {_shortened(modules)}",
        )

    def run_script(self, script: Path, *, title: str = "", env=None) -> None:
        """Run a Python file in `odoo shell` on it (`env` is there; commit yourself).

        An exception in the script fails the call, with its traceback in the log.
        """
        self.instance.run_odoo(
            ["shell", "-d", self.name, "--no-http"],
            log=f"script-{script.stem}",
            title=title or f"{self.name}: run {script.name}",
            stdin=script,
            env=env,
        )

    def connect(self):
        """A psycopg2 connection to it."""
        return self.instance.connect(self.name)

    def analyze(self) -> None:
        """Let PostgreSQL count: on a database just loaded, plans are bad until then."""
        connection = self.connect()
        connection.autocommit = True
        try:
            with progress.step(f"{self.name}: analyze"):
                connection.cursor().execute("ANALYZE")
        finally:
            connection.close()

    def note(self) -> str:
        """What `set_note` left; '' when nothing."""
        with self._admin() as cursor:
            cursor.execute(
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
                " WHERE datname = %s",
                [self.name],
            )
            return (cursor.fetchone() or [""])[0] or ""

    def set_note(self, text: str) -> None:
        """Keep a note with the database, as its comment on the server."""
        with self._admin() as cursor:
            command = sql.SQL("COMMENT ON DATABASE {} IS {}")
            names = sql.Identifier(self.name), sql.Literal(text)
            cursor.execute(command.format(*names))

    @contextmanager
    def _admin(self):
        connection = self.instance.connect("postgres")
        connection.autocommit = True
        try:
            yield connection.cursor()
        finally:
            connection.close()


def _shortened(modules: Sequence[str], shown: int = 4) -> str:
    names = ", ".join(modules[:shown])
    return (
        names if len(modules) <= shown else f"{names} and {len(modules) - shown} more"
    )
