# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Sheets and XML records give the same usage as the text they were made from."""

import io
import zipfile
from datetime import datetime
from decimal import Decimal

import pytest
import xlsxwriter
from mediation.copy_text import CopyText
from mediation.decode import FileDecoder
from mediation.errors import SpecError
from mediation.record import Rejection, UsageRecord
from mediation.spec import FieldSpec
from mediation_sample import (
    WHOLESALE_HEADER,
    WINDOW,
    all_rejections_allowed,
    decode,
    sheet_spec,
    shipped_spec,
    xml_spec,
)
from test_mediation_block import assert_alike
from usage_generator.rewrite import rewrite_first
from usage_generator_sample import sample_folder

from odoo.addons.somconnexio_base.file_reading.errors import FileError
from odoo.addons.somconnexio_base.file_reading.stream import CappedStream

XML_RECORD = (
    '<Record id="x1"><type>DATA</type><msisdn>+34612345678</msisdn>'
    "<start>2026-10-03T10:22:33+02:00</start>"
    "<volume><uplink>123</uplink><downlink>456</downlink></volume>"
    "<visited><country>FR</country></visited><cost>0.000123</cost></Record>"
)


def xml_file(*records, header='<Header sequence="7"/>', count=None, root="Usage"):
    trailer = f'<Trailer records="{len(records) if count is None else count}"/>'
    return f"<{root}>{header}{''.join(records)}{trailer}</{root}>".encode()


def sheet_file(*rows, header=WHOLESALE_HEADER, sheets=("CDR",), options=None):
    """Return the bytes of an XLSX; values may be (value, number format) pairs."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, options or {}) as book:
        for name in sheets:
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, header.split(";"))
            for number, row in enumerate(rows, start=1):
                for column, value in enumerate(row):
                    style = None
                    if isinstance(value, tuple):
                        value, code = value
                        style = book.add_format({"num_format": code})
                    sheet.write(number, column, value, style)
    return target.getvalue()


def sheet_call(**values):
    row = {
        "ID_REGISTRO": "1",
        "TIPO": "VOZ",
        "SENTIDO": "S",
        "ORIGEN": 612345678,
        "DESTINO": "933334444",
        "FECHA": (datetime(2026, 10, 3), "dd/mm/yyyy"),
        "HORA": (datetime(2026, 10, 3, 10, 22, 33).time(), "hh:mm:ss"),
        "CANTIDAD": 65,
        "COSTE": 0.0125,
        "DESCRIPCION": 'Fijo "España"\tX',
        **values,
    }
    return [row[name] for name in WHOLESALE_HEADER.split(";")]


def decode_sheet(*rows, **options):
    return decode(sheet_file(*rows, **options), all_rejections_allowed(sheet_spec()))


def facts(rows):
    """Return the records' values that do not depend on where they were read."""
    return [row[1:-1] for row in rows if isinstance(row, UsageRecord)]


@pytest.fixture(scope="module")
def rewritten(tmp_path_factory):
    files = sample_folder() / "files"
    return files, rewrite_first(files, tmp_path_factory.mktemp("rewritten"))


def test_sheet_tells_the_same_usage_as_the_file_it_was_made_from(rewritten):
    files, (sheet, _xml) = rewritten
    original = (files / f"{sheet.stem}.csv").read_bytes()
    plain = decode(original, all_rejections_allowed(shipped_spec("mobile_wholesale")))
    rows = decode(sheet.read_bytes(), all_rejections_allowed(sheet_spec()))
    assert len(facts(rows)) > 50
    assert facts(rows) == facts(plain)


def test_xml_tells_the_same_usage_as_the_file_it_was_made_from(rewritten):
    files, (_sheet, xml) = rewritten
    original = (files / f"{xml.stem}.jsonl.gz").read_bytes()
    plain = decode(original, all_rejections_allowed(shipped_spec("data_roaming")))
    rows = decode(xml.read_bytes(), all_rejections_allowed(xml_spec()))
    assert len(facts(rows)) > 50
    assert facts(rows) == facts(plain)


