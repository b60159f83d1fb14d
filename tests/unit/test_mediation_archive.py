# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Hostile archives, sheets and XML are boring: a file in quarantine, little memory."""

import io
import re
import zipfile
import zlib

import pytest
from hypothesis import given, settings, strategies as st
from mediation.record import Rejection, UsageRecord
from mediation_sample import ROOT, all_rejections_allowed, decode, sheet_spec, xml_spec
from test_mediation_containers import (
    XML_RECORD,
    sheet_call,
    sheet_file,
    with_sheet,
    xml_file,
)
from test_mediation_hostile import MEGABYTE, peak_megabytes

from odoo.addons.somconnexio_base.file_reading import limits
from odoo.addons.somconnexio_base.file_reading.archive import (
    Archive,
    is_office_document,
)
from odoo.addons.somconnexio_base.file_reading.errors import FileError
from odoo.addons.somconnexio_base.file_reading.strict_xml import StrictXml, XmlEvents

MEMORY_MEGABYTES = 48


def zip_of(members, method=zipfile.ZIP_DEFLATED):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target


def unpacked(members):
    return {name: file.read() for name, file in Archive(zip_of(members)).unpack()}


def test_archive_gives_its_files_by_name_without_folders_and_clutter():
    assert unpacked(
        {
            "october/": "",
            "october/a.csv": b"1",
            "b.csv": b"2",
            "__MACOSX/october/._a.csv": b"x",
            "october/.DS_Store": b"x",
        }
    ) == {"a.csv": b"1", "b.csv": b"2"}


def test_sheet_inside_an_archive_is_a_file_and_an_archive_inside_is_refused():
    sheet = sheet_file(sheet_call())
    assert is_office_document(io.BytesIO(sheet))
    assert unpacked({"calls.xlsx": sheet}) == {"calls.xlsx": sheet}
    for nested in (
        zip_of({"a": b"1"}).getvalue(),
        b"\x1f\x8b\x08rest",
        b"Rar!\x1a\x07",
    ):
        with pytest.raises(FileError, match="zip_nested"):
            unpacked({"inner": nested})


@pytest.mark.parametrize(
    "name",
    ["../up.csv", "/etc/passwd", "a/../../b", "C:x.csv", "a\\b.csv", "a//b", "\n.csv"]
    + ["x" * 256, "./a.csv", "a\u202ecsv.exe"],
)
def test_member_whose_path_leaves_the_archive_or_hides_is_refused(name):
    with pytest.raises(FileError, match="zip_member_name"):
        Archive(zip_of({name: b"1"}))


def test_member_name_with_a_nul_is_refused():
    content = zip_of({"aXb.csv": b"1"}).getvalue().replace(b"aXb.csv", b"a\0b.csv")
    with pytest.raises(FileError, match="zip_member_name"):
        Archive(io.BytesIO(content))


def test_archive_of_more_members_than_a_provider_sends_is_refused():
    many = zip_of(
        {f"{number}": b"" for number in range(limits.MAX_ARCHIVE_MEMBERS + 1)}
    )
    with pytest.raises(FileError, match="zip_too_many"):
        Archive(many)


def test_directory_of_millions_of_members_is_refused_before_it_is_read():
    content = bytearray(zip_of({"a": b"1"}).getvalue())
    end = content.rfind(b"PK\x05\x06")
    content[end + 12 : end + 16] = b"\xff\xff\xff\x7f"
    with pytest.raises(FileError, match="zip_too_many"):
        Archive(io.BytesIO(bytes(content)))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_archive_with_two_members_of_one_name_is_refused():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.csv", b"1")
        archive.writestr("a.csv", b"2")
    with pytest.raises(FileError, match="zip_member_twice"):
        Archive(target)


def test_zip_bomb_is_stopped_early_in_little_memory():
    bomb = zip_of({"a.csv": b"\0" * 256 * MEGABYTE})
    before = peak_megabytes()
    with pytest.raises(FileError, match="zip_ratio"):
        Archive(bomb).unpack()
    assert peak_megabytes() - before < MEMORY_MEGABYTES


def test_members_that_are_too_large_together_are_refused():
    archive = Archive(zip_of({"a": b"1" * 600, "b": b"2" * 600}), max_bytes=1_000)
    with pytest.raises(FileError, match="too_large"):
        archive.unpack()


def test_size_that_the_directory_claims_is_not_believed():
    content = bytearray(zip_of({"a": b"1" * 1_000}, zipfile.ZIP_STORED).getvalue())
    content[30 + 1 + 10] ^= 0xFF
    with pytest.raises(FileError, match="zip_corrupt"):
        Archive(io.BytesIO(bytes(content))).unpack()


