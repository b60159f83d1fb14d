# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Copies of source and database in which bugs are planted."""

import os
import re
import shutil
import subprocess
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from psycopg2 import sql

COPY_NAME = "drill_copy"
LEFT_OUT = shutil.ignore_patterns("__pycache__", "static")
#: Enough generated events to see a bug; a case isn't made small for anybody.
SMALL_RUN = {"RATING_EVENTS": "2000", "RATING_SHOWN_CASES": "0"}


def copy_source(root, folder):
    """Copy what the tests of the addons need."""
    shutil.copytree(root / "addons", folder / "addons", ignore=LEFT_OUT)
    shutil.copy(root / "pyproject.toml", folder)


@dataclass(frozen=True)
class Place:
    """Where drills are held.

    :ivar Path root: of the source
    :ivar Path folder: for the copy of the source; emptied each time
    :ivar str template: database with somconnexio_billing installed
    :ivar Path conf: of an Odoo for it
    :ivar str python: with Odoo and pytest
    :ivar dict environment: of its programs, with the way to PostgreSQL
    """

    root: Path
    folder: Path
    template: str
    conf: Path
    python: str
    environment: dict

    @contextmanager
    def copies(self):
        """Have a fresh copy of source and database as long as the block lasts."""
        shutil.rmtree(self.folder, ignore_errors=True)
        copy_source(self.root, self.folder)
        self._write_conf()
        self._drop_database()
        name, template = map(sql.Identifier, (COPY_NAME, self.template))
        self._administer(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(name, template)
        )
        try:
            yield self.folder
        finally:
            self._drop_database()
            shutil.rmtree(self.folder, ignore_errors=True)

    def harm(self, statements):
        """Run statements in the copied database."""
        with closing(self._connect(COPY_NAME)) as connection, connection:
            with connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)

    def run_tests(self, tests):
        """Run tests in the copies and return pytest's exit code and output."""
        folder = self.folder / "addons/somconnexio_billing/tests"
        command = [
            self.python, "-m", "pytest", "-p", "pytest_odoo", "-q", "-x", "--tb=line",
            f"--odoo-database={COPY_NAME}",
            f"--odoo-config={self.folder / 'odoo.conf'}",
            f"--odoo-extra=db-filter=^{COPY_NAME}$",
            "--odoo-http",
            *(str(folder / test) for test in tests),
        ]  # fmt: skip
        done = subprocess.run(
            command,
            cwd=self.folder,
            env={**os.environ, **self.environment, **SMALL_RUN},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def _write_conf(self):
        values = {
            "addons_path": self.folder / "addons",
            "data_dir": self.folder / "data",
        }
        text = self.conf.read_text(encoding="utf-8")
        for name, value in values.items():
            text = re.sub(rf"^{name}.*$", f"{name} = {value}", text, flags=re.MULTILINE)
        (self.folder / "odoo.conf").write_text(text, encoding="utf-8")

    def _drop_database(self):
        name = sql.Identifier(COPY_NAME)
        self._administer(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name)
        )

    def _administer(self, statement):
        with closing(self._connect("postgres")) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)

    def _connect(self, database):
        known = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER"}
        environment = {**os.environ, **self.environment}
        found = {
            name: environment[variable]
            for name, variable in known.items()
            if variable in environment
        }
        return psycopg2.connect(dbname=database, **found)
