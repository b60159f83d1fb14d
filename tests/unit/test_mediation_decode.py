# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Lines of the shipped formats become records or say why they do not."""

import json
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from mediation.errors import SpecError
from mediation.record import Rejection, UsageRecord
from mediation.spec import FieldSpec, FormatSpec
from mediation_sample import (
    ONE_CALL,
    USAGE_UNITS,
    all_rejections_allowed,
    decode,
    decode_one,
    decode_wholesale,
    fixed_file,
    shipped_spec,
    wholesale_file,
    wholesale_line,
)

from odoo.addons.somconnexio_base.file_reading.errors import FileError


def roaming_line(**values):
    document = {
        "recordId": "r1",
        "type": "DATA",
        "msisdn": "+34612345678",
        "start": "2026-10-03T10:22:33+02:00",
        "volume": {"uplink": 123, "downlink": 456},
        "cost": "0.000123",
        **values,
    }
    return json.dumps({name: v for name, v in document.items() if v is not None})


def decode_roaming(*lines):
    spec = all_rejections_allowed(shipped_spec("data_roaming"))
    return decode("".join(line + "\n" for line in lines).encode(), spec)


def test_wholesale_call_becomes_a_record():
    line = wholesale_line()
    assert decode_one() == UsageRecord(
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
        raw_line=line,
    )


@pytest.mark.parametrize(
    ("values", "reason", "field"),
    [
        ({"ORIGEN": ""}, "missing_value", "served_number"),
        ({"CANTIDAD": " "}, "missing_value", "quantity"),
        ({"FECHA": "31/02/2026"}, "bad_value", "started_date"),
        ({"HORA": "25:61:00"}, "bad_value", "started_time"),
        ({"FECHA": "29/03/2026", "HORA": "02:10:00"}, "bad_value", "started_at"),
        ({"CANTIDAD": "12x"}, "bad_value", "quantity"),
        ({"SENTIDO": "X"}, "bad_value", "direction"),
        ({"COSTE": "0.0125"}, "bad_value", "wholesale_cost"),
        ({"TIPO": "FAX"}, "unknown_usage_type", "usage_type"),
        ({"FECHA": "03/10/2019"}, "out_of_range", "started_at"),
        ({"FECHA": "03/10/2041"}, "out_of_range", "started_at"),
        ({"CANTIDAD": "-35"}, "out_of_range", "quantity"),
        ({"CANTIDAD": "86401"}, "out_of_range", "quantity"),
        ({"DESCRIPCION": "too;many"}, "structure", None),
    ],
)
def test_wholesale_line_with_one_fault_is_rejected_for_it(values, reason, field):
    row = decode_one(**values)
    assert (row.reason, row.field_name) == (reason, field)


def test_rejection_tells_what_was_found_and_what_was_expected():
    row = decode_one(FECHA="31/02/2026")
    assert (row.line_number, row.detail, row.expected) == (2, "31/02/2026", "%d/%m/%Y")
    assert row.raw_line == wholesale_line(FECHA="31/02/2026")


def test_call_of_24_hours_and_of_none_are_records():
    longest, shortest = decode_wholesale(
        wholesale_line(CANTIDAD="86400"), wholesale_line(CANTIDAD="0")
    )
    assert (longest.quantity, shortest.quantity) == (86400, 0)


def test_cost_and_other_number_may_be_missing():
    row = decode_one(COSTE="", DESTINO="")
    assert (row.wholesale_cost, row.other_number) == (None, None)


def test_columns_are_found_by_name_wherever_they_are():
    names = ["ORIGEN", "EXTRA", "TIPO", "SENTIDO", "DESTINO", "FECHA", "HORA"]
    names += ["CANTIDAD", "COSTE", "ID_REGISTRO"]
    values = [
        "612345678",
        "?",
        "SMS",
        "E",
        "112",
        "03/10/2026",
        "10:00:00",
        "1",
        "",
        "",
    ]
    content = f"{';'.join(names)}\n{';'.join(values)}\n".encode()
    (row,) = decode(content, shipped_spec("mobile_wholesale"))
    assert (row.usage_type, row.direction, row.other_number) == (
        "sms",
        "incoming",
        "34112",
    )


