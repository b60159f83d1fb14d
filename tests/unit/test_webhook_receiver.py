# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The receiver in docs/webhooks.md does what the page says."""

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from outbox import transport, webhook_signature
from outbox.transport import Limits, NotSentError, Request

PAGE = Path(__file__).parents[2] / "docs" / "webhooks.md"
SECRET = webhook_signature.make_secret()
BODY = b'{"type":"bill.posted","data":{"id":7}}'


@pytest.fixture(scope="module")
def receiver(tmp_path_factory):
    """Run the program of the page; give its address and what it prints."""
    (program,) = re.findall(r"```python\n(.+?)```", PAGE.read_text(), re.DOTALL)
    path = tmp_path_factory.mktemp("receiver") / "receiver.py"
    path.write_text(program)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, path, str(port)],
        env={**os.environ, "WEBHOOK_SECRET": SECRET},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    yield f"http://127.0.0.1:{port}/hooks", process.stdout
    process.kill()
    process.wait()


def send(url, body=BODY, message_id="msg_1", age=0, secrets=(SECRET,)):
    """Send a message that was signed when its body was ``BODY``; give the status."""
    signed = webhook_signature.headers(
        secrets, message_id, int(time.time()) - age, BODY
    )
    for _attempt in range(50):
        try:
            request = Request("POST", url, signed, body)
            return transport.send(request, Limits(), is_private_allowed=True).status
        except NotSentError:  # it does not listen yet
            time.sleep(0.1)
    raise AssertionError("The receiver does not listen.")


def test_receiver_of_the_page_takes_what_is_ours_once_and_nothing_else(receiver):
    url, printed = receiver
    other = webhook_signature.make_secret()
    assert send(url) == 204
    assert send(url) == 204
    assert send(url, body=BODY.replace(b"7", b"8")) == 401
    assert send(url, age=301) == 401
    assert send(url, secrets=(other,)) == 401
    assert send(url, message_id="msg_2", secrets=(other, SECRET)) == 204
    lines = [printed.readline().strip() for _line in range(2)]
    assert lines == ["bill.posted {'id': 7}"] * 2
