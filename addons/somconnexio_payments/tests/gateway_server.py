# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A server with workers of its own on the tests' database, as in production."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager, suppress

import psutil
import psycopg2
import requests

from odoo.sql_db import connection_info_for
from odoo.tests import get_db_name
from odoo.tools import config

WAIT_SECONDS = 120
WAITING = """
    SELECT count(*)
    FROM pg_locks AS lock
    JOIN pg_stat_activity AS activity USING (pid)
    WHERE
        NOT lock.granted
        AND activity.datname = current_database()
        AND activity.backend_type = 'client backend'
"""
TABLES = {
    "message": "LOCK TABLE telecom_payment_gateway_message IN SHARE MODE",
    "entry": "LOCK TABLE account_move IN SHARE MODE",
}


def wait_for(condition, what):
    """Return the first true result of a function, or fail after a while."""
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        if result := condition():
            return result
        time.sleep(0.05)
    raise AssertionError(f"Waited {WAIT_SECONDS} s in vain: {what}")


class GatewayServer:
    """Odoo with some workers; each answers one call at a time.

    Cursors that only read are those of a replica, which cannot write.
    """

    def __init__(self, workers):
        self.port, evented_port = free_port(), free_port()
        self._log = tempfile.TemporaryFile("w+")
        name = get_db_name()
        options = [
            *("-d", name, "--db-filter", f"^{name}$", "--dev", "replica"),
            *("--log-level", "critical", "--log-handler", "werkzeug:INFO"),
            *("--workers", workers, "--max-cron-threads", 0),
            *("--http-interface", "127.0.0.1", "--http-port", self.port),
            *("--gevent-port", evented_port, "--load", "base,rpc,web"),
            f"--addons-path={','.join(config['addons_path'])}",
            f"--data-dir={config['data_dir']}",
            f"--db_host={config['db_host'] or ''}",
            f"--db_port={config['db_port'] or ''}",
            f"--db_user={config['db_user'] or ''}",
        ]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "odoo", "server", *map(str, options)],
            env={**os.environ, "PGPASSWORD": config["db_password"] or ""},
            stdout=self._log,
            stderr=self._log,
        )
        wait_for(self._answers, "an answer of the server")

    def _answers(self):
        if self.process.poll() is not None:
            raise AssertionError("The server ended at its start")
        try:
            return requests.get(self.url("/web/health"), timeout=30).ok
        except requests.ConnectionError:
            return False

    def url(self, path):
        """Return the address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"

    def kill_workers(self):
        """End all workers at once, as a power cut does; others take their place."""
        for worker in psutil.Process(self.process.pid).children():
            with suppress(psutil.NoSuchProcess):  # one that has ended by itself
                worker.kill()

    def stop(self):
        """End the server and its workers."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(WAIT_SECONDS)
        self._log.close()

    def cursors_of(self, words):
        """Return the kinds of cursor that answered the requests with these words.

        :return: set of ``ro``, ``rw`` and ``ro->rw``, as Odoo logs them
        """
        self._log.seek(0)
        lines = [line.split() for line in self._log if "werkzeug" in line]
        return {line[-1] for line in lines if words in " ".join(line)}


@contextmanager
def held_up(place):
    """Let whoever comes to a place wait; give the function that waits for somebody.

    :param str place: ``entry`` while a payment is booked; ``message`` when it is
        committed and not answered yet
    """
    _name, info = connection_info_for(get_db_name())
    with closing(psycopg2.connect(**info)) as connection:
        cursor = connection.cursor()
        cursor.execute(TABLES[place])

        def is_waited_for():
            cursor.execute(WAITING)
            return cursor.fetchone()[0]

        yield lambda: wait_for(is_waited_for, f"a worker that waits at {place}")


def free_port():
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
