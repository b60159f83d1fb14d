# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Each kind of value is read exactly, or refused by name."""

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st
from mediation.errors import FieldError, SpecError
from mediation.instants import DayReader, IsoReader, LocalReader, TimeReader, combine
from mediation.phone_number import NumberReader
from mediation.values import (
    ChoiceReader,
    CountryReader,
    DecimalReader,
    IntegerReader,
    Memo,
    canonical,
    read_duration,
    read_text,
)

MADRID = "Europe/Madrid"
read_number = NumberReader("34", 9)


def refused(read, text):
    """Return the reason for which a reader refuses a text."""
    with pytest.raises(FieldError) as caught:
        read(text)
    return caught.value.reason


@pytest.mark.parametrize(
    "written",
    ["612345678", "+34612345678", "0034612345678", "34612345678", "612 34 56 78"],
)
def test_number_written_in_any_usual_way_is_one_number(written):
    assert read_number(written) == "34612345678"


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("112", "34112"),
        ("061", "34061"),
        ("11888", "3411888"),
        ("0033123456789", "33123456789"),
        ("+1 (202) 555-0123", "12025550123"),
        ("931234567", "34931234567"),
    ],
)
def test_number_gets_the_country_code_in_front(written, digits):
    assert read_number(written) == digits


@pytest.mark.parametrize(
    "written",
    ["6OO123456", "33612345678", "+", "00", "٦١٢٣٤٥٦٧٨", "+0034612", "1" * 16, "*100#"],
)
def test_number_that_is_none_is_refused(written):
    assert refused(read_number, written) == "bad_value"


def test_number_without_international_prefix_is_complete():
    assert NumberReader("34", 9, "")("33612345678") == "33612345678"


@given(st.from_regex(r"[5-9][0-9]{8}", fullmatch=True))
def test_number_normalised_twice_is_the_same(national):
    assert read_number(read_number(national)) == "34" + national


@pytest.mark.parametrize(
    ("separator", "written", "value"),
    [(",", "0,0125", "0.0125"), (".", "-3.5", "-3.5"), (",", "7", "7")],
)
def test_decimal_is_read_by_its_separator(separator, written, value):
    assert DecimalReader(separator)(written) == Decimal(value)


@pytest.mark.parametrize(
    "written",
    ["1.000,50", "1,000.50", "1e5", "NaN", "Infinity", "1_000", "", "--1", "٣", "0x1f"],
)
def test_decimal_of_another_kind_is_refused(written):
    assert refused(DecimalReader(","), written) == "bad_value"


def test_decimal_beyond_reason_is_out_of_range():
    assert refused(DecimalReader("."), "9" * 18) == "out_of_range"


def test_integer_keeps_leading_zeros_out_and_applies_its_factor():
    assert IntegerReader(Decimal("0.0001"))("0000000125") == Decimal("0.0125")


@pytest.mark.parametrize("written", ["12x", "1.0", "1 000", "²", "9" * 19])
def test_integer_of_another_kind_is_refused(written):
    assert refused(IntegerReader(), written) == "bad_value"


@given(st.decimals(0, 10**6, places=3))
def test_canonical_quantities_that_are_equal_have_one_text(number):
    assert str(canonical(number)) == str(canonical(number * Decimal("1.000")))


@pytest.mark.parametrize(
    ("written", "seconds"), [("0:07", 7), ("75:10", 4510), ("1:02:03", 3723)]
)
def test_duration_is_read_in_seconds(written, seconds):
    assert read_duration(written) == seconds


@pytest.mark.parametrize("written", ["1:60", "1:75:10", "10", "-1:00", "1:2:3"])
def test_duration_of_another_shape_is_refused(written):
    assert refused(read_duration, written) == "bad_value"


def test_choice_outside_its_list_is_refused_with_the_list():
    with pytest.raises(FieldError) as caught:
        ChoiceReader({"VOZ": "voice", "SMS": "sms"}, "unknown_usage_type")("FAX")
    assert caught.value.reason == "unknown_usage_type"
    assert caught.value.expected == "VOZ, SMS"


