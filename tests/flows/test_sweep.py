# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Killed anywhere, a month billed again ends as if it had never been killed.

A month asks a thousand things of the database. `make test` kills it at one of them in
each stage, `make sweep` at many (SWEEP_POINTS for each stage).
"""

import os
from contextlib import closing

import pytest
from bill_month_database import Database
from sweep import Sweep, points

STAGES = ("load", "rate", "invoice", "post", "deliver")
POINTS = int(os.environ.get("SWEEP_POINTS", "1"))
FAILED_JOBS = "SELECT name, exc_message FROM queue_job WHERE state = 'failed'"


@pytest.fixture(scope="module")
def sweep(world, copies, billed):
    database = copies(world, "sweep")
    with closing(Sweep(world, Database(database.name), billed.files)) as sweep:
        yield sweep


@pytest.fixture(scope="module")
def counts(sweep):
    """Give what each stage of the month asks of the database, uninterrupted."""
    return sweep.count()


def test_month_that_is_only_counted_is_the_month_of_the_command(sweep, counts, billed):
    assert sweep.database.state() == billed.database.state()
    assert all(counts.values()), counts


@pytest.mark.parametrize("stage", STAGES)
def test_month_killed_in_a_stage_ends_as_if_it_never_was(sweep, counts, billed, stage):
    for number, nth in enumerate(points(counts[stage], POINTS)):
        whole = number % 2 == 0
        killed, again = sweep.bill_killed(stage, nth, whole)
        place = f"{stage}: {nth} of {counts[stage]}, whole: {whole}"
        assert not whole or killed["code"] == -9, (place, killed)
        assert again["code"] == 0, (place, again)
        assert sweep.database.state() == billed.database.state(), place
        assert sweep.database.bill_numbers() == billed.database.bill_numbers(), place
        assert sweep.database.query(FAILED_JOBS) == [], place