def test_rewritten_files_are_decoded_alike_one_by_one_and_many_at_once(rewritten):
    _files, (sheet, xml) = rewritten
    assert_alike(sheet.read_bytes(), all_rejections_allowed(sheet_spec()))
    assert_alike(xml.read_bytes(), all_rejections_allowed(xml_spec()))


def test_sheet_row_becomes_a_record_with_its_text_and_row_number():
    (row,) = decode_sheet(sheet_call())
    assert (
        row[:-1]
        == UsageRecord(
            line_number=2,
            external_id="1",
            usage_type="voice",
            direction="outgoing",
            served_number="34612345678",
            other_number="34933334444",
            started_at=datetime(2026, 10, 3, 8, 22, 33),
            quantity=65,
            visited_country=None,
            wholesale_cost=Decimal("0.0125"),
            raw_line="",
        )[:-1]
    )
    assert row.raw_line.endswith('65\t0,0125\t"Fijo ""España""\tX"')


@pytest.mark.parametrize("constant_memory", [True, False])
def test_sheet_may_hold_its_texts_in_the_cells_or_apart(constant_memory):
    (row,) = decode_sheet(sheet_call(), options={"constant_memory": constant_memory})
    assert row.usage_type == "voice"


def test_sheet_cells_left_empty_at_the_end_are_empty_values():
    (row,) = decode_sheet(sheet_call(COSTE="", DESCRIPCION=""))
    assert row.wholesale_cost is None


def test_sheet_rows_left_empty_are_no_rows_and_numbers_go_on():
    rows = decode_sheet(sheet_call(), [""], sheet_call(CANTIDAD="x"))
    assert [row.line_number for row in rows] == [2, 4]
    assert rows[1].reason == "bad_value"


def test_sheet_row_with_a_value_beyond_the_header_is_a_structure_fault():
    (row,) = decode_sheet([*sheet_call(), "more"])
    assert row.reason == "structure"


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.1 + 0.2, "0.00", "0.3"),
        (1e-7, "General", "0.0000001"),
        (46298.5, "dd/mm/yyyy hh:mm", "2026-10-03T12:00:00"),
        (46298, "dd/mm/yyyy hh:mm", "2026-10-03T00:00:00"),
        (46298.999999, "yyyy-mm-dd", "2026-10-04"),
        (1.5, "[h]:mm:ss", "36:00:00"),
        (0.25, '0.00 "days"', "0.25"),
        (59, "dd/mm/yyyy", "59"),
        (True, "General", "TRUE"),
        ("'=1+1", "General", "'=1+1"),
    ],
)
def test_sheet_cell_is_read_by_its_style(value, code, text):
    spec = all_rejections_allowed(sheet_spec(decimal_separator="."))
    (row,) = decode(sheet_file(sheet_call(ID_REGISTRO=(value, code))), spec)
    assert row.external_id == text


def test_sheet_without_column_header_fills_its_rows_up():
    fields = tuple(
        FieldSpec(field.target, str(number), field.value_type, "", field.factor)
        if field.value_type != "choice"
        else FieldSpec(field.target, "", "choice", default=default)
        for number, (field, default) in enumerate(
            zip(sheet_spec().fields, ["", "voice", "outgoing", *[""] * 6], strict=True),
            1,
        )
    )
    spec = sheet_spec(has_column_header=False)
    spec = spec.__class__(**{**vars(spec), "fields": fields, "decimal_separator": "."})
    content = sheet_file(
        header=";".join("1;;;612345678;112;2026-10-03;10:22:33;5".split(";"))
    )
    (row,) = decode(content, spec)
    assert (row.quantity, row.wholesale_cost) == (5, None)


def test_sheet_among_several_has_to_be_named():
    content = sheet_file(sheet_call(), sheets=("CDR", "Notes"))
    with pytest.raises(FileError, match="xlsx_sheet"):
        decode(content, sheet_spec())
    (row,) = decode(content, sheet_spec(sheet_name="CDR"))
    assert isinstance(row, UsageRecord)
    with pytest.raises(FileError, match="xlsx_sheet"):
        decode(content, sheet_spec(sheet_name="Calls"))


