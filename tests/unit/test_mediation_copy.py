# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What is written for COPY is read back by PostgreSQL as it was, with its key."""

import re
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from mediation.copy_text import COLUMNS, CopyText, copy_batches, escaped
from mediation.prefetch import prefetch
from mediation.record import Rejection
from mediation_sample import ROOT, decode_one, shipped_spec

STAGING = Path("addons/somconnexio_billing/sql/12_create_staging.sql")
KEY_FIELDS = shipped_spec("mobile_wholesale").key_field_names
_ESCAPED = {"\\\\": "\\", "\\t": "\t", "\\n": "\n", "\\r": "\r"}


def columns_of(line):
    """Return the columns of a COPY line by name, as PostgreSQL reads them."""
    assert line.endswith("\n")
    assert line.count("\n") == 1
    texts = line[:-1].split("\t")
    return {
        name: None if text == "\\N" else unescaped(text)
        for name, text in zip(COLUMNS, texts, strict=True)
    }


def unescaped(text):
    return re.sub(r"\\.", lambda found: _ESCAPED[found[0]], text)


def key_of(row, namespace=1, key_fields=KEY_FIELDS):
    return columns_of(CopyText(namespace, key_fields).line(row))["event_key"]


def test_columns_are_those_of_the_staging_table():
    statement = (ROOT / STAGING).read_text()
    names = re.findall(r"^    (\w+) ", statement, re.MULTILINE)
    assert tuple(names) == COLUMNS


def test_record_is_written_value_by_value():
    columns = columns_of(CopyText(1, KEY_FIELDS).line(decode_one(COSTE="")))
    assert columns["served_number"] == "34612345678"
    assert columns["started_at"] == "2026-10-03 08:22:33"
    assert columns["quantity"] == "65"
    assert columns["wholesale_cost"] is None
    assert columns["reason"] is None
    assert re.fullmatch("[0-9a-f]{32}", columns["event_key"])


def test_rejection_is_written_with_its_reason_and_no_values():
    row = Rejection(7, "a\tb", "bad_value", "quantity", "x\\", "0-9")
    columns = columns_of(CopyText(1, KEY_FIELDS).line(row))
    assert {name: text for name, text in columns.items() if text is not None} == {
        "line_number": "7",
        "raw_line": "a\tb",
        "reason": "bad_value",
        "field_name": "quantity",
        "detail": "x\\",
        "expected": "0-9",
    }


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_any_text_survives_being_escaped(text):
    assert unescaped(escaped(text)) == text
    assert not set(escaped(text)) & set("\t\n\r")


def test_key_of_a_record_sent_again_under_another_id_and_cost_is_the_same():
    sent_again = decode_one(ID_REGISTRO="99", COSTE="0,9999", DESCRIPCION="Otra")
    assert key_of(decode_one()) == key_of(sent_again)


def test_key_of_the_same_quantity_written_otherwise_is_the_same():
    assert key_of(decode_one(CANTIDAD="65")) == key_of(decode_one(CANTIDAD="0065"))


@pytest.mark.parametrize(
    "values",
    [
        {"ORIGEN": "612345679"},
        {"DESTINO": "933334445"},
        {"SENTIDO": "E"},
        {"TIPO": "MMS"},
        {"HORA": "10:22:34"},
        {"CANTIDAD": "66"},
    ],
)
def test_key_changes_with_each_field_that_makes_an_event(values):
    assert key_of(decode_one()) != key_of(decode_one(**values))


def test_key_of_two_companies_differs():
    assert key_of(decode_one(), namespace=1) != key_of(decode_one(), namespace=2)


def test_key_can_take_in_the_providers_id():
    fields = ("external_id", "started_at")
    first, second = decode_one(), decode_one(ID_REGISTRO="99")
    assert key_of(first, 1, fields) != key_of(second, 1, fields)


def test_batches_hold_all_lines_in_order():
    assert list(copy_batches(["1\n", "2\n", "3\n"], 2)) == [b"1\n2\n", b"3\n"]
    assert list(copy_batches([], 2)) == []


def test_prefetching_changes_nothing_in_what_comes():
    assert list(prefetch(iter(range(1000)))) == list(range(1000))


def test_prefetching_raises_in_its_place_what_making_raises():
    def items():
        yield 1
        raise ValueError("second")

    made = prefetch(items())
    assert next(made) == 1
    with pytest.raises(ValueError, match="second"):
        next(made)


def test_prefetching_makes_only_a_few_items_early():
    made = []
    items = prefetch((made.append(number) or number for number in range(100)), ahead=2)
    next(items)
    time.sleep(0.2)
    assert len(made) <= 5
    items.close()


def test_prefetching_given_up_leaves_no_thread_behind():
    before = threading.active_count()
    items = prefetch(iter(range(10**9)))
    next(items)
    items.close()
    assert threading.active_count() == before
