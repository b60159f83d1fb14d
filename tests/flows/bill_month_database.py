# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Databases of their own for tests that run Odoo's commands as processes."""

import os
import shutil
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import psycopg2
from bill_month_files import MONTH
from bill_month_state import BILL_NUMBERS, STATE
from psycopg2 import errors, sql

from odoo.sql_db import close_db, connection_info_for
from odoo.tools import config

WAIT_SECONDS = 150
BLOCKED = """
    SELECT count(*)
    FROM pg_locks AS lock
    JOIN pg_stat_activity AS activity USING (pid)
    WHERE
        NOT lock.granted
        AND lock.database = (SELECT oid FROM pg_database WHERE datname = %s)
        AND activity.backend_type = 'client backend'
"""
END_SESSIONS = """
    SELECT pg_terminate_backend(pid)
    FROM pg_stat_activity
    WHERE
        datname = %s
        AND backend_type = 'client backend'
        AND pid != pg_backend_pid()
"""


def connect(name):
    """Return an autocommitting connection to a database."""
    _name, info = connection_info_for(name)
    connection = psycopg2.connect(**info)
    connection.autocommit = True
    return connection


def wait_for(condition, what):
    """Return the first true result of a function, or fail after a while."""
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        if result := condition():
            return result
        time.sleep(0.1)
    raise AssertionError(f"Waited {WAIT_SECONDS} s in vain: {what}")


class Database:
    """A copy of another database, with its files, and Odoo's commands on it."""

    def __init__(self, name):
        self.name = name

    @property
    def filestore(self):
        return Path(config.filestore(self.name))

    def copy_from(self, origin):
        """Make it anew as a copy of another one; sessions on that one are ended."""
        self.drop()
        close_db(origin.name)
        wait_for(lambda: self._create_from(origin), f"{origin.name} free to be copied")
        if origin.filestore.is_dir():
            shutil.copytree(origin.filestore, self.filestore, copy_function=os.link)
        return self

    def _create_from(self, origin):
        """Copy the database, or end its sessions and return False.

        They may be a job runner's, which comes back by itself, or vacuum's: that one
        gives way to the copy, but another may begin meanwhile.
        """
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(self.name), sql.Identifier(origin.name)
        )
        with closing(connect("postgres")) as connection:
            cursor = connection.cursor()
            try:
                cursor.execute(statement)
            except errors.ObjectInUse:
                cursor.execute(END_SESSIONS, [origin.name])
                return False
        return True

    def drop(self):
        """Drop it and its files; sessions on it are ended."""
        close_db(self.name)
        wait_for(self._try_to_drop, f"{self.name} free to be dropped")
        shutil.rmtree(self.filestore, ignore_errors=True)

    def _try_to_drop(self):
        """Drop the database, or end its sessions and return False.

        ``WITH (FORCE)`` would end vacuum's as well, which is not allowed to all.
        """
        statement = sql.SQL("DROP DATABASE IF EXISTS {}")
        with closing(connect("postgres")) as connection:
            cursor = connection.cursor()
            try:
                cursor.execute(statement.format(sql.Identifier(self.name)))
            except errors.ObjectInUse:
                cursor.execute(END_SESSIONS, [self.name])
                return False
        return True

    def query(self, statement, *params):
        """Return the rows of a query, or [] of a statement without."""
        with closing(connect(self.name)) as connection:
            cursor = connection.cursor()
            cursor.execute(statement, params)
            return cursor.fetchall() if cursor.description else []

    def state(self):
        """Return all that matters to the business, without ids and instants."""
        return {name: self.query(statement) for name, statement in STATE.items()}

    def bill_numbers(self):
        """Return the numbers that the posted bills have of their sequence."""
        return [number for (number,) in self.query(BILL_NUMBERS)]

    @contextmanager
    def blocked(self, table):
        """Let nobody write a table while the block lasts.

        The value given is a function of a process that waits until it is stopped by
        that, and fails if it ends instead.
        """
        with closing(connect(self.name)) as connection:
            connection.autocommit = False
            cursor = connection.cursor()
            cursor.execute(
                sql.SQL("LOCK TABLE {} IN SHARE MODE").format(sql.Identifier(table))
            )
            yield lambda process: wait_for(
                lambda: self._is_blocked(process), f"blocked at {table}"
            )

    def _is_blocked(self, process):
        if process.poll() is not None:
            raise AssertionError(f"Ended too early:\n{process.stdout.read()}")
        return self.query(BLOCKED, self.name)[0][0]

    def start(self, *arguments, **options):
        """Start Odoo with a subcommand and return the process."""
        subcommand, *rest = map(str, arguments)
        return start_odoo(subcommand, "-d", self.name, *rest, **options)


def start_odoo(*arguments, env=(), **options):
    """Start Odoo by this Python, with the configuration of the tests."""
    command, *rest = arguments
    conf = ["-c", config["config"]] if config["config"] else []
    return subprocess.Popen(
        [sys.executable, "-m", "odoo", command, *conf, *rest],
        env={**os.environ, **dict(env)},
        stdout=options.pop("stdout", subprocess.PIPE),
        stderr=subprocess.STDOUT,
        text=True,
        **options,
    )


def finish(process):
    """Wait for a process; return its exit code and what it wrote."""
    try:
        output, _nothing = process.communicate(timeout=WAIT_SECONDS)
    except subprocess.TimeoutExpired:
        kill_with_children(process)
        output, _nothing = process.communicate()
        raise AssertionError(f"Still there after {WAIT_SECONDS} s:\n{output}") from None
    return process.returncode, output


def children_of(process):
    """Return the worker processes of a command."""
    return psutil.Process(process.pid).children()


def kill_with_children(process):
    """End a command and its workers at once, as a power cut does."""
    family = [*children_of(process), psutil.Process(process.pid)]
    for member in family:
        member.kill()


def bill_month(database, *arguments, **options):
    """Start `odoo bill_month` for the month of the files and return the process.

    The month is over or not, as the machine's clock has it.
    """
    words = ("bill_month", "--month", MONTH, "--unfinished", *arguments)
    return database.start(*words, **options)
