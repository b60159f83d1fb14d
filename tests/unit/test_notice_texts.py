# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Notices without Odoo: examples, lengths of SMS, channels in turn, quiet hours."""

import doctest
import importlib
import pkgutil
from datetime import datetime

import notices
import pytest
from notices import mapping, plans, quiet_hours
from notices.sms_text import GSM7, GSM7_EXTENSION, Size, fit, fold, measure

MODULES = sorted(
    module.name for module in pkgutil.walk_packages(notices.__path__, "notices.")
)


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples_are_true(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_alphabet_has_the_127_signs_of_the_standard_and_its_10_extensions():
    assert len(GSM7) == 127  # 128 codes, one of them the escape
    assert len(GSM7_EXTENSION) == 10


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Size("gsm7", 0, 0)),
        ("a" * 160, Size("gsm7", 160, 1)),
        ("a" * 161, Size("gsm7", 161, 2)),
        ("a" * 306, Size("gsm7", 306, 2)),
        ("a" * 307, Size("gsm7", 307, 3)),
        ("à" * 160, Size("gsm7", 160, 1)),
        ("í" * 70, Size("ucs2", 70, 1)),
        ("í" * 71, Size("ucs2", 71, 2)),
        ("í" * 134, Size("ucs2", 134, 2)),
        ("í" * 135, Size("ucs2", 135, 3)),
        ("€" * 80, Size("gsm7", 160, 1)),
        ("😀" * 35, Size("ucs2", 70, 1)),
    ],
)
def test_text_is_measured_at_the_borders(text, expected):
    assert measure(text) == expected


def test_escaped_sign_is_not_cut_in_two():
    # 152 septets and then the two of €: they move on to the second part together.
    assert measure("a" * 152 + "€" + "a" * 151).segments == 2
    assert measure("a" * 152 + "€" + "a" * 152).segments == 3


def test_surrogate_pair_is_not_cut_in_two():
    assert measure("í" * 66 + "😀" + "í" * 65).segments == 2
    assert measure("í" * 66 + "😀" + "í" * 66).segments == 3


def test_text_that_fits_keeps_its_accents():
    text = "El teu servei està actiu des d'avui. Gràcies, Núria í"
    assert fit(text) == text


def test_text_too_long_for_accents_loses_them_and_fits():
    text = "Això és una informació " * 8
    assert measure(text).segments > 2
    fitted = fit(text)
    assert fitted == fold(text)
    assert measure(fitted).encoding == "gsm7"
    assert measure(fitted).segments <= 2


@pytest.mark.parametrize("text", ["word " * 100, "x" * 400, "😀" * 400, "€ " * 300])
def test_text_that_is_far_too_long_is_cut_with_dots(text):
    fitted = fit(text)
    assert measure(fitted).segments <= 2
    assert fitted.endswith("...")


def test_cut_text_ends_with_a_whole_word():
    assert fit("number " * 100).removesuffix("...").endswith("number")


@pytest.mark.parametrize("plan", plans.PLANS)
def test_every_plan_comes_to_an_end(plan):
    for is_told in (True, False):
        channel, seen = plans.first_channel(plan), []
        while channel:
            assert channel not in seen
            seen.append(channel)
            channel = plans.next_channel(plan, channel, is_told)


def test_channel_outside_the_plan_leads_nowhere():
    assert plans.next_channel("mail", "post", is_told=False) is None


@pytest.mark.parametrize(
    ("start", "end", "hour", "expected"),
    [
        (21, 9, 20, False),
        (21, 9, 21, True),
        (21, 9, 3, True),
        (21, 9, 9, False),
        (14, 16, 15, True),
        (14, 16, 16, False),
        (8, 8, 8, False),
    ],
)
def test_quiet_hours_are_half_open_and_may_pass_midnight(start, end, hour, expected):
    instant = datetime(2026, 11, 22, hour)
    assert quiet_hours.is_quiet(instant, "UTC", start, end) is expected


def test_quiet_hours_follow_the_clock_on_the_wall_when_it_changes():
    before, after = datetime(2026, 10, 24, 7, 30), datetime(2026, 10, 25, 7, 30)
    assert not quiet_hours.is_quiet(before, "Europe/Madrid", 21, 9)  # 09:30
    assert quiet_hours.is_quiet(after, "Europe/Madrid", 21, 9)  # 08:30


def test_placeholder_reaches_nothing_but_its_values():
    text = "{number.__class__} {0} {text!r} {unknown}"
    assert mapping.fill(text, {"number": "1", "text": "x"}) == text


def test_report_without_its_id_says_which_path():
    with pytest.raises(ValueError, match="message.id"):
        mapping.reports({"status": "DELIVRD"}, "", "message.id", "status")


def test_several_reports_come_in_one_call():
    data = {"reports": [{"id": 1, "s": "A"}, {"id": "2", "s": "B"}]}
    assert mapping.reports(data, "reports", "id", "s") == [("1", "A"), ("2", "B")]
