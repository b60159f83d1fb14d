# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""One HTTP call: to an address that was checked, bounded in time and size.

What matters here is where it broke. Before the first byte of the request left,
nothing can have been done there; afterwards nobody knows.
"""

import http.client
import io
import socket
import ssl
import time
from dataclasses import dataclass, field
from functools import cache

from . import address


class NotSentError(Exception):
    """Nothing of the request left this machine."""


class UnclearError(Exception):
    """The request, or a part of it, was sent and no answer came."""


@dataclass(frozen=True)
class Limits:
    """How long and how much: seconds to connect, seconds for all, bytes of answer."""

    connect_seconds: float = 5
    total_seconds: float = 20
    max_answer_bytes: int = 16384


@dataclass(frozen=True)
class Request:
    """What is sent. Its headers hold secrets and never show in a ``repr``."""

    method: str
    url: str
    headers: dict = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Answer:
    """What came back; ``body`` holds at most as many bytes as the limits allow."""

    status: int
    body: bytes = b""
    retry_after: str | None = None
    is_truncated: bool = False


def send(request, limits, is_private_allowed=False):
    """Send a request once. Redirects are answers, not orders: none is followed.

    :raise NotSentError: when nothing left this machine
    :raise UnclearError: when it isn't known what became of it
    """
    deadline = time.monotonic() + limits.total_seconds
    try:
        target = address.parse(request.url, is_private_allowed)
        addresses = address.resolve(target, is_private_allowed)
        connection = _connect(target, addresses, limits, deadline)
    except (OSError, ValueError) as error:
        raise NotSentError(_describe(error)) from error
    try:
        return _exchange(connection, request, target, limits, deadline)
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise UnclearError(_describe(error)) from error
    finally:
        connection.close()


def _connect(target, addresses, limits, deadline):
    """Return a socket to the first of the addresses that answers, with TLS if asked."""
    for position, ip in enumerate(addresses, 1):
        try:
            seconds = min(limits.connect_seconds, _remaining(deadline))
            plain = socket.create_connection((ip, target.port), seconds)
            break
        except OSError:
            if position == len(addresses):
                raise
    if target.scheme == "http":
        return plain
    try:
        return _tls_context().wrap_socket(plain, server_hostname=target.host)
    except BaseException:
        plain.close()
        raise


@cache
def _tls_context():
    return ssl.create_default_context()


def _exchange(sock, request, target, limits, deadline):
    """Write the request and read the answer."""
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.sock = sock
    sock.settimeout(_remaining(deadline))
    headers = {"Host": target.host_header, "Connection": "close", **request.headers}
    body = request.body if request.method not in ("GET", "HEAD") else None
    connection.request(request.method, target.path, body, headers)
    reader = _DeadlineSocket(sock, deadline)
    with http.client.HTTPResponse(reader, method=request.method) as response:
        response.begin()
        content, is_truncated = _read_body(response, limits.max_answer_bytes)
        retry_after = response.headers.get("Retry-After")
        return Answer(response.status, content, retry_after, is_truncated)


def _read_body(response, max_bytes):
    """Return at most so many bytes of a body, and whether there was more.

    The status has been read, and it is what counts: a body that breaks off is kept
    as far as it came.
    """
    try:
        content = response.read(max_bytes + 1)
    except http.client.IncompleteRead as error:
        return error.partial[:max_bytes], True
    except OSError:
        return b"", True
    return content[:max_bytes], len(content) > max_bytes


def _remaining(deadline):
    """Return the seconds left.

    :raise TimeoutError: when there are none
    """
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError("no answer in time")
    return seconds


def _describe(error):
    """Say what broke, in words that hold nothing of the request."""
    return f"{type(error).__name__}: {error}"[:300]


class _DeadlineReader(io.RawIOBase):
    """Reads from a socket until a deadline, however slowly the bytes drip in."""

    def __init__(self, sock, deadline):
        super().__init__()
        self._sock = sock
        self._deadline = deadline

    def readable(self):
        """Override of ``io``: it is what it is for."""
        return True

    def readinto(self, buffer):
        """Override of ``io`` to wait no longer than until the deadline."""
        self._sock.settimeout(_remaining(self._deadline))
        return self._sock.recv_into(buffer)


class _DeadlineSocket:
    """What ``http.client`` needs of a socket to read an answer from."""

    def __init__(self, sock, deadline):
        self._reader = _DeadlineReader(sock, deadline)

    def makefile(self, _mode):
        """Return the file that the answer is read from."""
        return io.BufferedReader(self._reader)
