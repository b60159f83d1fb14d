# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""camt messages: read as the standard's own models read them."""

import dataclasses
import importlib
import io
import typing
from decimal import Decimal

import bank_files_sample as sample
import pytest
from xsdata.formats.dataclass.parsers import XmlParser

from odoo.addons.somconnexio_payments.bank_files import opening, shapes
from odoo.addons.somconnexio_payments.bank_files.keys import Keys
from odoo.addons.somconnexio_payments.bank_files.recognise import VERSIONS
from odoo.addons.somconnexio_payments.bank_files.records import Heading, Statement

CAMT = [
    (message, version[-2:])
    for message in ("camt.052", "camt.053", "camt.054")
    for version in VERSIONS[message]
]


def judge(message, version):
    """Return the standard's own dataclasses of a message, made by others."""
    name = f"{message.replace('.', '_')}_001_{version}"
    package = message.split(".")[0]
    return importlib.import_module(f"pyiso20022.{package}.{name}")


@pytest.mark.parametrize(("message", "version"), CAMT)
def test_entries_are_read_as_the_judge_reads_them(message, version):
    data = sample.camt(message, version)
    document = XmlParser().from_bytes(data, judge(message, version).Document)
    container = next(
        getattr(document, field.name) for field in dataclasses.fields(document)
    )
    statements = next(
        value
        for value in (getattr(container, f.name) for f in dataclasses.fields(container))
        if isinstance(value, list)
    )
    expected = [
        (
            entry.amt.value,
            str(entry.bookg_dt.dt),
            entry.acct_svcr_ref,
            [
                (tx.refs.end_to_end_id, [text for text in tx.rmt_inf.ustrd or ()])
                if tx.rmt_inf
                else (tx.refs.end_to_end_id, [])
                for group in entry.ntry_dtls
                for tx in group.tx_dtls
            ],
        )
        for statement in statements
        for entry in statement.ntry
    ]
    found = [
        (
            abs(entry.amount),
            str(entry.booking_date),
            entry.bank_reference,
            [(d.end_to_end_id or "NOTPROVIDED", list(d.texts)) for d in entry.details],
        )
        for entry in sample.entries(data)
    ]
    assert found == expected


def _models(module, root):
    """Yield (name of the element, its dataclass) below a root that has a shape."""
    seen, waiting = set(), [("Document", getattr(module, root))]
    while waiting:
        name, model = waiting.pop()
        if (name, model) in seen:
            continue
        seen.add((name, model))
        yield name, model
        hints = typing.get_type_hints(model)
        for field in dataclasses.fields(model):
            kinds = typing.get_args(hints[field.name]) or (hints[field.name],)
            child = next(
                (kind for kind in kinds if dataclasses.is_dataclass(kind)), None
            )
            local = field.metadata.get("name")
            if child and local in {*shapes.SHAPES, *_CONTAINERS}:
                waiting.append((local, child))


_CONTAINERS = {
    "BkToCstmrAcctRpt",
    "BkToCstmrStmt",
    "BkToCstmrDbtCdtNtfctn",
    "CstmrPmtStsRpt",
}
#: Elements of the same name elsewhere, which are not read.
_OTHERS = {"Rpt", "Prtry", "Acct", "Amt", "Id", "Tp", "Bal"}


@pytest.mark.parametrize(
    ("message", "version"),
    [*CAMT, *(("pain.002", v[-2:]) for v in VERSIONS["pain.002"])],
)
def test_shapes_have_all_elements_of_the_standard_in_its_order(message, version):
    checked = 0
    for name, model in _models(judge(message, version), "Document"):
        fields = [
            field
            for field in dataclasses.fields(model)
            if field.metadata.get("type") == "Element"
        ]
        if name not in shapes.SHAPES or not fields:
            continue
        shape = shapes.SHAPES[name]
        names = [field.metadata["name"] for field in fields]
        known = [child for child in names if child in shape.places]
        if name in _OTHERS and len(known) < len(names):
            continue
        assert known == names, name
        places = [shape.places[child] for child in names]
        assert places == sorted(places), name
        for field in fields:
            is_list = isinstance(field.default_factory, type(list))
            if is_list and field.default_factory is list:
                assert field.metadata["name"] in shape.repeatable, (name, field.name)
        checked += 1
    assert checked >= 6


def test_facts_of_a_statement_are_read():
    heading, statement, *_rest = sample.read(sample.camt())
    assert isinstance(heading, Heading)
    assert isinstance(statement, Statement)
    assert statement.account == sample.OUR_IBAN
    assert statement.number == "1"
    assert statement.opening.amount == Decimal("100.00")
    assert statement.closing.amount == Decimal("132.35")
    assert statement.declared["count"] == 3


def test_facts_of_entries_are_read():
    batch, returned, transfer = sample.entries(sample.camt())
    assert batch.batch.payment_info_id == "ORDER1-1"
    assert [detail.amount for detail in batch.details] == [Decimal(10), Decimal(20)]
    assert returned.amount == Decimal("-10.00")
    assert returned.details[0].end_to_end_id == "E1"
    assert returned.details[0].reason == "AM04"
    assert transfer.details[0].party_iban == sample.PAYER_IBAN
    assert transfer.details[0].party_name == "Núria Font"
    assert transfer.details[0].end_to_end_id == ""
    assert "INV/2026/00017" in transfer.details[0].text
    assert "RF18539007547034" in transfer.details[0].text


@pytest.mark.parametrize("message", ["camt.052", "camt.053", "camt.054"])
@pytest.mark.parametrize("version", ["02", "04", "08"])
def test_an_entry_has_one_key_in_whichever_message(message, version):
    def keys(data):
        maker = Keys()
        return [maker.of(sample.OUR_IBAN, entry) for entry in sample.entries(data)]

    found = keys(sample.camt(message, version, with_parts=False))
    assert found == keys(sample.camt())
    assert len(set(found)) == 3


def test_entries_alike_in_one_file_have_keys_of_their_own():
    maker = Keys()
    entry = sample.entries(sample.camt())[0]
    assert maker.of("A", entry) != maker.of("A", entry)


def test_files_of_a_zip_are_opened_each():
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.xml", sample.camt())
        archive.writestr("b.n43", sample.norma43())
    packed.seek(0)
    found = opening.opened_files(packed, "bank.zip")
    assert [name for name, _file in found] == ["a.xml", "b.n43"]
    assert sample.entries(found[0][1].read())
