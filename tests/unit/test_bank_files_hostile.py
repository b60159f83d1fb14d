# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Files that are broken, lie or do harm are refused, by a code and a place."""

import gzip
import io
import socket
import threading
import zipfile

import bank_files_sample as sample
import pytest

from odoo.addons.somconnexio_base.file_reading.errors import FileError
from odoo.addons.somconnexio_payments.bank_files import opening

GOOD = sample.camt()


def refused(data):
    """Return the fault for which a file is refused."""
    with pytest.raises(FileError) as fault:
        sample.read(data)
    return fault.value


def changed(old, new, count=1):
    """Return the good file with some bytes replaced."""
    assert old in GOOD
    return GOOD.replace(old, new, count)


def with_prolog(prolog, entity=b""):
    """Return the good file with something before its root, an entity in a text."""
    head, _, rest = GOOD.partition(b"<Document")
    return head + prolog + b"<Document" + rest.replace(b"Pep Mas", entity or b"Pep")


def test_document_type_is_refused_before_it_is_parsed():
    assert refused(with_prolog(b"<!DOCTYPE Document>")).code == "xml_document_type"


def test_document_type_in_small_letters_or_after_a_comment_is_refused():
    assert refused(with_prolog(b"<!-- a --><!doctype x>")).code == "xml_document_type"


def test_entity_that_grows_is_refused():
    laughs = b"".join(
        b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12)
    )
    prolog = b'<!DOCTYPE x [<!ENTITY l0 "lol">' + laughs + b"]>"
    assert refused(with_prolog(prolog, b"&l11;")).code == "xml_document_type"


def test_unknown_entity_is_refused():
    assert refused(changed(b"Pep Mas", b"&secret;")).code == "xml_broken"


def test_external_entities_reach_neither_files_nor_the_network(tmp_path):
    marker = tmp_path / "marker"
    marker.write_text("TOPSECRET")
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.5)
    calls = []

    def listen():
        try:
            calls.append(listener.accept())
        except OSError:
            pass

    thread = threading.Thread(target=listen)
    thread.start()
    port = listener.getsockname()[1]
    for system in (f"file://{marker}", f"http://127.0.0.1:{port}/x"):
        for kind in ("", "% "):
            prolog = f'<!DOCTYPE x [<!ENTITY {kind}e SYSTEM "{system}">]>'.encode()
            assert refused(with_prolog(prolog, b"&e;")).code == "xml_document_type"
    include = (
        f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://{marker}"'
        f' parse="text"/>'
    ).encode()
    fault = refused(changed(b"<RmtInf>", b"<RmtInf>" + include))
    assert fault.code == "xml_unexpected"
    assert "TOPSECRET" not in str(fault)
    thread.join()
    listener.close()
    assert calls == []


def test_instruction_to_the_reader_is_refused():
    prolog = b'<?xml-stylesheet href="http://127.0.0.1/x"?>'
    assert refused(with_prolog(prolog)).code == "xml_instruction"


