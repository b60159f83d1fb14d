# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A sample tells what a format makes of it, and proposes a format of its own."""

import gzip
import io
from dataclasses import replace
from decimal import Decimal

import pytest
from mediation.proposal import propose
from mediation.record import UsageRecord
from mediation.spec import FieldSpec, FormatSpec
from mediation.trial import READ_LINES, SHOWN_LINES, Trial
from mediation_sample import (
    ONE_CALL,
    USAGE_UNITS,
    WINDOW,
    all_rejections_allowed,
    decode,
    fixed_file,
    shipped_spec,
    wholesale_file,
    wholesale_line,
)
from test_mediation_containers import XML_RECORD, sheet_call, sheet_file, xml_file
from test_mediation_decode import roaming_line

from odoo.addons.somconnexio_base.file_reading.errors import FileError
from odoo.addons.somconnexio_base.file_reading.stream import CappedStream


def tried(content, spec):
    return Trial(spec, CappedStream(io.BytesIO(content)), WINDOW)


def tried_wholesale(*lines, **changes):
    return tried(wholesale_file(*lines), shipped_spec("mobile_wholesale", **changes))


def test_trial_of_a_good_line_shows_each_text_and_its_value():
    trial = tried_wholesale(wholesale_line())
    (line,) = trial.lines
    assert (trial.error, trial.is_whole, line.fault) == (None, True, None)
    assert (line.cells["quantity"].found, line.cells["quantity"].value) == ("65", 65)
    assert line.cells["served_number"].value == "34612345678"
    assert not any(cell.error for cell in line.cells.values())


def test_trial_marks_every_wrong_field_of_a_line_with_its_reason():
    trial = tried_wholesale(wholesale_line(CANTIDAD="12x", TIPO="FAX", ORIGEN=""))
    (line,) = trial.lines
    reasons = {
        target: cell.error.reason for target, cell in line.cells.items() if cell.error
    }
    assert reasons == {
        "quantity": "bad_value",
        "usage_type": "unknown_usage_type",
        "served_number": "missing_value",
    }
    assert trial.error.code == "too_many_rejected"


@pytest.mark.parametrize(
    ("values", "target"),
    [({"FECHA": "03/10/2019"}, "started_at"), ({"CANTIDAD": "-1"}, "quantity")],
)
def test_trial_marks_what_is_out_of_range(values, target):
    (line,) = tried_wholesale(wholesale_line(**values)).lines
    faulty = [name for name, cell in line.cells.items() if cell.error]
    assert (faulty or [line.fault.field_name]) == [target]


def test_trial_tells_of_a_line_of_another_shape_as_a_whole():
    (line,) = tried_wholesale("not;such;a;line").lines
    assert (line.cells, line.fault.reason) == ({}, "structure")


def test_trial_shows_the_first_lines_and_then_wrong_ones_only():
    lines = [wholesale_line()] * 100 + [wholesale_line(CANTIDAD="x")] * 5
    trial = tried_wholesale(*lines)
    assert len(trial.lines) == SHOWN_LINES + 5
    assert trial.tally.row_count == 105


def test_trial_tells_why_a_file_would_be_quarantined():
    spec = shipped_spec("fixed_carrier")
    assert tried(fixed_file([ONE_CALL], count=9), spec).error.code == "control_count"
    assert tried(gzip.compress(b"x" * 99)[:-9], spec).error.code == "gzip_truncated"
    content = wholesale_file(wholesale_line()).replace(b"ORIGEN", b"LINEA")
    trial = tried(content, shipped_spec("mobile_wholesale"))
    assert (trial.error.code, trial.lines) == ("column_missing", [])


def test_trial_of_a_long_sample_reads_its_beginning():
    trial = tried_wholesale(*[wholesale_line()] * (READ_LINES + 10))
    assert (trial.error, trial.is_whole) == (None, False)


def spec_of(draft):
    """Return the format that a draft is, with what people would add."""
    fields = [dict(field) for field in draft.fields]
    return FormatSpec(
        **{"encoding": "utf-8", "timezone": "Europe/Madrid", **draft.settings},
        fields=tuple(FieldSpec(**field) for field in fields),
        usage_units=USAGE_UNITS,
        max_rejected_ratio=Decimal(1),
    )


