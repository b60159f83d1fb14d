# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A process with Odoo loaded that does what it is told, to be killed on the way."""

import json
import os
import subprocess
import sys

from odoo.tools import config


class OrderedProcess:
    """A script that says "ready", then answers each line of JSON by one.

    :param Path script: gets the database's name and Odoo's configuration file
    :param Database database: what it works on
    """

    def __init__(self, script, database):
        self._process = subprocess.Popen(
            [sys.executable, script, database.name, config["config"] or ""],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            text=True,
        )
        if self._process.stdout.readline().strip() != "ready":
            raise AssertionError(f"Odoo could not be loaded by {script}")

    def close(self):
        """End the process."""
        self._process.stdin.close()
        self._process.wait()

    def order(self, **order):
        """Give an order; return the answer to it."""
        print(json.dumps(order), file=self._process.stdin, flush=True)
        return json.loads(self._process.stdout.readline())
