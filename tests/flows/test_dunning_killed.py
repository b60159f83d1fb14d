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


@pytest.fixture
def database(copies):
    """Give a copy of the tests' database."""
    return copies(Database(get_db_name()), "dunned")


@pytest.fixture
def shell(database, tmp_path):
    """Give the function that runs scripts of this folder in one `odoo shell`.

    It returns the exit code and the output.
    """

    def run(*scripts, **env):
        together = tmp_path / "together.py"
        texts = [(HERE / script).read_text(encoding="utf-8") for script in scripts]
        together.write_text("\n".join(texts), encoding="utf-8")
        with together.open(encoding="utf-8") as source:
            return finish(database.start("shell", "--no-http", stdin=source, env=env))

    return run


def steps_and_notices(database):
    """Return how many steps were taken, each once and each with its notice."""
    steps, notices = database.query(STEPS), database.query(NOTICES)
    assert {(taken, told) for _case, taken, told in steps} <= {(1, 1)}
    assert {count for _partner, count in notices} <= {1}
    assert len(steps) == len(notices)
    return len(steps)


def test_killed_run_tells_nobody_twice_and_forgets_nobody(database, shell):
    # After the work of the second batch, before its commit: the first one stays.
    code, output = shell("dunning_world.py", "dunning_work.py", KILL_AT="batch:2")
    assert code == -signal.SIGKILL, output
    assert steps_and_notices(database) == 2
    assert database.query(RUNS) == [("running",)]
    # In the middle of a batch: services done, notices not.
    code, output = shell("dunning_work.py", KILL_AT="step:2")
    assert code == -signal.SIGKILL, output
    assert steps_and_notices(database) == 4
    # Left alone it ends; called once more on that day, nothing happens.
    code, output = shell("dunning_work.py", "dunning_work.py")
    assert code == 0, output
    assert steps_and_notices(database) == PAYERS
    assert database.query(RUNS) == [("done",)]
    assert database.query(LINES) == [("done", PAYERS)]
