"""The instance of this checkout, as one object.

Every command gets one, and so do the steps that live elsewhere:
`setup/demo/run.py` and `tests/benchmark/run.py` each hold `main(instance)`.
"""

import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from . import config, process, progress
from .addons import Addon, discover
from .database import Database
from .odoo_source import ensure_odoo
from .odoo_tree import OdooTree
from .paths import Paths
from .postgres import EmbeddedPostgres
from .server import Server, check_external, external


class Instance:
    """Odoo, PostgreSQL and the addons of one checkout, made when first needed.

    Places       `.root` the checkout, `.out` results, `.logs` log files,
                 `.conf` odoo.conf, `.paths` all others
    Programs     `.python` of the virtualenv, `.odoo_bin` Odoo's command
    Environment  `.environment()` for any program that shall reach this PostgreSQL
    Running      `.run_odoo(["shell", "-d", "x"])`, `.run(["program", "argument"])`:
                 both show progress, log to a file and raise SetupError that names it
    Databases    `.database(name)`: see database.py (install, copy_from, run_script,
                 connect, analyze, drop); `.connect(name)` is a psycopg2 connection
    Addons       `.addons`, those of this repository, in the order of their needs
    Progress     `.progress.step(title)`, `.bar(title, total)`, `.say(text)`,
                 `.table(title, columns, rows)`

    A step raises `instance.errors.SetupError(problem, remedy)` for what a person can
    put right; `make` prints it in a line and ends with a failure.
    """

    progress = progress

    def __init__(self, paths: Paths | None = None):
        self.paths = paths or Paths()
        self.paths.make_folders()
        self.root = self.paths.root
        self.out = self.paths.out
        self.logs = self.paths.logs
        self.python = self.paths.python

    def prepare(self) -> "Instance":
        """Have Odoo, PostgreSQL and odoo.conf ready; quick when they are."""
        self.odoo_bin  # noqa: B018  (fetches Odoo)
        self.conf  # noqa: B018  (starts PostgreSQL)
        return self

    @cached_property
    def odoo(self) -> OdooTree:
        return ensure_odoo(self.paths)

    @property
    def odoo_bin(self) -> Path:
        return Path(self.odoo.command)

    @cached_property
    def server(self) -> Server:
        """The PostgreSQL server, started if it is ours."""
        own = EmbeddedPostgres(self.paths)
        given = external(os.environ, str(own.socket))
        if given is None:
            return own.ensure_running()
        check_external(given)
        progress.say(f"PostgreSQL: {given.host}:{given.port}, as PGHOST says")
        return given

    @property
    def data_dir(self) -> Path:
        """Odoo's files; of each server its own, for both may hold the same names."""
        if self.server.embedded:
            return self.paths.data
        return self.paths.state / f"data-{self.server.digest()}"

    @cached_property
    def conf(self) -> Path:
        """odoo.conf, written anew with a free port and today's server."""
        port = config.free_port()
        sections = config.instance_sections(
            self.paths.addons, self.data_dir, self.server, port
        )
        config.write(self.paths.conf, sections)
        return self.paths.conf

    @cached_property
    def addons(self) -> list[Addon]:
        return discover(self.paths.addons)

    def environment(self, extra: Mapping[str, str] | None = None) -> dict[str, str]:
        """The environment for programs: this PostgreSQL, this odoo.conf."""
        own = {"ODOO_RC": str(self.conf), "PYTHONUNBUFFERED": "1"}
        return self.server.environment() | own | dict(extra or {})

    def database(self, name: str) -> Database:
        return Database(self, name)

    def connect(self, dbname: str):
        """A psycopg2 connection to one of the databases."""
        return self.server.connect(dbname)

    def odoo_command(self, args: Sequence[object]) -> list[str]:
        """Odoo's command line; the subcommand, if any, must be its first word."""
        words = [str(arg) for arg in args]
        first = 1 if words and not words[0].startswith("-") else 0
        conf = ["-c", str(self.conf)]
        command = [str(self.python), str(self.odoo_bin)]
        return [*command, *words[:first], *conf, *words[first:]]

    def run_odoo(self, args, *, log="odoo", title="", stdin=None, env=None) -> None:
        """Run Odoo to its end. `log` is the stem of the log file's name."""
        title = title or f"odoo {' '.join(str(arg) for arg in args)}"
        command = self.odoo_command(args)
        self.run(command, log=log, title=title, stdin=stdin, env=env)

    def run(self, args, *, title, log, stdin=None, env=None) -> None:
        """Run any program to its end, in this instance's environment."""
        process.run(
            args,
            title=title,
            log=self.logs / f"{log}.log",
            env=self.environment(env),
            cwd=self.root,
            stdin=stdin,
        )
