# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""When a call is tried again, and when not."""

from datetime import datetime, timedelta

import pytest
from outbox import breaker, next_step, schedule, verdict
from outbox.breaker import Health
from outbox.errors import SettingError
from outbox.next_step import Policy, Step
from outbox.verdict import Verdict

NOW = datetime(2026, 10, 15, 10, 0, 0)


def test_schedule_reads_every_unit_and_says_what_it_cannot_read():
    assert schedule.parse("5s, 5m 2h 1d") == (5, 300, 7200, 86400)
    assert schedule.parse("") == ()
    with pytest.raises(SettingError) as raised:
        schedule.parse("5s 3x")
    assert raised.value.value == "3x"


def test_wait_is_spread_around_what_the_schedule_says():
    waits = [schedule.wait_seconds((100,), 1, 20) for _time in range(200)]
    assert 80 <= min(waits) < 95 < 105 < max(waits) <= 120
    assert schedule.wait_seconds((100,), 2, 20) is None


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7),
        (" 120 ", 120),
        ("Thu, 15 Oct 2026 10:01:00 GMT", 60),
        ("Thu, 15 Oct 2026 09:00:00 GMT", 0),
        ("99999999999", 86400),
        ("soon", 0),
        ("", 0),
        (None, 0),
    ],
)
def test_retry_after_is_seconds_or_a_date(header, seconds):
    assert schedule.retry_after_seconds(header, NOW) == seconds


def test_breaker_opens_after_failures_in_a_row_and_doubles_its_pause():
    health = Health()
    pauses = []
    for _failure in range(9):
        health = breaker.after_failure(health, NOW, 3, 60)
        pauses.append(health.resume_at and (health.resume_at - NOW).total_seconds())
    assert pauses == [None, None, 60, 120, 240, 480, 960, 1920, 3600]
    assert health.state == breaker.OPEN
    assert breaker.after_success(health) == Health()


def test_breaker_never_opens_by_throttling():
    health = breaker.after_throttling(Health(failure_count=2), NOW, 7)
    assert health == Health(resume_at=NOW + timedelta(seconds=7))


@pytest.mark.parametrize(
    ("status", "found"),
    [
        (200, Verdict.DONE),
        (202, Verdict.DONE),
        (302, Verdict.REFUSED),
        (400, Verdict.REFUSED),
        (401, Verdict.RETRY),
        (404, Verdict.REFUSED),
        (409, Verdict.RETRY),
        (410, Verdict.REFUSED),
        (429, Verdict.RETRY),
        (500, Verdict.UNKNOWN),
        (502, Verdict.UNKNOWN),
        (503, Verdict.RETRY),
        (None, Verdict.UNKNOWN),
    ],
)
def test_answer_to_a_call_is_judged(status, found):
    assert verdict.of_call(status) is found


def test_call_that_only_reads_is_never_unknown():
    assert verdict.of_call(None, is_safe=True) is Verdict.RETRY
    assert verdict.of_call(500, is_safe=True) is Verdict.RETRY


def test_answer_to_a_webhook_is_done_gone_or_tried_again():
    assert verdict.of_webhook(204) is Verdict.DONE
    assert verdict.of_webhook(410) is Verdict.GONE
    for status in (None, 301, 400, 404, 500):
        assert verdict.of_webhook(status) is Verdict.RETRY


def test_status_page_says_done_absent_or_nothing():
    assert verdict.of_status_page(200) is Verdict.DONE
    assert verdict.of_status_page(404) is Verdict.ABSENT
    for status in (None, 202, 302, 401, 500):
        assert verdict.of_status_page(status) is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("kind", "step"),
    [
        (next_step.ASK, Step("unknown", 30)),
        (next_step.WAIT, Step("unknown")),
        (next_step.RESEND, Step("pending", 10)),
    ],
)
def test_unknown_outcome_is_asked_awaited_or_sent_again(kind, step):
    policy = Policy(kind, (10, 20))
    assert next_step.after_sending(Verdict.UNKNOWN, policy, 1) == step


def test_call_without_an_attempt_left_is_dead_and_needs_a_person():
    policy = Policy(next_step.ASK, (10,))
    assert next_step.after_sending(Verdict.RETRY, policy, 1) == Step("pending", 10)
    last = next_step.after_sending(Verdict.RETRY, policy, 2)
    assert last == Step("dead")
    assert last.needs_person
    assert next_step.after_asking(Verdict.ABSENT, policy, 2, 1) == Step("dead")


def test_retry_after_lengthens_a_wait_and_never_shortens_it():
    policy = Policy(next_step.WAIT, (10, 20))
    for asked, waited in ((7, 10), (60, 60)):
        step = next_step.after_sending(Verdict.RETRY, policy, 1, asked)
        assert step == Step("pending", waited)


def test_question_goes_on_until_the_schedule_ends_and_then_waits_for_a_person():
    policy = Policy(next_step.ASK, (10,))
    again = next_step.after_asking(Verdict.UNKNOWN, policy, 1, 1)
    last = next_step.after_asking(Verdict.UNKNOWN, policy, 1, 2)
    assert (again, last) == (Step("unknown", 10), Step("unknown"))
    assert last.needs_person
    assert not again.needs_person
    assert next_step.after_asking(Verdict.ABSENT, policy, 1, 1) == Step("pending", 0)
