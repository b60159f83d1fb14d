# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""`odoo migrate_members` as a process: the manual's example, and killed on its way."""

import shlex
from dataclasses import dataclass
from pathlib import Path

import pytest
from bill_month_database import (
    Database,
    finish,
    kill_with_children,
    start_odoo,
    wait_for,
)
from migration_state import STATE

from odoo.tests.common import get_db_name

HERE = Path(__file__).parent
MANUAL = HERE.parents[1] / "docs" / "migration.md"
#: Tables that nobody may write, one after the other: it is killed there. In the order
#: of the work: rows staged, a batch whose records exist but are not noted, the records
#: of a kind, the comparison.
KILLED_AT = (
    "telecom_migration_row",
    "telecom_migration_ledger",
    "contract_line",
    "telecom_migration_total",
)
OK, REFUSED = 0, 3
SETTLED = """
    SELECT count(*) FROM telecom_migration_row WHERE kind = %s AND state = 'created'
"""
CHANGED = """
    SELECT step.kind
    FROM telecom_migration_step AS step
    WHERE
        step.run_id = (SELECT max(id) FROM telecom_migration_run)
        AND step.created_count + step.updated_count > 0
"""
#: What a migration says of itself, even when it changes nothing.
OWN = {
    "faults",
    "reconciliation",
    "rows",
    "runs",
    "steps",
    "telecom_migration_issue",
    "telecom_migration_row",
}


@dataclass
class Example:
    """The manual's example, run without any trouble.

    :ivar list codes: exit code of each of its lines
    :ivar list states: of the database before the first line and after each
    """

    database: Database
    folder: Path
    words: list
    codes: list
    states: list
    output: str = ""

    def again(self, database):
        """Start the last line of the example on a database."""
        return self.start(self.words[-1], database)

    def start(self, words, database):
        """Start one line of the example."""
        words = [database.name if word == "DATABASE" else word for word in words]
        return start_odoo(*words, cwd=self.folder)

    def run(self):
        """Do all of its lines, one after the other."""
        self.states.append(state_of(self.database))
        for words in self.words:
            code, output = finish(self.start(words, self.database))
            self.codes.append(code)
            self.output += output
            self.states.append(state_of(self.database))


def state_of(database):
    """Return what a delivery has become in a database."""
    return {name: database.query(statement) for name, statement in STATE.items()}


def example_lines():
    """Return the words of the commands in the manual, without ``odoo``."""
    _text, block = MANUAL.read_text(encoding="utf-8").split("```sh\n", 1)
    lines = block.partition("```")[0].splitlines()
    return [shlex.split(line)[1:] for line in lines if line.startswith("odoo ")]


def assert_same(state, wanted, left_out=frozenset()):
    """Assert that two states agree, and name what does not."""
    for name in wanted.keys() - left_out:
        assert state[name] == wanted[name], name


def kill(command):
    """End a command without a chance to tidy up."""
    kill_with_children(command)
    command.wait()


@pytest.fixture(scope="module")
def world(copies):
    """Give a database with the sample's products, to be copied."""
    database = copies(Database(get_db_name()), "migration_world")
    with open(HERE / "migration_world.py", encoding="utf-8") as script:
        code, output = finish(database.start("shell", "--no-http", stdin=script))
    assert code == 0, output
    return database


@pytest.fixture(scope="module")
def example(world, copies, tmp_path_factory):
    """Give the manual's example, done."""
    folder = tmp_path_factory.mktemp("migration")
    database = copies(world, "example")
    example = Example(database, folder, example_lines(), [], [])
    example.run()
    return example


def test_example_of_the_manual_makes_tries_and_takes_over_a_delivery(example):
    assert example.codes == [OK, REFUSED, REFUSED], example.output
    before, made, tried, taken = example.states
    assert made == before
    assert_same(tried, before, OWN)
    assert tried["reconciliation"] == taken["reconciliation"]
    assert tried["faults"] == taken["faults"]
    assert taken["runs"] == [("done",)]
    [rows] = taken["telecom_migration_row"]
    links = taken["telecom_external_id"][0][0] - before["telecom_external_id"][0][0]
    assert rows[0] - links == sum(row[2] for row in taken["reconciliation"])
    results = sorted(path.suffix for path in (example.folder / "results").iterdir())
    assert set(results) == {".csv", ".xlsx"}


def test_same_delivery_again_changes_nothing(example, copies):
    database = copies(example.database, "again")
    code, output = finish(example.again(database))
    assert code == REFUSED, output
    assert database.query("SELECT count(*) FROM telecom_migration_run") == [(2,)]
    assert database.query(CHANGED) == []
    assert_same(state_of(database), example.states[-1], OWN)


def test_migration_killed_again_and_again_ends_as_if_it_never_was(
    example, world, copies
):
    database = copies(world, "migration_killed")
    for table in KILLED_AT[:2]:
        kill_at(example, database, table)
    kill_after_batch(example, database, "resource")
    for table in KILLED_AT[2:]:
        kill_at(example, database, table)
    code, output = finish(example.again(database))
    assert code == REFUSED, output
    assert_same(state_of(database), example.states[-1])


def kill_at(example, database, table):
    """Start the migration, and kill it where it first writes a table."""
    with database.blocked(table) as wait_until_blocked:
        command = example.again(database)
        wait_until_blocked(command)
        kill(command)


def kill_after_batch(example, database, kind):
    """Start the migration, and kill it somewhere after the first batch of a kind."""
    command = example.again(database)
    wait_for(lambda: database.query(SETTLED, kind)[0][0], f"a batch of {kind}")
    kill(command)
