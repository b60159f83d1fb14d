# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Transfers by pain.001, read back by a schema and a library that we did not write."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from lxml import etree
from xsdata.formats.dataclass.parsers import XmlParser

from odoo.addons.somconnexio_payments.sepa import pain001
from odoo.addons.somconnexio_payments.sepa.address import structured
from odoo.addons.somconnexio_payments.sepa.messages import Account
from odoo.addons.somconnexio_payments.sepa.pain001 import (
    Transfer,
    TransferError,
    TransferFile,
)

VERSIONS = sorted(pain001.VERSIONS)
DEBTOR = Account(
    "Som Connexió, SCCL",
    "ES9121000418450200051332",
    "CAIXESBBXXX",
    structured("Carrer Major 1", "", "08820", "el Prat de Llobregat", "ES"),
)
MEMBER = Account("Núria Güell i Peña", "ES7921000813610123456789")
FIRST = Transfer("RF00001", Decimal("100.00"), MEMBER, "Capital, baixa 2026 – gràcies")
ORDER = TransferFile(
    "PAY/2026/0001",
    "2026-11-22T10:30:05",
    date(2026, 11, 24),
    DEBTOR,
    [FIRST],
    "B12345678001",
)
OCA = Path(etree.__file__).parents[1] / "odoo" / "addons"
DATA = OCA / "account_payment_sepa_credit_transfer" / "data"


@pytest.fixture(scope="module", params=VERSIONS)
def schema(request):
    return request.param, etree.XMLSchema(etree.parse(DATA / f"{request.param}.xsd"))


def _texts(payload, tag):
    return [node.text for node in etree.fromstring(payload).iter(f"{{*}}{tag}")]


def test_file_is_valid_by_the_schema_of_its_version(schema):
    version, xsd = schema
    xsd.assertValid(etree.fromstring(pain001.write(ORDER, version)))


def test_file_is_read_by_another_library_with_the_same_figures():
    other = import_module("pyiso20022.pain.pain_001_001_09")
    payload = pain001.write(ORDER, "pain.001.001.09")
    read = XmlParser().from_bytes(payload, other.Document).cstmr_cdt_trf_initn
    assert read.grp_hdr.msg_id == "PAY/2026/0001"
    assert read.grp_hdr.ctrl_sum == Decimal("100.00")
    (block,) = read.pmt_inf
    assert str(block.reqd_exctn_dt.dt) == "2026-11-24"
    assert block.dbtr.pstl_adr.twn_nm == "el Prat de Llobregat"
    (row,) = block.cdt_trf_tx_inf
    assert row.pmt_id.end_to_end_id == "RF00001"
    assert row.amt.instd_amt.value == Decimal("100.00")
    assert row.cdtr.nm == "Nuria Guell i Pena"
    assert row.cdtr.pstl_adr is None
    assert row.cdtr_acct.id.iban == "ES7921000813610123456789"


def test_same_order_gives_the_same_bytes():
    first = pain001.write(ORDER, VERSIONS[0])
    assert first == pain001.write(replace(ORDER), VERSIONS[0])
    assert b"2026-11-22T10:30:05<" in first


def test_debtor_without_bic_is_not_provided(schema):
    version, xsd = schema
    order = replace(ORDER, debtor=replace(DEBTOR, bic="", address=None))
    payload = pain001.write(order, version)
    xsd.assertValid(etree.fromstring(payload))
    assert b"NOTPROVIDED" in payload
    assert not _texts(payload, "TwnNm")


def test_receiver_outside_the_eea_has_a_structured_address(schema):
    version, xsd = schema
    swiss = Account(
        "Anna", "CH9300762011623852957", "", structured("", "", "", "Bern", "CH")
    )
    order = replace(ORDER, transfers=[replace(FIRST, creditor=swiss)])
    payload = pain001.write(order, version)
    xsd.assertValid(etree.fromstring(payload))
    assert "Bern" in _texts(payload, "TwnNm")
    assert not _texts(payload, "AdrLine")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"amount": Decimal("0.00")}, "no amount"),
        ({"amount": Decimal("1.005")}, "whole cents"),
        ({"end_to_end_id": "x" * 36}, "characters that banks"),
        ({"end_to_end_id": "a//b"}, "characters that banks"),
        ({"end_to_end_id": "rí"}, "characters that banks"),
        ({"creditor": replace(MEMBER, iban="ES01")}, "is not an IBAN"),
        ({"creditor": replace(MEMBER, name=" ")}, "has no name"),
        ({"creditor": replace(MEMBER, iban="")}, "has no IBAN"),
        ({"creditor": Account("A", "GB33BUKB20201555555555")}, "town and country"),
    ],
)
def test_transfer_that_no_bank_takes_is_refused_by_name(change, message):
    order = replace(ORDER, transfers=[replace(FIRST, **change)])
    with pytest.raises(TransferError, match=message):
        pain001.write(order, VERSIONS[0])


def test_reference_twice_in_a_file_is_refused():
    with pytest.raises(TransferError, match="RF00001: it is there twice"):
        pain001.write(replace(ORDER, transfers=[FIRST, FIRST]), VERSIONS[0])


@pytest.mark.parametrize("name", ["", "PAY//1", "x" * 36])
def test_file_whose_name_no_bank_takes_is_refused(name):
    with pytest.raises(TransferError, match="name of a file"):
        pain001.write(replace(ORDER, message_id=name), VERSIONS[0])


def test_initiator_is_told_where_it_has_an_identifier_only():
    assert "B12345678001" in _texts(pain001.write(ORDER, VERSIONS[0]), "Id")
    plain = pain001.write(replace(ORDER, initiator_id=""), VERSIONS[0])
    assert not _texts(plain, "OrgId")


def test_empty_file_and_unknown_version_are_refused():
    with pytest.raises(TransferError, match="nothing to transfer"):
        pain001.write(replace(ORDER, transfers=[]), VERSIONS[0])
    with pytest.raises(TransferError, match=r"pain\.001\.001\.99"):
        pain001.write(ORDER, "pain.001.001.99")


@settings(max_examples=60, deadline=None)
@given(
    amounts=st.lists(
        st.decimals(Decimal("0.01"), Decimal(99999), places=2), min_size=1, max_size=9
    ),
    text=st.text(max_size=200),
)
def test_control_sum_is_the_sum_of_the_transfers_whatever_they_say(amounts, text):
    xsd = etree.XMLSchema(etree.parse(DATA / "pain.001.001.09.xsd"))
    transfers = [
        replace(FIRST, end_to_end_id=f"RF{number}", amount=amount, text=text)
        for number, amount in enumerate(amounts)
    ]
    payload = pain001.write(replace(ORDER, transfers=transfers), "pain.001.001.09")
    root = etree.fromstring(payload)
    assert Decimal(_texts(payload, "CtrlSum")[0]) == sum(amounts)
    assert sum(Decimal(one) for one in _texts(payload, "InstdAmt")) == sum(amounts)
    xsd.assertValid(root)