def test_country_at_home_is_empty_and_nonsense_is_refused():
    read = CountryReader({"ES": ""})
    assert (read("FR"), read("ES")) == ("FR", None)
    assert refused(read, "France") == "bad_value"


@pytest.mark.parametrize("text", ["a\0b", "a\tb", "\ud800", "x" * 129])
def test_text_that_cannot_be_an_identifier_is_refused(text):
    assert refused(read_text, text) == "bad_value"


def test_memo_of_an_empty_text_gives_its_default_or_is_missing():
    assert Memo(int, empty=5, is_required=True)["  "] == 5
    assert Memo(int)[""] is None
    assert refused(Memo(int, is_required=True).__getitem__, "") == "missing_value"


def test_memo_stays_bounded(monkeypatch):
    monkeypatch.setattr("mediation.values.MAX_REMEMBERED_TEXTS", 10)
    memo = Memo(int)
    assert [memo[str(number)] for number in range(100)] == list(range(100))
    assert len(memo) <= 10


def local(text, pattern="%d/%m/%Y %H:%M:%S"):
    return LocalReader(pattern, MADRID)(text)


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("03/10/2026 10:22:33", datetime(2026, 10, 3, 8, 22, 33)),
        ("03/12/2026 10:22:33", datetime(2026, 12, 3, 9, 22, 33)),
        ("01/10/2026 00:30:00", datetime(2026, 9, 30, 22, 30)),
        ("25/10/2026 01:59:59", datetime(2026, 10, 24, 23, 59, 59)),
        ("25/10/2026 03:00:00", datetime(2026, 10, 25, 2, 0)),
    ],
)
def test_local_time_becomes_the_right_instant(written, utc):
    assert local(written) == utc


def test_local_time_that_exists_twice_is_its_first_occurrence():
    assert local("25/10/2026 02:30:00") == datetime(2026, 10, 25, 0, 30)


def test_local_time_that_clocks_skipped_is_refused():
    assert refused(local, "29/03/2026 02:30:00") == "bad_value"


@pytest.mark.parametrize(
    "written",
    [
        "31/02/2026 10:00:00",
        "3/10/2026 10:00:00",
        "03/10/2026 24:00:00",
        "03/10/2026 10:00:60",
        "03/10/2026T10:00:00",
        "03/10/2026 10:00",
        "0３/10/2026 10:00:00",
    ],
)
def test_local_time_of_another_shape_is_refused(written):
    assert refused(local, written) == "bad_value"


def test_local_time_of_a_century_without_telephones_is_out_of_range():
    assert refused(local, "03/10/0001 10:00:00") == "out_of_range"


def test_local_days_lose_no_second_when_clocks_change():
    read = DayReader("%Y%m%d", MADRID)
    times = TimeReader("%H%M%S")
    begin = combine(read("20261025"), times("000000"))
    end = combine(read("20261026"), times("000000"))
    assert (end - begin).total_seconds() == 25 * 3600


def test_local_time_where_clocks_move_by_half_an_hour_is_right():
    read = LocalReader("%Y-%m-%d %H:%M", "Australia/Lord_Howe")
    assert read("2026-10-04 02:45") == datetime(2026, 10, 3, 15, 45)


def test_iso_time_with_an_offset_needs_no_zone():
    read = IsoReader(MADRID)
    assert read("2026-10-25T02:30:00+01:00") == datetime(2026, 10, 25, 1, 30)
    assert read("2026-10-25T02:30:00Z") == datetime(2026, 10, 25, 2, 30)
    assert read("2026-10-03T10:22:33") == datetime(2026, 10, 3, 8, 22, 33)


@pytest.mark.parametrize(
    "written", ["yesterday", "2026-13-01T00:00:00Z", "0001-01-01T00:00:00+14:00"]
)
def test_iso_time_of_another_shape_is_refused(written):
    assert refused(IsoReader(MADRID), written) == "bad_value"


@pytest.mark.parametrize("pattern", ["%d/%m/%Y", "%H:%M %d/%m/%Y", "%c", "%d/%m %H:%M"])
def test_pattern_that_cannot_be_read_strictly_is_refused(pattern):
    with pytest.raises(SpecError):
        LocalReader(pattern, MADRID)
