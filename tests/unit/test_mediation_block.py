# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Lines decoded many at once give what they give one by one, fault for fault."""

import io
import json
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st
from mediation.containers.picker import FAULT
from mediation.copy_text import COLUMNS, CopyText
from mediation.decode import FileDecoder
from mediation.errors import FieldError
from mediation.row_decoder import RowDecoder
from mediation.start_columns import Hours
from mediation_golden import FORMATS, golden_inputs
from mediation_sample import (
    ONE_CALL,
    WHOLESALE_HEADER,
    WINDOW,
    all_rejections_allowed,
    fixed_file,
    shipped_spec,
    wholesale_file,
    wholesale_line,
)

from odoo.addons.somconnexio_base.file_reading.errors import FileError
from odoo.addons.somconnexio_base.file_reading.stream import CappedStream

COST = COLUMNS.index("wholesale_cost")


def comparable(line):
    """Return a COPY line's columns; costs as numbers, as PostgreSQL takes them."""
    columns = line.split("\t")
    if columns[COST] != "\\N":
        columns[COST] = Decimal(columns[COST])
    return columns


def both_ways(content, spec):
    """Return the outcome of decoding one by one, and of decoding many at once."""
    return [outcome(content, spec, way) for way in (one_by_one, many_at_once)]


def one_by_one(decoder, writer):
    return map(writer.line, decoder)


def many_at_once(decoder, writer):
    return decoder.copy_lines(writer)


def outcome(content, spec, way):
    decoder = FileDecoder(spec, CappedStream(io.BytesIO(content)), WINDOW)
    writer = CopyText(1, spec.key_field_names)
    try:
        lines = [comparable(line) for line in way(decoder, writer)]
    except FileError as error:
        return error.code, error.values
    return lines, decoder.tally, decoder.control.values, decoder.control.notes


def assert_alike(content, spec):
    singly, together = both_ways(content, spec)
    assert singly == together


@pytest.mark.parametrize("path", golden_inputs(), ids=lambda path: path.name)
def test_golden_file_is_decoded_alike_both_ways(path):
    spec = shipped_spec(FORMATS[path.name.split("_")[0]])
    assert_alike(path.read_bytes(), all_rejections_allowed(spec))


cells = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", " ", "\\", "\\N", "a\rb", "0", "-5", "+5", "007", "1e3", "1.5", "0,10"]
        + ["34612345678", "612345678", "0034612345678", "+33123456789", "012345678"]
        + ["٦١٢٣٤٥٦٧٨", "112", "86400", "86401", "9" * 16, "29/03/2026", "02:10:00"]
        + ["25/10/2026", "02:59:59", "24:00:00", "1:2:3", "10:22", "23:59:60"]
        + ["15/11/2025", "14/11/2026", "00:00:00", "VOZ", "SMS", "S", "E", "x" * 129]
        + ['"', '"a;b"', ";", "E\0"]
    ),
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.dictionaries(st.sampled_from(WHOLESALE_HEADER.split(";")), cells)),
    st.sampled_from(["", '"']),
)
def test_any_delimited_values_are_decoded_alike_both_ways(rows, quote_char):
    spec = all_rejections_allowed(shipped_spec("mobile_wholesale"))
    text = "".join(f"{wholesale_line(**row)}\n" for row in rows)
    content = f"{WHOLESALE_HEADER}\n{text}".encode("iso-8859-15", "replace")
    assert_alike(content, replace(spec, quote_char=quote_char))


json_cells = st.one_of(
    cells,
    st.none(),
    st.booleans(),
    st.integers(-5, 10**18),
    st.floats(),
    st.sampled_from([1.5, 10**400, {"uplink": 1}, [1], "2026-10-03T10:22:33Z"])
    | st.sampled_from(["2026-03-29T02:30:00", "2026-10-25T02:30:00", "20261003T102233"])
    | st.sampled_from(["2026-10-03T10:22:33.5+02:00", "2026-10-03T10:22:33+05:45"])
    | st.sampled_from(["2026-10-03 10:22:33", "2026-W40-6T10:22:33", "2026-10-03"]),
)
json_names = ["recordId", "type", "msisdn", "start", "peer", "direction", "cost"]
json_names += ["durationSeconds", "messages", "volume", "visited"]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.dictionaries(st.sampled_from(json_names), json_cells),
            st.fixed_dictionaries(
                {"volume": st.dictionaries(st.sampled_from(["uplink"]), json_cells)}
            ),
            json_cells,
        )
    ),
    st.sampled_from(["Europe/Madrid", "Asia/Kolkata", "Australia/Lord_Howe"]),
)
def test_any_json_values_are_decoded_alike_both_ways(documents, timezone):
    good = {
        "type": "DATA",
        "msisdn": "+34612345678",
        "start": "2026-10-03T10:22:33+02:00",
        "volume": {"uplink": 123, "downlink": 456},
    }
    lines = [
        json.dumps({**good, **document} if isinstance(document, dict) else document)
        for document in documents
    ]
    spec = replace(shipped_spec("data_roaming"), timezone=timezone)
    content = "".join(f"{line}\n" for line in lines)
    assert_alike(content.encode(), all_rejections_allowed(spec))