def test_missing_column_quarantines_and_names_the_others():
    content = wholesale_file(wholesale_line()).replace(b"ORIGEN", b"LINEA")
    with pytest.raises(FileError) as caught:
        decode(content, shipped_spec("mobile_wholesale"))
    assert caught.value.code == "column_missing"
    assert caught.value.values["column"] == "ORIGEN"
    assert "LINEA" in caught.value.values["columns"]


def test_column_that_is_there_twice_quarantines():
    content = wholesale_file(wholesale_line()).replace(b"DESCRIPCION", b"COSTE")
    with pytest.raises(FileError, match="column_twice"):
        decode(content, shipped_spec("mobile_wholesale"))


def test_quoted_values_may_hold_the_delimiter():
    (row,) = decode_wholesale(
        wholesale_line(DESCRIPCION='"a;b"', ORIGEN='"612345678"'), quote_char='"'
    )
    assert row.served_number == "34612345678"


def test_quote_that_does_not_end_is_a_structure_fault():
    (row,) = decode_wholesale(wholesale_line(DESCRIPCION='"a'), quote_char='"')
    assert row.reason == "structure"


def test_more_rejected_lines_than_allowed_quarantine_and_show_the_first():
    lines = [wholesale_line()] * 8 + [wholesale_line(CANTIDAD="x")] * 2
    with pytest.raises(FileError) as caught:
        decode(wholesale_file(*lines), shipped_spec("mobile_wholesale"))
    values = caught.value.values
    assert caught.value.code == "too_many_rejected"
    assert (values["rejected"], values["rows"], values["line"]) == (2, 10, 10)
    assert (values["field"], values["found"]) == ("quantity", "x")


def test_as_many_rejected_lines_as_allowed_are_kept():
    lines = [wholesale_line()] * 9 + [wholesale_line(CANTIDAD="x")]
    rows = decode(wholesale_file(*lines), shipped_spec("mobile_wholesale"))
    assert [row.__class__ for row in rows] == [UsageRecord] * 9 + [Rejection]


def test_fixed_width_call_becomes_a_record():
    (row,) = decode(fixed_file([ONE_CALL]), shipped_spec("fixed_carrier"))
    assert row._replace(raw_line="") == UsageRecord(
        line_number=2,
        external_id="00000001",
        usage_type="voice",
        direction="outgoing",
        served_number="34931234567",
        other_number="34612345678",
        started_at=datetime(2026, 10, 3, 8, 22, 33),
        quantity=65,
        visited_country=None,
        wholesale_cost=Decimal("0.0125"),
        raw_line="",
    )


@pytest.mark.parametrize(
    ("lie", "code"),
    [
        ({"count": 2}, "control_count"),
        ({"seconds": 66}, "control_quantity"),
        ({"cost": 124}, "control_cost"),
        ({"trailer": False}, "trailer_missing"),
        ({"header": False}, "header_missing"),
    ],
)
def test_fixed_width_file_that_contradicts_itself_is_quarantined(lie, code):
    with pytest.raises(FileError, match=code):
        decode(fixed_file([ONE_CALL], **lie), shipped_spec("fixed_carrier"))


def test_line_after_the_trailer_quarantines():
    content = fixed_file([ONE_CALL]) + fixed_file([ONE_CALL])
    with pytest.raises(FileError, match="after_trailer"):
        decode(content, shipped_spec("fixed_carrier"))


def test_trailer_that_cannot_be_read_quarantines():
    content = fixed_file([ONE_CALL]).replace(b"T00000001", b"T0000000X")
    with pytest.raises(FileError, match="control_unreadable"):
        decode(content, shipped_spec("fixed_carrier"))


