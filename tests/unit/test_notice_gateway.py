# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A gateway over real HTTP: what its answers and silences mean."""

from datetime import datetime, timezone

import pytest
from notices import gateway_call
from notices.gateway_call import Endpoint
from sms_gateway_sim import SmsGatewaySim

MESSAGE = {
    "number": "34612345678",
    "text": 'Hola “tu” {number} "x"',
    "reference": "r1",
    "secret": "s3cret",
}


@pytest.fixture
def sim():
    with SmsGatewaySim() as server:
        yield server


def endpoint(sim, **values):
    fields = {
        "method": "POST",
        "url": sim.url,
        "headers": {"Authorization": "Bearer {secret}"},
        "body_format": "json",
        "body": {"to": "{number}", "text": "{text}", "reference": "{reference}"},
        "timeout_seconds": 1,
        "id_path": "messages.0.id",
    }
    return Endpoint(**(fields | values))


def question(sim):
    return endpoint(
        sim,
        method="GET",
        url=sim.url + "/{reference}",
        body={},
        id_path="",
        status_path="status",
        status_words={"ACCEPTD": "accepted"},
    )


def test_message_arrives_as_it_was_written(sim):
    outcome = gateway_call.send(endpoint(sim), MESSAGE)
    assert outcome == ("accepted", "sim-1", 0, "")
    (message,) = sim.messages
    assert message["text"] == MESSAGE["text"]
    assert sim.headers[0]["Authorization"] == "Bearer s3cret"


@pytest.mark.parametrize(
    ("fault", "verdict"),
    [
        ("busy", "later"),
        ("wrong_number", "rejected"),
        ("wrong_key", "blocked"),
        ("error", "unknown"),
        ("error_after", "unknown"),
        ("break", "unknown"),
    ],
)
def test_fault_means(sim, fault, verdict):
    sim.faults = [fault]
    assert gateway_call.send(endpoint(sim), MESSAGE).verdict == verdict


def test_silence_leaves_the_outcome_unknown(sim):
    sim.faults, sim.silence_seconds = ["silence"], 1.5
    outcome = gateway_call.send(endpoint(sim), MESSAGE)
    assert outcome.verdict == "unknown"
    assert sim.messages


def test_busy_gateway_says_when_to_come_back(sim):
    sim.faults = ["busy"]
    assert gateway_call.send(endpoint(sim), MESSAGE).retry_seconds == 120


def test_nobody_listening_means_that_nothing_left(sim):
    sim.__exit__()
    assert gateway_call.send(endpoint(sim), MESSAGE).verdict == "later"


def test_answer_without_id_is_no_proof(sim):
    outcome = gateway_call.send(endpoint(sim, id_path="message_id"), MESSAGE)
    assert outcome.verdict == "unknown"
    assert "no id" in outcome.detail


def test_question_finds_what_was_taken_and_what_was_not(sim):
    sim.faults = ["error", "error_after"]
    for verdict in ("absent", "accepted"):
        gateway_call.send(endpoint(sim), MESSAGE)
        assert gateway_call.ask(question(sim), MESSAGE).verdict == verdict


def test_question_without_answer_stays_open(sim):
    asked = question(sim)._replace(url="http://127.0.0.1:9/{reference}")
    assert gateway_call.ask(asked, MESSAGE).verdict == "unknown"


def test_header_that_cannot_be_sent_blocks_and_does_not_raise(sim):
    wrong = endpoint(sim, headers={"X-Key": "a\nb"})
    assert gateway_call.send(wrong, MESSAGE).verdict == "blocked"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("30", 30),
        ("99999999", 86400),
        ("Sun, 22 Nov 2026 10:00:30 GMT", 30),
        ("Sun, 22 Nov 2026 09:00:00 GMT", 1),
        ("soon", 60),
        ("", 60),
    ],
)
def test_retry_after_is_a_number_or_a_date(text, seconds):
    now = datetime(2026, 11, 22, 10, 0, tzinfo=timezone.utc)
    assert gateway_call.retry_seconds({"Retry-After": text}, now) == seconds