def test_encrypted_member_is_refused():
    content = bytearray(zip_of({"a": b"1"}).getvalue())
    directory = content.find(b"PK\x01\x02")
    content[directory + 8] |= 1
    with pytest.raises(FileError, match="zip_encrypted"):
        Archive(io.BytesIO(bytes(content)))


def test_archive_packed_by_an_unusual_method_is_refused():
    with pytest.raises(FileError, match="zip_method"):
        Archive(zip_of({"a": b"1"}, zipfile.ZIP_LZMA))


@pytest.mark.parametrize("part", range(1, 16))
def test_archive_cut_anywhere_is_refused(part):
    content = zip_of({"a.csv": zlib.compress(b"usage") * 50}).getvalue()
    with pytest.raises(FileError, match="zip_"):
        Archive(io.BytesIO(content[: len(content) * part // 16])).unpack()


def test_archive_of_nothing_is_refused():
    with pytest.raises(FileError, match="zip_empty"):
        unpacked({"folder/": ""})


LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
).replace("&a0;", "&a;")


@pytest.mark.parametrize(
    "document_type",
    [
        LAUGHS,
        "<!DOCTYPE x>",
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_document_type_is_refused_wherever_xml_is_read(document_type):
    content = document_type.encode() + xml_file(XML_RECORD)
    with pytest.raises(FileError, match="xml_document_type"):
        decode(content, xml_spec())
    sheet = with_sheet(
        lambda xml: xml.replace(
            b"<worksheet", document_type.encode() + b"<worksheet", 1
        )
    )
    with pytest.raises(FileError, match="xml_document_type"):
        decode(sheet, sheet_spec())
    strings = with_sheet(
        lambda xml: xml.replace(b"<sst", document_type.encode() + b"<sst", 1),
        part="xl/sharedStrings.xml",
    )
    with pytest.raises(FileError, match="xml_document_type"):
        decode(strings, sheet_spec())


def test_entity_that_nobody_declared_is_broken_xml():
    with pytest.raises(FileError, match="xml_broken"):
        decode(xml_file(XML_RECORD.replace("x1", "&a9;")), xml_spec())


def test_xml_nested_beyond_reason_is_refused():
    deep = "<a>" * 10_000 + "</a>" * 10_000
    with pytest.raises(FileError, match="xml_too_deep"):
        decode(xml_file(f"<Record>{deep}</Record>"), xml_spec())


def test_one_tag_of_many_megabytes_is_refused_in_little_memory():
    before = peak_megabytes()
    parser = StrictXml(XmlEvents())
    parser.feed(b'<a b="')
    blocks = [b"x" * 64 * 1024] * 10 * 16
    with pytest.raises(FileError, match="xml_token_too_long"):
        list(map(parser.feed, blocks))
    assert peak_megabytes() - before < MEMORY_MEGABYTES


@pytest.mark.parametrize("filling", ["x" * 10 * MEGABYTE, "<b/>" * 200_000])
def test_xml_record_of_megabytes_is_one_rejected_row(filling):
    long = XML_RECORD.replace("</Record>", f"<note>{filling}</note></Record>")
    content = xml_file(long, XML_RECORD)
    before = peak_megabytes()
    rows = decode(content, all_rejections_allowed(xml_spec()))
    assert [getattr(row, "reason", None) for row in rows] == ["structure", None]
    assert len(rows[0].raw_line) <= limits.MAX_SHOWN_LINE
    assert peak_megabytes() - before < MEMORY_MEGABYTES


def test_sheet_with_a_million_empty_columns_takes_little_memory():
    cells = b"<c/>" * 1_000_000
    content = with_sheet(
        lambda xml: xml.replace(b"</row></sheetData>", cells + b"</row></sheetData>")
    )
    before = peak_megabytes()
    (row,) = decode(content, all_rejections_allowed(sheet_spec()))
    assert row.quantity == 65
    assert peak_megabytes() - before < MEMORY_MEGABYTES


@pytest.mark.parametrize("place", [b"XFD2", b"ZZZ2", b"A2"])
def test_sheet_value_far_out_or_out_of_order_rejects_its_row(place):
    cell = b'<c r="' + place + b'"><v>1</v></c>'
    content = with_sheet(
        lambda xml: xml.replace(b"</row></sheetData>", cell + b"</row></sheetData>")
    )
    (row,) = decode(content, all_rejections_allowed(sheet_spec()))
    assert row.reason == "structure"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b'<row r="2"', b'<row r="1"', "xlsx_corrupt"),
        (b'<row r="2"', b'<row r="9999999"', "xlsx_corrupt"),
        (b'<row r="2"', b'<row r="x"', "xlsx_corrupt"),
        (b'r="B2"', b'r="2B"', "xlsx_corrupt"),
        (b'<c r="A2" t="s"><v>', b'<c r="A2" t="s"><v>9', "xlsx_corrupt"),
        (b"</worksheet>", b"", "xml_broken"),
    ],
)
def test_sheet_that_contradicts_itself_is_quarantined(old, new, code):
    content = with_sheet(lambda xml: xml.replace(old, new))
    with pytest.raises(FileError, match=code):
        decode(content, sheet_spec())


def test_sheet_bomb_is_stopped_early_in_little_memory():
    padding = b" " * 200 * MEGABYTE
    content = with_sheet(
        lambda xml: xml.replace(b"</sheetData>", padding + b"</sheetData>")
    )
    before = peak_megabytes()
    with pytest.raises(FileError, match="zip_ratio"):
        decode(content, sheet_spec())
    assert peak_megabytes() - before < MEMORY_MEGABYTES


@pytest.mark.parametrize(
    "part", ["_rels/.rels", "xl/workbook.xml", "xl/worksheets/sheet1.xml"]
)
def test_sheet_that_lacks_a_part_is_quarantined(part):
    source = zipfile.ZipFile(io.BytesIO(sheet_file(sheet_call())))
    kept = {name: source.read(name) for name in source.namelist() if name != part}
    with pytest.raises(FileError, match="zip_member_missing"):
        decode(zip_of(kept).getvalue(), sheet_spec())


@pytest.mark.parametrize(
    "content", [b"x", b"", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18]
)
def test_what_is_no_sheet_is_quarantined(content):
    with pytest.raises(FileError):
        decode(content, sheet_spec())


@pytest.mark.parametrize("part", range(1, 16))
def test_sheet_cut_anywhere_is_quarantined(part):
    content = sheet_file(sheet_call())
    with pytest.raises(FileError):
        decode(content[: len(content) * part // 16], sheet_spec())


@pytest.mark.parametrize(
    ("error", "function"),
    [("FileError", "file_error_text"), ("SpecError", "spec_error_text")],
)
def test_people_are_told_of_every_error_of_a_file_or_a_format(error, function):
    addon = ROOT / "addons/somconnexio_billing"
    raised = set()
    for path in (addon / "mediation").rglob("*.py"):
        raised |= set(
            re.findall(rf'{error}\(\s*(?:"[^"]*", |[\w.]+, )?"(\w+)"', path.read_text())
        )
    text = (addon / "models/mediation/messages.py").read_text()
    told = text[text.index(f"def {function}") :]
    assert raised
    assert [code for code in sorted(raised) if f'"{code}": env._(' not in told] == []


def mutated(content, changes):
    """Return content with some of its bytes replaced, by position and value."""
    content = bytearray(content)
    for place, value in changes:
        content[place % len(content)] = value
    return bytes(content)


changes = st.lists(
    st.tuples(st.integers(0, 2**20), st.integers(0, 255) | st.sampled_from(b'<>&"/= ')),
    min_size=1,
    max_size=6,
)
SHEET = sheet_file(sheet_call())
NAMES = Archive(io.BytesIO(SHEET)).names


@settings(max_examples=150, deadline=None)
@given(changes=changes, part=st.sampled_from(NAMES))
def test_sheet_with_any_bytes_changed_is_rows_or_a_file_error(changes, part):
    parts = {name: b"".join(Archive(io.BytesIO(SHEET)).blocks(name)) for name in NAMES}
    parts[part] = mutated(parts[part], changes)
    assert_rows_or_file_error(zip_of(parts).getvalue(), sheet_spec())


@settings(max_examples=150, deadline=None)
@given(changes=changes)
def test_archive_with_any_bytes_changed_is_rows_or_a_file_error(changes):
    assert_rows_or_file_error(mutated(SHEET, changes), sheet_spec())


@settings(max_examples=150, deadline=None)
@given(changes=changes)
def test_xml_with_any_bytes_changed_is_rows_or_a_file_error(changes):
    content = mutated(xml_file(XML_RECORD, XML_RECORD), changes)
    assert_rows_or_file_error(content, xml_spec())


def assert_rows_or_file_error(content, spec):
    try:
        rows = decode(content, all_rejections_allowed(spec))
    except FileError:
        return
    assert all(isinstance(row, (UsageRecord, Rejection)) for row in rows)
