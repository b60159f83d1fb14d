import doctest
from datetime import date

import pytest
from operation import calendar, difference

TODAY = date(2026, 10, 15)
LINE = {"subject": "SU1", "what": "Tariff", "name": "Small", "from": "2026-09-01"}


@pytest.mark.parametrize("module", [calendar, difference])
def test_examples_in_the_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("when", "day"),
    [
        (None, TODAY),
        ("now", TODAY),
        ("next_month", date(2026, 11, 1)),
        ("2026-12-31", date(2026, 12, 31)),
        (date(2026, 1, 2), date(2026, 1, 2)),
    ],
)
def test_day_is_read_as_it_is_said(when, day):
    assert calendar.asked_day(when, TODAY) == day


@pytest.mark.parametrize("when", ["tomorrow", "31/12/2026", "2026-02-30"])
def test_day_that_is_none_is_refused(when):
    with pytest.raises(ValueError, match="isoformat|day is out of range"):
        calendar.asked_day(when, TODAY)


def test_same_picture_has_no_difference():
    assert difference.difference({1: LINE}, {1: dict(LINE)}) == []


def test_difference_tells_what_is_added_ended_extended_changed_and_removed():
    ended = {**LINE, "until": "2026-10-31"}
    other = {**LINE, "name": "Large"}
    before = {1: LINE, 2: ended, 3: LINE, 4: LINE}
    after = {1: ended, 2: LINE, 3: other, 5: other}
    changes = difference.difference(before, after)
    assert [change["change"] for change in changes] == [
        "ended",
        "extended",
        "changed",
        "removed",
        "added",
    ]
    assert changes[2]["before"] == "Small"
    assert changes[2]["name"] == "Large"
