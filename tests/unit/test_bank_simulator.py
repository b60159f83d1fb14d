# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The bank that tests talk to: the same seed, the same month."""

import io
import json
from datetime import date
from decimal import Decimal
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from bank_files_sample import OUR_IBAN, PAYER_IBAN
from bank_simulator.bank import Bank
from bank_simulator.server import BankServer
from sepaxml import SepaDD

from odoo.addons.somconnexio_payments.bank_files.reading import read_file
from odoo.addons.somconnexio_payments.bank_files.records import Entry, Status

DAY = date(2026, 10, 12)


def order(count=40, schema="pain.008.001.02"):
    """Return a debit order written by a library that we did not write."""
    config = {
        "name": "Cooperative",
        "IBAN": OUR_IBAN,
        "BIC": "CAIXESBBXXX",
        "batch": True,
        "creditor_id": "ES50ZZZM23456789",
        "currency": "EUR",
    }
    sepa = SepaDD(config, schema=schema, clean=True)
    for number in range(count):
        sepa.add_payment(
            {
                "name": f"Payer {number}",
                "IBAN": PAYER_IBAN,
                "BIC": "CAIXESBBXXX",
                "amount": 1000 + number,
                "type": "RCUR",
                "collection_date": DAY,
                "mandate_id": f"M{number}",
                "mandate_date": date(2026, 1, 15),
                "description": f"Bill {number}",
                "endtoend_id": f"E{number:06d}",
            }
        )
    return sepa.export(validate=True)


@pytest.fixture
def schema(monkeypatch):
    """Let the simulator check by the schema of the same library."""
    from pathlib import Path

    import sepaxml
    from bank_simulator import orders
    from lxml import etree

    def schema_of(name):
        path = Path(sepaxml.__file__).parent / "schemas" / f"{name}.xsd"
        return etree.XMLSchema(etree.parse(str(path)))

    monkeypatch.setattr(orders, "schema_of", schema_of)


def items(file):
    """Return what a file of the bank tells, by our strict reader."""
    return list(read_file(io.BytesIO(file["content"]))[1])


def lived(seed=1, **settings):
    """Return a bank that has taken an order and let ten days pass."""
    bank = Bank(date(2026, 10, 1), seed)
    bank.settings.change({"return_share": 0.25, "reject_share": 0.1, **settings})
    answer = bank.take_order(order())
    assert answer["status"] in ("PART", "ACCP")
    bank.plan_transfer(OUR_IBAN, DAY, "12.50", "Bill 7", "Anna", PAYER_IBAN)
    bank.advance(date(2026, 10, 20))
    return bank


@pytest.mark.usefixtures("schema")
def test_order_settles_and_some_debits_come_back_as_the_truth_tells():
    bank = lived()
    told = {"rejected": 0, "returned": 0, "settled": 0}
    for row in bank.truth:
        told[row["what"]] += 1
    assert told["rejected"] + told["settled"] == 40
    assert told["rejected"]
    assert told["returned"]
    found = [item for file in bank.files for item in items(file)]
    rejected = [
        item for item in found if isinstance(item, Status) and item.level[0] == "t"
    ]
    assert len(rejected) == told["rejected"]
    statements = [f for f in bank.files if f["name"].startswith("camt053")]
    entries = [i for f in statements for i in items(f) if isinstance(i, Entry)]
    returns = [e for e in entries if e.details and e.details[0].reason]
    assert len(returns) == told["returned"]
    credit = next(e for e in entries if e.batch)
    gone = {r.end_to_end_id for r in rejected}
    settled = [
        Decimal(row["amount"])
        for row in bank.truth
        if row["what"] == "settled" and row["end_to_end_id"] not in gone
    ]
    assert credit.amount == sum(settled)


@pytest.mark.usefixtures("schema")
def test_same_seed_gives_the_same_bytes_and_another_other_ones():
    def returned(bank):
        return [row for row in bank.truth if row["what"] == "returned"]

    assert returned(lived(5)) == returned(lived(5))
    assert returned(lived(5)) != returned(lived(6))


@pytest.mark.usefixtures("schema")
def test_norma43_statements_are_sound():
    bank = lived(statement="norma43")
    texts = [f for f in bank.files if f["name"].startswith("n43")]
    assert texts
    assert all(items(file) for file in texts)


@pytest.mark.usefixtures("schema")
@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"<NbOfTxs>40<", b"<NbOfTxs>41<", "FF01"),
        (b"<EndToEndId>E000001<", b"<EndToEndId>E000000<", "AM05"),
        (PAYER_IBAN.encode(), b"ES7921000813610123456780", "AC01"),
        (b"Bill 7<", b"Bill // 7<", "FF01"),
        (b"<GrpHdr>", b"<Group>", "FF01"),
    ],
)
def test_order_that_breaks_a_rule_is_rejected_by_an_answer(old, new, reason):
    bank = Bank(date(2026, 10, 1))
    content = order()
    assert old in content
    answer = bank.take_order(content.replace(old, new, 1))
    assert (answer["status"], answer["reason"]) == ("RJCT", reason)
    assert not bank.planned
    (status,) = [item for item in items(bank.files[0]) if isinstance(item, Status)]
    assert (status.level, status.status, status.reason) == ("file", "RJCT", reason)


@pytest.mark.usefixtures("schema")
def test_same_order_again_is_a_duplicate():
    bank = Bank(date(2026, 10, 1))
    content = order()
    bank.take_order(content)
    assert bank.take_order(content)["reason"] == "AM05"


def asked(server, path, body=None):
    """Return the bytes of an answer over HTTP."""
    data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
    with urlopen(Request(server.url + path, data), timeout=10) as answer:
        return answer.read()


@pytest.mark.usefixtures("schema")
def test_bank_is_reached_over_http_with_the_faults_of_real_ones():
    with BankServer(Bank(date(2026, 10, 1))) as server:
        assert json.loads(asked(server, "/orders", order()))["status"] == "ACCP"
        asked(
            server,
            "/transfers",
            [{"iban": OUR_IBAN, "day": "2026-10-12", "amount": "5", "text": "x"}],
        )
        asked(server, "/clock", {"until": "2026-10-14"})
        files = json.loads(asked(server, "/files"))
        whole = asked(server, f"/files/{files[-1]['id']}")
        asked(server, "/faults", ["error_500", "truncated", "slow"])
        with pytest.raises(HTTPError) as fault:
            asked(server, "/files/0")
        assert fault.value.code == 500
        assert len(asked(server, f"/files/{files[-1]['id']}")) < len(whole)
        assert asked(server, f"/files/{files[-1]['id']}") == whole
        asked(server, "/faults", ["duplicate"])
        assert len(json.loads(asked(server, "/files"))) == len(files) + 1
        with pytest.raises(HTTPError) as fault:
            asked(server, "/settings", {"nonsense": 1})
        assert fault.value.code == 400