def roaming_file():
    text = "".join(f"{roaming_line(recordId=f'r{n}')}\n" for n in range(5))
    return text.encode()


@pytest.mark.parametrize(
    ("content", "container"),
    [
        (wholesale_file(*[wholesale_line()] * 3), "delimited"),
        (sheet_file(*[sheet_call()] * 3), "xlsx"),
        (
            xml_file(*[XML_RECORD.replace("<volume>", "<bytes>9</bytes><volume>")] * 3),
            "xml_records",
        ),
        (b"612345678,911111111,2026-10-03 10:00:00,65\n" * 3, "delimited"),
    ],
)
def test_proposal_names_the_container(content, container):
    assert propose(content).settings["container"] == container


def test_proposal_for_a_wholesaler_reads_its_file_as_the_shipped_format_does():
    content = wholesale_file(wholesale_line(), wholesale_line(TIPO="SMS", SENTIDO="E"))
    draft = propose(content)
    assert draft.settings["encoding"] == "iso-8859-15"
    assert draft.settings["decimal_separator"] == ","
    proposed = decode(content, spec_of(draft))
    assert proposed == decode(content, shipped_spec("mobile_wholesale"))


def test_proposal_takes_an_end_of_line_at_the_end_for_a_rule():
    content = wholesale_file(wholesale_line(), wholesale_line())
    assert propose(content).settings["is_newline_terminated"]
    assert not propose(content[:-1]).settings["is_newline_terminated"]


def test_proposal_for_a_sheet_reads_it():
    content = sheet_file(sheet_call(), sheet_call(TIPO="SMS"))
    rows = decode(content, spec_of(propose(content)))
    assert all(isinstance(row, UsageRecord) for row in rows)


def test_proposal_for_records_with_paths_finds_what_has_a_usual_name():
    fields = {field["target"]: field for field in propose(roaming_file()).fields}
    assert fields["served_number"]["source"] == "msisdn"
    assert fields["started_at"]["pattern"] == "iso"
    assert fields["usage_type"]["value_map"] == {"DATA": "data"}


def test_proposal_for_xml_finds_the_element_that_is_a_record():
    draft = propose(xml_file(*[XML_RECORD] * 4))
    assert draft.settings["record_marker"] == "Record"
    assert {
        "target": "external_id",
        "source": "@id",
        "value_type": "text",
    } in draft.fields


def test_proposal_knows_fixed_width_but_not_its_fields():
    draft = propose(fixed_file([ONE_CALL] * 3))
    assert (draft.settings["container"], draft.fields) == ("fixed_width", [])


def test_proposal_of_a_header_in_another_language_maps_dates_and_durations():
    content = (
        b"Calling number,Called number,Date,Time,Duration,Price\n"
        b"612345678,911111111,2026-10-03,10:00:00,0:01:05,0.10\n"
    )
    (row,) = decode(content, spec_of(propose(content)))
    assert (row.quantity, row.usage_type, row.direction) == (65, "voice", "outgoing")


@pytest.mark.parametrize(
    "content", [b"", b"<a><b></a>", b"<!DOCTYPE a><a/>", b"PK\3\4"]
)
def test_proposal_for_what_cannot_be_opened_says_why(content):
    with pytest.raises(FileError):
        propose(content)


def test_proposal_for_garbage_is_an_empty_draft_or_an_error():
    for content in (b"\xff\xfe\x00", b"\0" * 100, bytes(range(256)) * 20, b"a\nb\n"):
        draft = propose(content)
        assert {field["target"] for field in draft.fields} <= {
            "usage_type",
            "direction",
        }


def test_trial_and_decoding_agree_on_every_line():
    lines = [wholesale_line(CANTIDAD=text) for text in ("1", "x", "", "-1", "99999")]
    spec = all_rejections_allowed(shipped_spec("mobile_wholesale"))
    spec = replace(spec)
    rows = decode(wholesale_file(*lines), spec)
    for line, row in zip(tried(wholesale_file(*lines), spec).lines, rows, strict=True):
        is_wrong = line.fault or any(cell.error for cell in line.cells.values())
        assert bool(is_wrong) == (not isinstance(row, UsageRecord))