@pytest.mark.parametrize("part", range(1, 64))
def test_file_cut_anywhere_is_refused(part):
    refused(GOOD[: len(GOOD) * part // 64])


@pytest.mark.parametrize(
    "whole",
    [
        sample.camt("camt.054", with_parts=False),
        sample.answer(),
        sample.norma43().rstrip(),
    ],
    ids=["camt", "pain.002", "norma43"],
)
def test_file_cut_at_any_byte_is_refused(whole):
    sample.read(whole)
    for size in range(len(whole)):
        with pytest.raises(FileError):
            sample.read(whole[:size])


def test_bytes_after_the_end_are_refused():
    assert refused(GOOD + b"<more/>").code == "xml_broken"
    assert refused(GOOD + b"\0").code == "xml_broken"


def test_nul_inside_is_refused():
    assert refused(changed(b"Pep", b"P\0p")).code == "xml_broken"


def test_other_encodings_than_declared_ones_are_refused():
    text = GOOD.decode()
    assert refused(text.encode("utf-16")).code == "encoding"
    fault = refused(changed(b"UTF-8", b"UTF-7"))
    assert (fault.code, fault.values["found"]) == ("encoding", "UTF-7")
    latin = text.encode("iso-8859-1")
    assert refused(latin).code == "xml_broken"


def test_latin_1_that_is_declared_is_read():
    data = GOOD.decode().replace("UTF-8", "ISO-8859-1").encode("iso-8859-1")
    assert sample.entries(data)[2].details[0].party_name == "Núria Font"


def test_bom_is_allowed():
    assert len(sample.entries(b"\xef\xbb\xbf" + GOOD)) == 3


def test_deep_nesting_is_refused():
    deep = b"<a>" * 200 + b"</a>" * 200
    data = changed(b"<RmtInf>", b"<SplmtryData>" + deep + b"</SplmtryData><RmtInf>")
    assert refused(data).code == "xml_too_deep"


def test_endless_tag_is_refused():
    data = changed(b"<RmtInf>", b"<RmtInf a='" + b"x" * 3_000_000 + b"'>")
    assert refused(data).code == "xml_token_too_long"


def test_endless_text_is_refused():
    fault = refused(changed(b"Factura", b"x" * 5_000))
    assert fault.code == "too_long"
    assert "Ntry[3]" in fault.values["where"]


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        (b">30.00<", b">31.00<", "batch_sum", "Ntry[1]"),
        (b">12.35<", b">12,35<", "amount", "Ntry[3]"),
        (b">12.35<", b">-12.35<", "amount", "Ntry[3]"),
        (b">12.35<", b">1e3<", "amount", "Ntry[3]"),
        (b"12.35</Amt><CdtDbtInd>CRDT", b"12.35</Amt><CdtDbtInd>UP", "sign", "Ntry[3]"),
        (b"<BookgDt><Dt>2026-10-05", b"<BookgDt><Dt>2026-13-05", "date", "Ntry[1]"),
        (b"<Cd>BOOK</Cd>", b"<Cd>MAYBE</Cd>", "entry_state", "Ntry[1]"),
        (b">132.35<", b">132.36<", "balance", "Stmt[1]"),
        (b"<NbOfNtries>3<", b"<NbOfNtries>4<", "declared", "Stmt[1]"),
        (b"<NbOfTxs>2<", b"<NbOfTxs>3<", "batch_count", "Ntry[1]"),
        (b"<IBAN>ES91", b"<IBAN>ES92", "iban", "Stmt[1]"),
        (b'<Amt Ccy="EUR">12.35', b'<Amt Ccy="USD">12.35', "entry_currency", "[3]"),
        (b"<BkTxCd>", b"<Unknown/><BkTxCd>", "xml_unexpected", "Ntry[1]"),
        (b"<Sts><Cd>BOOK</Cd></Sts>", b"", "xml_missing", "Ntry[1]"),
        (b"<NtryDtls>", b"<Sts/><NtryDtls>", "xml_order", "Ntry[1]"),
        (b"<Acct>", b"<Acct><Id/></Acct><Acct>", "xml_twice", "Stmt[1]"),
        (b">CLBD<", b">CLAV<", "xml_missing", "Stmt[1]"),
        (b"<GrpHdr>", b"<Odd/><GrpHdr>", "xml_unexpected", "BkToCstmrStmt"),
    ],
)
def test_file_with_one_fault_is_refused_with_its_place(old, new, code, place):
    fault = refused(changed(old, new))
    assert fault.code == code
    assert place in str(fault.values["where"])


def test_element_of_another_namespace_is_refused():
    data = changed(b"<BkTxCd>", b'<x:Amt xmlns:x="urn:other">9</x:Amt><BkTxCd>')
    assert refused(data).code == "xml_unexpected"


def test_unknown_messages_and_versions_are_told_apart():
    fault = refused(changed(b"camt.053.001.08", b"camt.053.001.99", 9))
    assert fault.code == "unknown_version"
    assert "001.08" in fault.values["known"]
    fault = refused(changed(b"camt.053.001.08", b"pacs.008.001.08", 9))
    assert fault.code == "unknown_message"
    assert refused(b"<html></html>").code == "unknown_format"
    assert refused(b"name;amount\nAnna;12").code == "unknown_format"


def test_message_without_statements_is_refused():
    head, _, rest = GOOD.partition(b"<Stmt>")
    tail = rest[rest.rindex(b"</Stmt>") + 7 :]
    assert refused(head + tail).code == "xml_missing"


def opened_fault(data, name="bank.xml"):
    """Return the fault for which a file cannot be opened."""
    with pytest.raises(FileError) as fault:
        opening.opened_files(io.BytesIO(data), name)
    return fault.value.code


def zipped(*members):
    """Return a zip of (name, bytes)."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return target.getvalue()


def test_bombs_are_refused_while_they_unpack():
    zeros = b"\0" * (64 * 1024 * 1024)
    assert opened_fault(gzip.compress(zeros, 9)) == "gzip_ratio"
    assert opened_fault(zipped(("a.xml", zeros))) == "zip_ratio"


def test_archives_inside_archives_are_refused():
    inner = zipped(("a.xml", GOOD))
    assert opened_fault(zipped(("b.zip", inner))) == "zip_nested"
    assert opened_fault(gzip.compress(inner)) == "zip_nested"
    assert opened_fault(gzip.compress(gzip.compress(GOOD))) == "zip_nested"
    assert opened_fault(zipped(("a.xml.gz", gzip.compress(GOOD)))) == "zip_nested"


def test_members_that_leave_the_archive_are_refused():
    assert opened_fault(zipped(("../a.xml", GOOD))) == "zip_member_name"
    assert opened_fault(zipped(("/etc/a.xml", GOOD))) == "zip_member_name"


def test_empty_and_broken_files_are_refused():
    assert opened_fault(b"") == "empty"
    assert opened_fault(zipped(("a.xml", b""))) == "empty"
    assert opened_fault(zipped(("a.xml", GOOD))[:-30]) == "zip_corrupt"
    assert opened_fault(gzip.compress(GOOD)[:-20]) == "gzip_truncated"


def test_gzip_is_read_as_the_file_inside():
    ((_name, file),) = opening.opened_files(io.BytesIO(gzip.compress(GOOD)), "a.gz")
    assert file.read() == GOOD
