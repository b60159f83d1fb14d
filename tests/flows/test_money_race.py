# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Two who book the same money at once: a bank's app, a debit run, bank files, dunning.

A database of its own, connections of their own, everything committed. Who comes second
may have to begin anew, and nothing else may be seen of the other.
"""

import os
import sys
from pathlib import Path

from bill_month_database import Database, finish

from odoo.tests.common import get_db_name

HERE = Path(__file__).parent
SEED = os.environ.get("MONEY_SEED", "1")


def test_money_booked_by_two_at_once_is_booked_once_and_the_books_add_up(copies):
    database = copies(Database(get_db_name()), "race")
    with open(HERE / "money_race_process.py", encoding="utf-8") as script:
        path = os.pathsep.join([str(HERE), *filter(None, sys.path)])
        shell = database.start(
            "shell",
            "--no-http",
            stdin=script,
            env={"PYTHONPATH": path, "MONEY_SEED": SEED},
        )
        code, output = finish(shell)
    assert code == 0, output
    assert "the books add up" in output, output