def test_sequence_number_that_no_column_holds_quarantines():
    spec = shipped_spec("fixed_carrier")
    number, *others = spec.header_fields
    long = replace(spec, header_fields=(replace(number, source="10:18"), *others))
    with pytest.raises(FileError, match="control_unreadable") as caught:
        decode(fixed_file([ONE_CALL]), long)
    assert caught.value.values["expected"] == "<= 2147483647"


def test_sums_include_rejected_lines_that_can_be_added_up():
    unknown = ("3493ABC", "612345678", 10, 5)
    rows = decode(fixed_file([ONE_CALL] * 9 + [unknown]), shipped_spec("fixed_carrier"))
    assert rows[-1].reason == "bad_value"


def test_sums_are_not_verified_when_a_line_cannot_be_added_up():
    content = fixed_file([ONE_CALL] * 10, seconds=1).replace(b"0000065", b"00000x5", 1)
    rows = decode(content, shipped_spec("fixed_carrier"))
    assert [row.reason for row in rows if isinstance(row, Rejection)] == ["bad_value"]


def test_line_of_another_kind_is_a_structure_fault():
    content = fixed_file([ONE_CALL] * 10).replace(b"D00000003", b"X00000003")
    rows = decode(content, shipped_spec("fixed_carrier", trailer_fields=()))
    assert rows[2].reason == "structure"


def test_roaming_data_is_the_sum_of_both_ways():
    (row,) = decode_roaming(roaming_line(visited={"mcc": "208", "country": "FR"}))
    assert (row.usage_type, row.quantity, row.direction) == ("data", 579, "outgoing")
    assert (row.visited_country, row.other_number) == ("FR", None)
    assert row.wholesale_cost == Decimal("0.000123")


@pytest.mark.parametrize("visited", [None, {"mcc": "214", "country": "ES"}, {}])
def test_roaming_at_home_has_no_country(visited):
    (row,) = decode_roaming(roaming_line(visited=visited))
    assert row.visited_country is None


@pytest.mark.parametrize(
    ("values", "quantity"),
    [
        ({"type": "VOICE", "durationSeconds": 61, "direction": "MT"}, 61),
        ({"type": "SMS", "messages": 1, "direction": "MO"}, 1),
    ],
)
def test_roaming_quantity_is_the_first_that_is_there(values, quantity):
    (row,) = decode_roaming(roaming_line(volume=None, peer="+33612345678", **values))
    assert (row.quantity, row.other_number) == (quantity, "33612345678")


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"volume": None}, "missing_value"),
        ({"volume": {"uplink": 1}}, "missing_value"),
        ({"volume": {"uplink": 1, "downlink": "much"}}, "bad_value"),
        ({"volume": {"uplink": 1, "downlink": True}}, "structure"),
        ({"volume": {"uplink": 1.5, "downlink": 2}}, "bad_value"),
        ({"msisdn": ["+34612345678"]}, "structure"),
        ({"type": "USSD"}, "unknown_usage_type"),
        ({"visited": {"country": "France"}}, "bad_value"),
        ({"recordId": "\ud800"}, "bad_value"),
        ({"recordId": "a\u0000"}, "bad_value"),
    ],
)
def test_roaming_line_with_one_fault_is_rejected_for_it(values, reason):
    (row,) = decode_roaming(roaming_line(**values))
    assert row.reason == reason


@pytest.mark.parametrize(
    "line",
    [
        "[1]",
        '{"a":',
        "null",
        '{"a": NaN}',
        "[" * 30_000,
        '{"quantity": ' + "9" * 5_000 + "}",
        '{"cost": 1e999999999}',
    ],
)
def test_json_that_is_no_usage_is_a_structure_fault_or_lacks_values(line):
    (row,) = decode_roaming(line)
    assert row.reason in ("structure", "missing_value")


def test_json_number_in_scientific_notation_is_read_exactly():
    (row,) = decode_roaming(roaming_line(cost=None)[:-1] + ', "cost": 1.23e-4}')
    assert row.wholesale_cost == Decimal("0.000123")


