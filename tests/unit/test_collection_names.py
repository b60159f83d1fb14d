# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Names tell dates and numbers; what is missing among them is found."""

import doctest
from datetime import date

import pytest
from collection import gaps, name_pattern
from collection.errors import PatternError
from collection.gaps import missing_numbers, missing_periods, next_period
from collection.name_pattern import NameParts, NamePattern
from hypothesis import given, strategies as st


@pytest.mark.parametrize("module", [gaps, name_pattern])
def test_examples_of_the_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("pattern", "name", "parts"),
    [
        ("A_%Y%m%d_{sequence}.csv", "A_20261003_0012.csv", (date(2026, 10, 3), 12)),
        ("A_%Y%m.csv", "A_202610.csv", (date(2026, 10, 1), None)),
        ("A-{sequence}.*", "A-7.txt.gz", (None, 7)),
        ("A(%Y%m%d)%H%M.x", "A(20261003)2359.x", (date(2026, 10, 3), None)),
        ("A.csv", "A.csv", (None, None)),
    ],
)
def test_name_that_fits_tells_date_and_number(pattern, name, parts):
    assert NamePattern(pattern).match(name) == NameParts(*parts)


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("A_%Y%m%d.csv", "A_20261332.csv"),
        ("A_%Y%m%d.csv", "A_2026103.csv"),
        ("A_{sequence}.csv", "A_12.csv.part"),
        ("A_{sequence}.csv", "A_1234567890.csv"),
        ("A_{sequence}.csv", "A_١٢.csv"),
        ("A.csv", "AXcsv"),
    ],
)
def test_other_name_does_not_fit(pattern, name):
    assert NamePattern(pattern).match(name) is None


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("A_%y.csv", "unknown_code"),
        ("A_{number}.csv", "unknown_code"),
        ("A_%Y%Y%m.csv", "code_twice"),
        ("A_%m%d.csv", "date_incomplete"),
        ("A_%Y%d.csv", "date_incomplete"),
    ],
)
def test_pattern_that_contradicts_itself_is_refused(pattern, code):
    with pytest.raises(PatternError) as caught:
        NamePattern(pattern)
    assert caught.value.code == code


@given(st.sets(st.integers(1, 60), min_size=1))
def test_missing_and_present_numbers_make_the_whole_range(numbers):
    missing = missing_numbers(numbers)
    assert sorted([*missing, *numbers]) == list(range(min(numbers), max(numbers) + 1))


def test_numbering_that_begins_anew_misses_nothing():
    assert missing_numbers([1, 2, 500, 502]) == [501]


def test_day_is_missing_once_it_is_over():
    first = date(2026, 10, 1)
    there = [date(2026, 10, 1), date(2026, 10, 3)]
    assert missing_periods(there, first, date(2026, 10, 5), "day") == [
        date(2026, 10, 2),
        date(2026, 10, 4),
    ]


def test_week_and_month_are_covered_by_any_day_of_them():
    first, today = date(2026, 9, 16), date(2026, 11, 2)
    weeks = missing_periods([date(2026, 10, 11)], first, today, "week")
    assert date(2026, 10, 5) not in weeks
    assert weeks[0] == date(2026, 9, 14)
    months = missing_periods([date(2026, 10, 11)], first, today, "month")
    assert months == [date(2026, 9, 1)]


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_periods_follow_each_other_without_hole(day):
    for frequency in gaps.FREQUENCIES:
        start = gaps.period_start(day, frequency)
        end = next_period(start, frequency)
        assert start <= day < end
        assert gaps.period_start(end, frequency) == end