@pytest.mark.parametrize(
    "lines",
    [
        ['{"a":1', ',"b":2}'],
        ['{"type":"DATA"} ', ' {"type":"DATA"}'],
        ['{"type":"DATA"}{"type":"DATA"}'],
        ["[" * 30_000],
        ['{"volume":{"uplink":' + "9" * 5_000 + "}}"],
        ['{"type":"DATA"}\\', "\ufeff{}", "\x00{}"],
    ],
)
def test_json_that_is_no_object_a_line_is_decoded_alike_both_ways(lines):
    content = "".join(f"{line}\n" for line in lines).encode()
    assert_alike(content, all_rejections_allowed(shipped_spec("data_roaming")))


calls = st.tuples(
    st.sampled_from(["34931234567", "931234567", "", "9312E4567"]),
    st.sampled_from(["612345678", "112", ""]),
    st.integers(0, 90_000),
    st.integers(0, 10**6),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(calls, max_size=12), st.sampled_from([None, 1]), st.booleans())
def test_any_fixed_width_file_is_decoded_alike_both_ways(details, told, has_cut_line):
    content = fixed_file(details, seconds=told)
    if has_cut_line:
        content = content.replace(b"NAO", b"NA\r\n", 1)
    assert_alike(content, all_rejections_allowed(shipped_spec("fixed_carrier")))


GOOD_JSON = (
    '{"type":"DATA","msisdn":"+34612345678","start":"2026-10-03T10:22:33Z",'
    '"volume":{"uplink":1,"downlink":2}}'
)


@pytest.mark.parametrize("rest", ["x", "{}", " ", ",", "\\", "\0"])
def test_what_follows_an_object_on_its_line_is_decoded_alike_both_ways(rest):
    content = f"{GOOD_JSON}{rest}\n{GOOD_JSON}\n".encode()
    assert_alike(content, all_rejections_allowed(shipped_spec("data_roaming")))


@pytest.mark.parametrize(
    "values",
    [
        {"DESCRIPCION": "a\0b"},
        {"DESCRIPCION": "x" * 70_000},
        {"ORIGEN": "001234567"},
        {"ORIGEN": "000123456"},
        {"DESTINO": "061234567"},
        {"ID_REGISTRO": "a\\b"},
        {"DESCRIPCION": "a\tb\\"},
    ],
)
def test_wholesale_line_with_a_snag_is_decoded_alike_both_ways(values):
    content = wholesale_file(wholesale_line(), wholesale_line(**values))
    assert_alike(content, all_rejections_allowed(shipped_spec("mobile_wholesale")))


@pytest.mark.parametrize(
    "minutes",
    [(0, 15, 30, 105), (0, 15, 90, 45), (30, 45, 60, 75), (0, 15, 30, None)],
)
def test_hour_that_does_not_run_evenly_is_left_to_the_row_decoder(minutes):
    answers = iter(minutes)

    def read(_head, _rest):
        minute = next(answers)
        if minute is None:
            raise FieldError("bad_value")
        return datetime(2026, 10, 3, 8) + timedelta(minutes=minute)

    assert Hours(read, ":%M:%S", WINDOW)["03/10/2026 10"] == FAULT


def test_hour_that_runs_evenly_is_its_own_text():
    quarters = iter(datetime(2026, 10, 3, 8, minute) for minute in (0, 15, 30, 45))
    hours = Hours(lambda _head, _rest: next(quarters), ":%M:%S", WINDOW)
    assert hours["03/10/2026 10"] == "2026-10-03 08"


def test_lines_beyond_one_block_keep_their_order_and_their_numbers():
    lines = [wholesale_line(CANTIDAD=f"{number % 7}") for number in range(2_500)]
    lines[1_200] = "broken"
    spec = shipped_spec("mobile_wholesale")
    decoder = FileDecoder(
        spec, CappedStream(io.BytesIO(wholesale_file(*lines))), WINDOW
    )
    copied = list(decoder.copy_lines(CopyText(1, spec.key_field_names)))
    assert [line.split("\t")[0] for line in copied] == [
        str(number) for number in range(2, 2_502)
    ]
    assert (decoder.tally.row_count, decoder.tally.rejected_count) == (2_500, 1)


def test_clean_lines_never_need_the_row_decoder(monkeypatch):
    def asked(*_args):
        raise AssertionError("a clean line was decoded by itself")

    monkeypatch.setattr(RowDecoder, "__call__", asked)
    for code, content in (
        ("mobile_wholesale", wholesale_file(wholesale_line(), wholesale_line())),
        ("data_roaming", golden_inputs()[0].read_bytes().splitlines(True)[0]),
    ):
        outcome(content, shipped_spec(code), many_at_once)


def test_trailer_is_checked_when_many_lines_are_decoded_at_once():
    spec = shipped_spec("fixed_carrier")
    content = fixed_file([ONE_CALL] * 2_000, cost=1)
    assert outcome(content, spec, many_at_once)[0] == "control_cost"
    assert (
        outcome(fixed_file([ONE_CALL] * 2_000), spec, many_at_once)[1].row_count == 2000
    )