def test_formula_counts_by_its_saved_result_and_is_a_fault_without_one():
    content = with_sheet(
        lambda xml: xml.replace(b"<v>65</v>", b'<f>HYPERLINK("http://x")</f><v>66</v>')
    )
    (row,) = decode(content, all_rejections_allowed(sheet_spec()))
    assert row.quantity == 66
    content = with_sheet(lambda xml: xml.replace(b"<v>65</v>", b"<f>1+1</f>"))
    (row,) = decode(content, all_rejections_allowed(sheet_spec()))
    assert row.reason == "structure"


def with_sheet(change, part="xl/worksheets/sheet1.xml"):
    """Return an XLSX of one call, one of its parts changed."""
    source = zipfile.ZipFile(io.BytesIO(sheet_file(sheet_call())))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            content = source.read(name)
            archive.writestr(name, change(content) if name == part else content)
    return target.getvalue()


def test_xml_record_becomes_a_record_with_its_text_and_ordinal():
    (row,) = decode(xml_file(XML_RECORD), xml_spec())
    assert row._replace(raw_line="") == UsageRecord(
        line_number=2,
        external_id="x1",
        usage_type="data",
        direction="outgoing",
        served_number="34612345678",
        other_number=None,
        started_at=datetime(2026, 10, 3, 8, 22, 33),
        quantity=579,
        visited_country="FR",
        wholesale_cost=Decimal("0.000123"),
        raw_line="",
    )
    assert row.raw_line.startswith('Record {"@id": "x1", "type": "DATA"')


def test_xml_names_are_read_without_their_namespace():
    content = xml_file(XML_RECORD).replace(b"<Usage>", b'<Usage xmlns="urn:x:cdr">')
    assert len(decode(content, xml_spec())) == 1


def test_xml_may_come_in_the_encoding_it_declares():
    content = (
        '<?xml version="1.0" encoding="iso-8859-1"?>'
        + xml_file(XML_RECORD.replace("x1", "ñ")).decode()
    ).encode("iso-8859-1")
    (row,) = decode(content, xml_spec())
    assert row.external_id == "ñ"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (xml_file(XML_RECORD, count=2), "control_count"),
        (xml_file(XML_RECORD, header=""), "header_missing"),
        (xml_file(XML_RECORD)[:-30], "xml_broken"),
        (xml_file(XML_RECORD).replace(b"x1", b"\xff"), "xml_broken"),
        (xml_file() + b"<more/>", "xml_broken"),
        (b"not XML at all", "xml_broken"),
        (b"<Calls><Call/></Calls>", "no_records"),
        (b"", "empty"),
    ],
)
def test_xml_that_is_broken_or_lies_is_quarantined(content, code):
    with pytest.raises(FileError, match=code):
        decode(content, xml_spec())


def test_xml_element_of_an_unexpected_name_is_a_rejected_row():
    stranger = XML_RECORD.replace("Record", "Recording")
    rows = decode(xml_file(XML_RECORD, stranger), all_rejections_allowed(xml_spec()))
    assert [type(row) for row in rows] == [UsageRecord, Rejection]
    assert rows[1].reason == "structure"


def test_xml_value_that_is_there_twice_is_a_structure_fault():
    doubled = XML_RECORD.replace("<type>DATA</type>", "<type>DATA</type>" * 2)
    (row,) = decode(xml_file(doubled), all_rejections_allowed(xml_spec()))
    assert row.reason == "structure"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"record_marker": ""}, "no_record_element"),
        ({"record_marker": "Re cord"}, "no_element"),
        ({"trailer_marker": "Record"}, "elements_alike"),
    ],
)
def test_xml_format_that_cannot_work_is_refused(changes, code):
    with pytest.raises(SpecError, match=code):
        xml_spec(**changes)


def test_rejected_xml_records_can_be_read_again_by_their_ordinal():
    broken = XML_RECORD.replace("DATA", "USSD")
    spec = all_rejections_allowed(xml_spec())
    stream = CappedStream(io.BytesIO(xml_file(XML_RECORD, broken, XML_RECORD)))
    (row,) = FileDecoder(spec, stream, WINDOW).rows_of({3})
    assert row.reason == "unknown_usage_type"
    assert CopyText(1, spec.key_field_names).line(row).startswith("3\t")