def minimal_fields(**changes):
    fields = {
        "usage_type": FieldSpec("usage_type", "", "choice", default="data"),
        "direction": FieldSpec("direction", "", "choice", default="outgoing"),
        "served_number": FieldSpec("served_number", "1", "number"),
        "started_at": FieldSpec("started_at", "2", "datetime"),
        "quantity": FieldSpec("quantity", "3", "decimal", factor=Decimal("1.5")),
        **changes,
    }
    return tuple(field for field in fields.values() if field)


def test_columns_can_be_numbered():
    spec = FormatSpec("delimited", minimal_fields(), USAGE_UNITS, delimiter="|")
    (row,) = decode(b"612345678|2026-10-03T10:00:00Z|3\n", spec)
    assert (row.usage_type, row.quantity) == ("data", Decimal("4.5"))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"fields": minimal_fields(quantity=None)}, "target_missing"),
        (
            {"fields": minimal_fields(x=FieldSpec("quantity", "9", "integer"))},
            "target_twice",
        ),
        (
            {"fields": minimal_fields(x=FieldSpec("started_date", "9", "date"))},
            "start_halves",
        ),
        (
            {
                "fields": minimal_fields(
                    direction=FieldSpec("direction", "", "choice", default="up")
                )
            },
            "unknown_meaning",
        ),
        ({"key_field_names": ("served_number",)}, "start_not_in_key"),
        ({"key_field_names": ("started_at", "colour")}, "unknown_key_field"),
        ({"delimiter": ""}, "not_one_character"),
        ({"delimiter": "\n"}, "unfit_separators"),
        ({"quote_char": ";"}, "unfit_separators"),
        ({"country_code": "+34"}, "not_country_code"),
        ({"country_code": "034"}, "not_country_code"),
        ({"national_number_length": 0}, "number_length"),
        ({"national_number_length": 14}, "number_length"),
        ({"international_prefix": "+"}, "not_digits"),
        ({"container": "xml"}, "unknown_container"),
        (
            {"trailer_fields": (FieldSpec("control_count", "1", "integer"),)},
            "no_marker",
        ),
    ],
)
def test_format_that_cannot_work_is_refused(changes, code):
    values = {"container": "delimited", "fields": minimal_fields(), **changes}
    with pytest.raises(SpecError, match=code):
        FormatSpec(usage_units=USAGE_UNITS, **values)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"target": "colour", "source": "1"}, "unknown_target"),
        ({"target": "quantity", "source": "1", "value_type": "text"}, "value_type"),
        ({"target": "external_id"}, "no_source"),
        (
            {
                "target": "quantity",
                "source": "1",
                "value_type": "integer",
                "factor": Decimal(0),
            },
            "factor",
        ),
        ({"target": "external_id", "source": "a + b"}, "sum_of_text"),
        ({"target": "external_id", "source": "a | | b"}, "empty_atom"),
    ],
)
def test_field_that_cannot_work_is_refused(values, code):
    with pytest.raises(SpecError, match=code):
        FieldSpec(**values)


@pytest.mark.parametrize(
    ("container", "source", "code"),
    [
        ("delimited", "NAME", "not_a_column_number"),
        ("delimited", "0", "not_a_column_number"),
        ("fixed_width", "10", "not_start_length"),
        ("fixed_width", "0:4", "not_start_length"),
        ("json_lines", "a..b", "not_a_path"),
    ],
)
def test_source_that_does_not_suit_its_container_is_refused(container, source, code):
    fields = minimal_fields(
        served_number=FieldSpec("served_number", source, "number"),
        started_at=FieldSpec("started_at", "", "datetime", default="2026-10-03"),
        quantity=FieldSpec("quantity", "", "integer", default="1"),
    )
    with pytest.raises(SpecError, match=code):
        decode(b"x\n", FormatSpec(container, fields, USAGE_UNITS))
