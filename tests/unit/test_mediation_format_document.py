# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Formats written as a document are read back as they were, and mistakes are named."""

import copy
import json

import pytest
from hypothesis import given, strategies as st
from mediation.format_document import (
    FIELD_KEYS,
    FORMAT_KEYS,
    MAX_BYTES,
    DocumentError,
    differences,
    read_document,
    write_document,
)

FIELD = {
    **{key: usual for key, (_kind, usual) in FIELD_KEYS.items()},
    "target": "quantity",
    "source": "SECONDS",
    "value_type": "integer",
}
FORMAT = {
    **{key: usual for key, (_kind, usual) in FORMAT_KEYS.items()},
    "code": "carrier",
    "name": "Operadora: trucades",
    "container": "delimited",
    "key_field_names": "served_number started_at",
    "fields": [FIELD, {**FIELD, "target": "usage_type", "value_map": {"VOZ": "voice"}}],
}


def changed(place, value):
    """Return the document of FORMAT, as data, with one value replaced."""
    document = json.loads(write_document([FORMAT]))
    spot = document
    for key in place[:-1]:
        spot = spot[key]
    spot[place[-1]] = value
    return json.dumps(document).encode()


def fault_of(content):
    with pytest.raises(DocumentError) as caught:
        read_document(content)
    return caught.value.place, caught.value.code


texts = st.text(max_size=8)
any_field = st.fixed_dictionaries(
    {
        **{key: texts for key in FIELD_KEYS},
        "factor": st.decimals(allow_nan=False, allow_infinity=False).map(str),
        "value_map": st.dictionaries(texts, texts, max_size=3),
        "is_required": st.booleans(),
    }
)
any_format = st.fixed_dictionaries(
    {
        **{key: texts for key in FORMAT_KEYS},
        "has_column_header": st.booleans(),
        "is_newline_terminated": st.booleans(),
        "record_length": st.integers(),
        "national_number_length": st.integers(),
        "max_rejected_ratio": st.just("0.25"),
        "fields": st.lists(
            any_field, max_size=4, unique_by=lambda f: (f["line_kind"], f["target"])
        ),
    }
)


@given(st.lists(any_format, max_size=3, unique_by=lambda values: values["code"]))
def test_any_formats_are_read_back_as_they_were_written(formats):
    assert read_document(write_document(formats).encode()) == formats


def test_document_leaves_out_what_is_usual():
    written = json.loads(write_document([FORMAT]))["formats"][0]
    assert written["fields"][0] == {
        "target": "quantity",
        "source": "SECONDS",
        "value_type": "integer",
    }
    assert "delimiter" not in written


@pytest.mark.parametrize(
    ("place", "value", "fault"),
    [
        (["document"], "other", ("document", "not_this_document")),
        (["version"], 2, ("version", "not_this_document")),
        (["more"], 1, ("more", "unknown_key")),
        (["formats"], {}, ("formats", "kind")),
        (["formats", 0], [], ("formats[0]", "kind")),
        (["formats", 0, "encoding"], 8, ("formats[0].encoding", "kind")),
        (["formats", 0, "encodign"], "x", ("formats[0].encodign", "unknown_key")),
        (["formats", 0, "code"], None, ("formats[0].code", "missing")),
        (["formats", 0, "record_length"], True, ("formats[0].record_length", "kind")),
        (["formats", 0, "fields"], None, ("formats[0].fields", "kind")),
        (
            ["formats", 0, "fields", 1, "factor"],
            60,
            ("formats[0].fields[1].factor", "kind"),
        ),
        (
            ["formats", 0, "fields", 1, "factor"],
            "NaN",
            ("formats[0].fields[1].factor", "kind"),
        ),
        (
            ["formats", 0, "fields", 1, "value_map"],
            {"VOZ": 1},
            ("formats[0].fields[1].value_map", "kind"),
        ),
        (
            ["formats", 0, "fields", 1, "target"],
            "quantity",
            ("formats[0].fields[1].target", "twice"),
        ),
    ],
)
def test_mistake_in_a_document_is_named_with_its_place(place, value, fault):
    assert fault_of(changed(place, value)) == fault


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", ("document", "no_json")),
        (b"\xff", ("document", "no_json")),
        (b"[" * 100_000, ("document", "no_json")),
        (b"[]", ("document", "kind")),
        (b'{"a": 1, "a": 2}', ("a", "twice")),
        (b" " * (MAX_BYTES + 1), ("document", "too_large")),
    ],
)
def test_what_is_no_document_is_refused(content, fault):
    assert fault_of(content) == fault


def test_format_that_is_there_twice_is_refused():
    content = write_document([FORMAT, FORMAT]).encode()
    assert fault_of(content) == ("formats[1].code", "twice")


def test_differences_name_each_value_that_changes():
    after = copy.deepcopy(FORMAT)
    after["encoding"] = "cp1252"
    after["fields"][0]["source"] = "DURATION"
    after["fields"].append({**FIELD, "target": "wholesale_cost"})
    assert differences(FORMAT, after) == [
        (("encoding",), "utf-8", "cp1252"),
        (("record", "wholesale_cost"), None, "wholesale_cost"),
        (("record", "quantity", "source"), "SECONDS", "DURATION"),
    ]
    assert differences(FORMAT, FORMAT) == []
    assert differences(None, FORMAT) == [((), None, "carrier")]


def test_differences_tell_of_fields_that_go_and_of_another_order():
    after = {**FORMAT, "fields": FORMAT["fields"][1:]}
    assert differences(FORMAT, after) == [(("record", "quantity"), "quantity", None)]
    turned = {**FORMAT, "fields": FORMAT["fields"][::-1]}
    assert differences(FORMAT, turned) == [
        (("fields",), "quantity, usage_type", "usage_type, quantity")
    ]
