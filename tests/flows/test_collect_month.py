# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A month that is billed and collected by one command, its booking killed on the way.

`odoo bill_month --collect` ends with the file for the bank. What follows, until all is
booked, is killed again and again (`kill -9`), without a chance to tidy up: nothing may
be missing then and nothing be there twice.
"""

import os
import random
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
from bill_month_database import bill_month, finish
from lxml import etree
from ordered_process import OrderedProcess

PROCESS = Path(__file__).parent / "debit_process.py"
NAMES = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.008.001.08"}
#: A step or slice asks for some 70 things: some tries come through it, most do not.
TRIES = 40
MOST_ASKED = 110
LEAST_KILLS = 8
OWED = """
    SELECT sum(amount_total)::text, sum(amount_residual)::text, count(*)
    FROM account_move
    WHERE move_type = 'out_invoice' AND state = 'posted'
"""
#: Column -> what a run of five debits in slices of two comes to.
BOOKED = {
    "SELECT state, line_count, booked_count FROM telecom_debit_run": [("booked", 5, 5)],
    "SELECT state, line_count FROM telecom_debit_slice ORDER BY number": [
        ("done", 2),
        ("done", 2),
        ("done", 1),
    ],
    "SELECT count(*), count(DISTINCT debit_move_id), bool_or(is_debit_open)"
    " FROM account_payment_line": [(5, 5, False)],
    "SELECT count(*) FROM account_move AS entry WHERE entry.move_type = 'entry'"
    " AND EXISTS (SELECT 1 FROM telecom_debit_slice WHERE move_id = entry.id)": [(3,)],
    "SELECT count(*) FROM account_move WHERE move_type = 'entry' AND ref LIKE 'DD%%'": [
        (3,)
    ],
    "SELECT DISTINCT payment_state FROM account_move"
    " WHERE move_type = 'out_invoice' AND state = 'posted'": [("paid",)],
    "SELECT count(*), count(DISTINCT full_reconcile_id), count(DISTINCT debit_move_id)"
    " FROM account_partial_reconcile": [(5, 5, 5)],
    "SELECT count(*), count(last_debit_date) FROM account_banking_mandate": [(5, 5)],
    "SELECT count(*) FROM telecom_notice AS notice"
    " JOIN telecom_notice_kind AS kind ON kind.id = notice.kind_id"
    " WHERE kind.code = 'debit_announced'": [(5,)],
    "SELECT count(*) FROM queue_job WHERE state = 'failed'": [(0,)],
}


@pytest.fixture(scope="module")
def database(billed, copies):
    return copies(billed.database, "collect")


@pytest.fixture(scope="module")
def collection(database):
    with closing(OrderedProcess(PROCESS, database)) as collection:
        assert collection.order(do="set_up")["code"] == 0
        yield collection


@pytest.fixture(scope="module")
def bank_files(database, collection, tmp_path_factory):
    """Give the folder of the files that the command has written for the bank."""
    out = tmp_path_factory.mktemp("collected")
    code, output = finish(bill_month(database, "--collect", "--out", out))
    assert code == 0, output
    assert "collect: " in output
    return out / "bank"


def test_command_writes_a_file_that_draws_what_is_owed(database, bank_files):
    (path,) = bank_files.iterdir()
    document = etree.parse(path)
    total, residual, count = database.query(OWED)[0]
    assert (total, count) == (residual, 5)
    (told,) = document.xpath("//p:GrpHdr/p:CtrlSum/text()", namespaces=NAMES)
    assert Decimal(told) == Decimal(residual)
    amounts = document.xpath("//p:InstdAmt/text()", namespaces=NAMES)
    assert len(amounts) == 5
    assert sum(map(Decimal, amounts)) == Decimal(residual)
    ((state,),) = database.query("SELECT state FROM telecom_debit_run")
    assert state == "filed"


def test_run_killed_again_and_again_is_booked_once(database, collection, bank_files):
    chance = random.Random(int(os.environ.get("KILL_SEED", "5")))
    points = [chance.randrange(1, MOST_ASKED) for _try in range(TRIES)]
    codes = [collection.order(do="collect", nth=nth)["code"] for nth in points]
    assert set(codes) <= {-9, 0}, (points, codes)
    assert codes.count(-9) >= LEAST_KILLS, (points, codes)
    assert collection.order(do="collect", nth=0)["code"] == 0
    for query, expected in BOOKED.items():
        assert database.query(query) == expected, query
    total, residual, _count = database.query(OWED)[0]
    assert Decimal(residual) == 0
    drawn = "SELECT sum(amount_total)::text FROM telecom_debit_slice"
    assert database.query(drawn) == [(total,)]
