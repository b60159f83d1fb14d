# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Norma 43 and pain.002, each with a judge that we did not write."""

import importlib
import io
from decimal import Decimal

import bank_files_sample as sample
import pytest
from csb43.aeb43 import read_batch
from xsdata.formats.dataclass.parsers import XmlParser

from odoo.addons.somconnexio_base.file_reading.errors import FileError
from odoo.addons.somconnexio_payments.bank_files.records import Statement, Status


def test_norma43_is_read_as_the_judge_reads_it():
    batch = read_batch(io.BytesIO(sample.norma43()))
    expected = [
        (move.amount, move.transaction_date)
        for account in batch.accounts
        for move in account.transactions
    ]
    found = [(e.amount, e.booking_date) for e in sample.entries(sample.norma43())]
    assert found == expected


def test_norma43_knows_account_balances_and_texts():
    _heading, statement, *rest = sample.read(sample.norma43())
    assert isinstance(statement, Statement)
    assert statement.account == sample.OUR_IBAN
    assert statement.opening.amount == Decimal(100)
    assert statement.closing.amount == Decimal("132.35")
    assert "INV/2026/00017" in rest[2].details[0].text


def line_changed(number, begin, text):
    """Return the sample with some characters of one line replaced."""
    lines = sample.norma43().decode("iso-8859-1").split("\r\n")
    line = lines[number - 1]
    lines[number - 1] = line[:begin] + text + line[begin + len(text) :]
    return "\r\n".join(lines).encode("iso-8859-1")


@pytest.mark.parametrize(
    ("number", "begin", "text", "code"),
    [
        (1, 2, "XXXX", "unknown_format"),
        (1, 47, "999", "n43_currency"),
        (1, 20, "261399", "n43_date"),
        (2, 0, "29", "n43_record"),
        (2, 28, "0000000003A000", "n43_amount"),
        (2, 27, "3", "n43_amount"),
        (2, 10, "261340", "n43_date"),
        (4, 28, "00000000009999", "declared"),
        (0, 20, "00009", "n43_count"),
    ],
)
def test_norma43_with_one_fault_is_refused(number, begin, text, code):
    number = number or sample.norma43().count(b"\r\n")
    with pytest.raises(FileError) as fault:
        sample.read(line_changed(number, begin, text))
    assert fault.value.code == code


def test_norma43_of_a_wrong_balance_is_refused():
    data = sample.norma43()
    wrong = data.replace(b"2" + b"00000000013235978", b"2" + b"00000000013236978")
    assert wrong != data
    with pytest.raises(FileError) as fault:
        sample.read(wrong)
    assert fault.value.code == "balance"


def test_norma43_cut_anywhere_is_refused():
    data = sample.norma43().rstrip()
    for part in range(1, 64):
        with pytest.raises(FileError):
            sample.read(data[: len(data) * part // 64])


def test_norma43_with_an_endless_line_is_refused():
    lines = sample.norma43().split(b"\r\n")
    lines[1] += b" " * 3_000_000
    with pytest.raises(FileError) as fault:
        sample.read(b"\r\n".join(lines))
    assert (fault.value.code, fault.value.values["line"]) == ("n43_line", 2)


def test_norma43_with_nul_is_refused():
    with pytest.raises(FileError) as fault:
        sample.read(line_changed(3, 10, "\0"))
    assert fault.value.code == "n43_line"


@pytest.mark.parametrize("version", ["02", "08"])
def test_pain_002_is_read_as_the_judge_reads_it(version):
    data = sample.answer(version)
    name = "pain_002_001_10" if version == "08" else "pain_002_001_03"
    module = importlib.import_module(f"pyiso20022.pain.{name}")
    report = XmlParser().from_bytes(data, module.Document).cstmr_pmt_sts_rpt
    expected = [
        (tx.orgnl_end_to_end_id, getattr(tx.tx_sts, "value", tx.tx_sts))
        for batch in report.orgnl_pmt_inf_and_sts
        for tx in batch.tx_inf_and_sts
    ]
    found = [
        (item.end_to_end_id, item.status)
        for item in sample.read(data)
        if isinstance(item, Status) and item.level == "transaction"
    ]
    assert found == expected


def test_pain_002_tells_of_order_batches_and_transactions():
    _heading, *statuses = sample.read(sample.answer())
    told = [(item.level, item.status, item.batch_id, item.reason) for item in statuses]
    assert told == [
        ("file", "PART", "", ""),
        ("batch", "PART", "ORDER1-1", ""),
        ("transaction", "RJCT", "ORDER1-1", "AC04"),
        ("transaction", "ACTC", "ORDER1-1", ""),
        ("batch", "RJCT", "ORDER1-2", "FF01"),
    ]
    assert statuses[2].amount == Decimal(10)
    assert statuses[2].message_id == "ORDER1"
