# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Bill the same small month again and again, killed each time at another point."""

import json
import os
import subprocess
import sys
from pathlib import Path

from bill_month_files import MONTH

from odoo.tools import config

PROCESS = Path(__file__).parent / "sweep_process.py"


class Sweep:
    """Months of one database, which is made anew from ``world`` for each.

    :param Database world: the members, to be copied
    :param Database database: its copy, with the name that the months are billed in
    :param files: folder of the month's usage files
    """

    def __init__(self, world, database, files):
        self.world = world
        self.database = database
        self.arguments = ["--month", MONTH, "--unfinished", "--workers", "1"]
        self.arguments += ["--files", str(files)]
        self.process = subprocess.Popen(
            [sys.executable, PROCESS, database.name, config["config"] or ""],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            text=True,
        )
        if self.process.stdout.readline().strip() != "ready":
            raise AssertionError("Odoo could not be loaded to bill months")

    def close(self):
        """End the process."""
        self.process.stdin.close()
        self.process.wait()

    def bill(self, **order):
        """Bill the month in the database as it is; return the answer."""
        line = json.dumps({"arguments": self.arguments, **order})
        print(line, file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())

    def count(self):
        """Bill the month from the start, and return what each stage asks for."""
        self.database.copy_from(self.world)
        answer = self.bill()
        assert answer["code"] == 0, answer
        return answer["counts"]

    def bill_killed(self, stage, nth, whole):
        """Bill the month from the start, killed at a point, then again to its end.

        :return: the two answers
        """
        self.database.copy_from(self.world)
        killed = self.bill(stage=stage, nth=nth, whole=whole)
        return killed, self.bill()


def points(total, wanted):
    """Return numbers from 1 to ``total``, spread evenly with both ends among them.

    >>> points(100, 3)
    [1, 50, 100]
    """
    if wanted == 1:
        return [max(1, total * 2 // 3)]
    spread = {1 + (total - 1) * step // (wanted - 1) for step in range(wanted)}
    return sorted(spread)
