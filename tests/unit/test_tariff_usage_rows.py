# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The usage file of ``odoo rate_usage``: reading, faults."""

import io
from datetime import datetime, timezone

import pytest
from tariff_document import UsageError, UsageReader, parse, read_usage

DOCUMENT = parse({"format": "telecom-tariff/1", "code": "T", "name": "T"})
HEADER = "event_id,subscription,usage_type,started_at,quantity"


def read(*lines, document=DOCUMENT):
    text = "\n".join([HEADER, *lines])
    return list(read_usage(io.StringIO(text, newline=""), document))


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2026-10-05T12:00:00+02:00", datetime(2026, 10, 5, 10)),
        ("2026-10-05T12:00:00+0200", datetime(2026, 10, 5, 10)),
        ("2026-10-05T10:00:00Z", datetime(2026, 10, 5, 10)),
        ("2026-10-05 12:00", datetime(2026, 10, 5, 10)),
        ("2026-10-25 02:30:00", datetime(2026, 10, 25, 0, 30)),
        ("2026-10-25T02:30:00+01:00", datetime(2026, 10, 25, 1, 30)),
    ],
)
def test_instant_is_read_with_its_offset_or_in_the_document_s_zone(written, utc):
    [row] = read(f"1,A,voice,{written},60")
    assert row.started_at == utc


def test_dict_may_hold_an_instant_with_zone_and_numbers():
    row = {
        "event_id": 7,
        "subscription": "A",
        "usage_type": "voice",
        "started_at": datetime(2026, 10, 5, 10, tzinfo=timezone.utc),
        "quantity": 60,
    }
    [read_row] = UsageReader(DOCUMENT).read_all([row])
    assert (read_row.event_id, read_row.quantity) == ("7", "60")
    assert read_row.direction == "outgoing"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            ["1,A,voice,2026-10-05,60", "1,A,voice,2026-10-06,60"],
            "line 3, event_id: '1' is also on line 2",
        ),
        (["1,A,fax,2026-10-05,60"], "line 2, usage_type: 'fax' is none of"),
        (["1,A,voice,2026-10-05,-1"], "line 2, quantity: '-1' must"),
        (["1,A,voice,2026-10-05,1e999"], "line 2, quantity"),
        (["1,A,voice,2026-10-05,nan"], "line 2, quantity"),
        (["1,A,voice,yesterday,60"], "line 2, started_at: 'yesterday' is no instant"),
        (["1,A,voice,1026-10-05,60"], "does not lie between 2000 and 2099"),
        ([",A,voice,2026-10-05,60"], "line 2, event_id: is empty"),
        (["1,A,voice,2026-10-05"], "line 2: 4 values, and the header has 5"),
        (['1,"A,voice,2026-10-05,60'], "line 2: no CSV: unexpected end of data"),
        ([], "there is no usage below the header"),
    ],
)
def test_row_that_cannot_be_read_is_told_with_line_and_column(lines, said):
    with pytest.raises(UsageError) as raised:
        read(*lines)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("", "the file is empty"),
        ("event_id,subscription", "usage_type: is missing in the header"),
        (HEADER + ",colour", "colour: is no column"),
        (HEADER + ",quantity", "quantity: stands twice"),
    ],
)
def test_header_that_does_not_fit_is_told(header, said):
    with pytest.raises(UsageError) as raised:
        list(read_usage(io.StringIO(header, newline=""), DOCUMENT))
    assert said in str(raised.value)


def test_file_that_is_no_utf_8_is_told():
    stream = io.TextIOWrapper(io.BytesIO(HEADER.encode() + b"\n1,\xff"), "utf-8")
    with pytest.raises(UsageError, match="no UTF-8"):
        list(read_usage(stream, DOCUMENT))


def test_subscription_that_the_document_does_not_list_is_told():
    document = parse(
        {
            "format": "telecom-tariff/1",
            "code": "T",
            "name": "T",
            "subscriptions": [{"code": "A"}],
        }
    )
    with pytest.raises(UsageError, match="line 2, subscription: 'B' is none of"):
        read("1,B,voice,2026-10-05,60", document=document)
