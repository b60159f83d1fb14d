# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""One call over real HTTP: bounded, never redirected, honest about where it broke."""

import socket
import time

import pytest
from outbox import transport
from outbox.transport import Limits, NotSentError, Request, UnclearError
from outbox_simulator import OutboxSimulator

LIMITS = Limits(connect_seconds=1, total_seconds=0.5, max_answer_bytes=1000)


@pytest.fixture(scope="module")
def server():
    with OutboxSimulator() as server:
        yield server


@pytest.fixture
def simulator(server):
    server.reset()
    return server


def send(simulator, fault="ok", limits=LIMITS, **options):
    simulator.faults.append(fault)
    options = {"is_private_allowed": True, **options}
    request = Request(
        "POST", f"{simulator.url}/orders", {"Idempotency-Key": "K1"}, b"x"
    )
    return transport.send(request, limits, **options)


def test_answer_comes_back_with_its_status_and_body(simulator):
    answer = send(simulator)
    assert (answer.status, answer.body) == (200, b'{"id": "A1"}')
    ((method, path, headers, body),) = simulator.requests
    assert (method, path, body) == ("POST", "/orders", b"x")
    assert headers["host"] == simulator.url.removeprefix("http://")


def test_private_address_is_refused_before_anything_is_sent(simulator):
    request = Request("POST", simulator.url.replace("http", "https"))
    with pytest.raises(NotSentError, match="not public"):
        transport.send(request, LIMITS)
    assert not simulator.requests


def test_long_answer_is_cut_and_counts_by_its_status(simulator):
    answer = send(simulator, "huge")
    assert (answer.status, len(answer.body), answer.is_truncated) == (200, 1000, True)


def test_redirect_is_an_answer_and_not_followed(simulator):
    assert send(simulator, "redirect").status == 302
    assert len(simulator.requests) == 1


def test_retry_after_is_reported(simulator):
    answer = send(simulator, "429:7")
    assert (answer.status, answer.retry_after) == (429, "7")


@pytest.mark.parametrize("fault", ["lost", "cut", "hang", "drip"])
def test_answer_that_never_comes_is_unclear_and_in_time(simulator, fault):
    started = time.monotonic()
    with pytest.raises(UnclearError):
        send(simulator, fault)
    assert time.monotonic() - started < 3
    assert len(simulator.requests) == 1
    simulator.released.set()


def test_nobody_listening_means_not_sent():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
    with pytest.raises(NotSentError):
        transport.send(Request("POST", url), LIMITS, is_private_allowed=True)


def test_plain_text_where_tls_is_wanted_means_not_sent(simulator):
    url = simulator.url.replace("http://", "https://")
    with pytest.raises(NotSentError):
        transport.send(Request("POST", url), LIMITS, is_private_allowed=True)
    assert not simulator.requests


def test_error_text_holds_nothing_of_the_request(simulator):
    simulator.faults.append("cut")
    request = Request("POST", simulator.url, {"Authorization": "Bearer s3cret!"}, b"")
    with pytest.raises(UnclearError) as raised:
        transport.send(request, LIMITS, is_private_allowed=True)
    assert "s3cret!" not in str(raised.value)
