# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What the flows over all addons share.

Odoo gives its default tags only to classes of modules below `odoo.addons`, and its
constructor fails on those without: they get them here, so that they may stand outside
an addon.
"""

from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from bill_month_database import Database, bill_month, finish
from bill_month_files import MONTH_START, write_month

from odoo.tests.common import BaseCase, get_db_name

BaseCase.test_tags = {"standard", "at_install"}
BaseCase.test_module = "flows"

HERE = Path(__file__).parent
_numbers = count(1)


@dataclass
class BilledMonth:
    """A month that was billed without any trouble, to compare others with."""

    database: Database
    files: Path
    out: Path
    code: int
    output: str


@pytest.fixture(scope="session")
def copies():
    """Give the function that copies databases; the copies last until all tests end.

    To drop one takes a checkpoint of the whole server, but for many in a row hardly
    more than for one.
    """
    made = []

    def copy(origin, purpose):
        database = Database(f"{origin.name}_{purpose}").copy_from(origin)
        made.append(database)
        return database

    yield copy
    for database in made:
        database.drop()


@pytest.fixture(scope="session")
def world(copies):
    """Give a database with the members of bill_month_world, to be copied."""
    database = copies(Database(get_db_name()), "world")
    with open(HERE / "bill_month_world.py", encoding="utf-8") as script:
        shell = database.start(
            "shell",
            "--no-http",
            stdin=script,
            env={"PYTHONPATH": str(HERE), "BILL_MONTH": MONTH_START.isoformat()},
        )
        code, output = finish(shell)
    assert code == 0, output
    return database


@pytest.fixture(scope="session")
def billed(world, copies, tmp_path_factory):
    """Give a month billed from files to PDFs, which no test may change."""
    folder = tmp_path_factory.mktemp("billed")
    (folder / "in").mkdir()
    files = write_month(folder / "in")
    out = folder / "out"
    database = copies(world, "billed")
    code, output = finish(bill_month(database, "--files", files, "--out", out))
    return BilledMonth(database, files, out, code, output)


@pytest.fixture
def database(world, copies):
    """Give a database with the members and nothing else."""
    return copies(world, next(_numbers))


@pytest.fixture
def files(tmp_path):
    """Give a folder with the month's files."""
    folder = tmp_path / "in"
    folder.mkdir()
    return write_month(folder)
