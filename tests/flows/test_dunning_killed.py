# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The night's dunning killed in the middle: nobody is told twice, nobody forgotten."""

import signal
from pathlib import Path

import pytest
from bill_month_database import Database, finish

from odoo.tests.common import get_db_name

HERE = Path(__file__).parent
PAYERS = 7
RUNS = "SELECT state FROM telecom_dunning_run WHERE is_automatic"
LINES = "SELECT state, count(*) FROM telecom_dunning_run_line GROUP BY 1 ORDER BY 1"
STEPS = """
    SELECT event.case_id, count(*), count(DISTINCT event.notice_id)
    FROM telecom_dunning_event AS event
    WHERE event.kind = 'step'
    GROUP BY event.case_id
"""
NOTICES = """
    SELECT notice.partner_id, count(*)
    FROM telecom_notice AS notice
    INNER JOIN telecom_notice_kind AS kind ON kind.id = notice.kind_id
    WHERE kind.code = 'dunning_reminder'
    GROUP BY notice.partner_id
"""


def shell(database, script, **env):
    """Run a script of this folder in `odoo shell`; return exit code and output."""
    with open(HERE / script, encoding="utf-8") as source:
        return finish(database.start("shell", "--no-http", stdin=source, env=env))


@pytest.fixture
def late_payers(copies):
    """Give a database with seven payers who are ten days late."""
    database = copies(Database(get_db_name()), "dunned")
    code, output = shell(database, "dunning_world.py")
    assert code == 0, output
    return database


def steps_and_notices(database):
    """Return how many steps were taken, each once and each with its notice."""
    steps, notices = database.query(STEPS), database.query(NOTICES)
    assert {(taken, told) for _case, taken, told in steps} <= {(1, 1)}
    assert {count for _partner, count in notices} <= {1}
    assert len(steps) == len(notices)
    return len(steps)


def test_killed_run_tells_nobody_twice_and_forgets_nobody(late_payers):
    # After the work of the second batch, before its commit: the first one stays.
    code, output = shell(late_payers, "dunning_work.py", KILL_AT="batch:2")
    assert code == -signal.SIGKILL, output
    assert steps_and_notices(late_payers) == 2
    assert late_payers.query(RUNS) == [("running",)]
    # In the middle of a batch: services done, notices not.
    code, output = shell(late_payers, "dunning_work.py", KILL_AT="step:2")
    assert code == -signal.SIGKILL, output
    assert steps_and_notices(late_payers) == 4
    code, output = shell(late_payers, "dunning_work.py")
    assert code == 0, output
    assert steps_and_notices(late_payers) == PAYERS
    assert late_payers.query(RUNS) == [("done",)]
    assert late_payers.query(LINES) == [("done", PAYERS)]
    # Called once more on that day, nothing happens.
    code, output = shell(late_payers, "dunning_work.py")
    assert code == 0, output
    assert steps_and_notices(late_payers) == PAYERS
