# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Civil days, the two nights of the changed clock, and streams of chance."""

import doctest
import importlib
import pkgutil
from datetime import date, datetime, timezone

import pytest
import usage_generator
from usage_generator.calendar_month import CLOCK, Day, days_of, week_ends
from usage_generator.streams import random_stream, share

AUTUMN, SPRING = Day(date(2026, 10, 25)), Day(date(2026, 3, 29))


def instant(*parts):
    return int(datetime(*parts, tzinfo=timezone.utc).timestamp())


def test_clock_shows_each_second_of_a_day():
    assert len(CLOCK) == 86_400
    assert CLOCK[0] == "00:00:00"
    assert CLOCK[86_399] == "23:59:59"


def test_summer_midnight_is_two_hours_before_utc():
    assert Day(date(2026, 10, 3)).midnight == instant(2026, 10, 2, 22)


def test_repeated_hour_without_offset_is_its_first_occurrence():
    half_past_two = 2 * 3_600 + 1_800
    assert AUTUMN.instant(half_past_two) == instant(2026, 10, 25, 0, 30)
    assert AUTUMN.is_repeated(half_past_two)
    assert not AUTUMN.is_repeated(3 * 3_600)


def test_hour_after_the_repeated_one_is_in_winter_time():
    assert AUTUMN.instant(3 * 3_600) == instant(2026, 10, 25, 2, 0)


def test_hour_that_the_clock_leaps_over_is_moved_on():
    assert SPRING.existing(2 * 3_600 + 60) == 3 * 3_600 + 60
    assert SPRING.existing(2 * 3_600 - 1) == 2 * 3_600 - 1
    assert SPRING.instant(3 * 3_600) == instant(2026, 3, 29, 1, 0)


def test_day_of_an_instant_is_the_civil_day_at_home():
    assert Day.of_instant(instant(2026, 10, 2, 22)).date == date(2026, 10, 3)
    assert Day.of_instant(instant(2026, 10, 2, 22) - 1).date == date(2026, 10, 2)


def test_weeks_close_on_sundays_and_at_the_end_of_the_month():
    ends = sorted({day.date.day for day in week_ends(days_of(date(2026, 10, 1)))})
    assert ends == [4, 11, 18, 25, 31]


@pytest.mark.parametrize("total", [0, 1, 7, 1_000_003])
def test_shares_add_up_to_the_total(total):
    parts = share(total, [0.68, 1, 1, 0, 3])
    assert sum(parts) == total
    assert parts[3] == 0
    assert min(parts) >= 0


def test_streams_of_different_names_are_independent():
    first = random_stream(7, "a")
    before = first.random()
    random_stream(7, "b").random()
    assert random_stream(7, "a").random() == before


@pytest.mark.parametrize(
    "name",
    [
        module.name
        for module in pkgutil.walk_packages(
            usage_generator.__path__, "usage_generator."
        )
        if not module.name.endswith("__main__")
    ],
)
def test_examples_in_docstrings_hold(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
