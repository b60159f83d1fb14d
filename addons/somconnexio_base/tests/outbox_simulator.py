# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Another system, over real HTTP on this machine, with the faults that they have.

It does its work once for each key, as a good endpoint does, and counts how often it
was asked to. ``faults`` are taken one by one, one per request that isn't a question:

===================  =================================================================
``ok``               does the work and answers 200
``500``, ``410``…     answers with that status; does nothing
``429:7``            answers 429 with ``Retry-After: 7``; does nothing
``lost``             does the work and cuts the connection without an answer
``hang``             does the work and answers nothing until it is told to
``cut``              cuts the connection; does nothing
``drip``             answers 200, a byte at a time
``huge``             does the work and answers with a megabyte
``echo``             answers 500 with the headers that it was sent
``redirect``         answers 302 to a private address
===================  =================================================================
"""

import json
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PATH_OF_STATUS = "/status/"


class OutboxSimulator:
    """Serves while its ``with`` block lasts. ``url`` is where."""

    def __init__(self):
        self.faults = []
        self.work = {}  # key -> times it was done; a good endpoint: once
        self.requests = []  # of (method, path, headers, body), without questions
        self.questions = []  # keys that were asked about
        self.status_of_question = None  # what the status page answers; None: the truth
        self.released = threading.Event()
        self.arrived = threading.Semaphore(0)
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.simulator = self
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self):
        thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )
        thread.start()
        return self

    def __exit__(self, *_error):
        self.released.set()
        self._server.shutdown()
        self._server.server_close()

    def reset(self):
        """Forget what has happened."""
        self.faults.clear()
        self.work.clear()
        self.requests.clear()
        self.questions.clear()
        self.status_of_question = None
        self.released.clear()

    @property
    def keys(self):
        """The keys of the requests, in the order in which they came."""
        return [
            headers.get("idempotency-key") or headers.get("webhook-id")
            for _method, _path, headers, _body in self.requests
        ]

    def next_fault(self, request):
        """Note a request and return what happens to it."""
        with self._lock:
            self.requests.append(request)
            fault = self.faults.pop(0) if self.faults else "ok"
        self.arrived.release()
        return fault

    def do_work(self, key):
        """Do the work for a key, unless it was done."""
        with self._lock:
            self.work[key] = self.work.get(key, 0) + 1

    def status_of(self, key):
        """Return what the status page says about a key."""
        self.questions.append(key)
        if self.status_of_question:
            return self.status_of_question
        return 200 if key in self.work else 404


class _Handler(BaseHTTPRequestHandler):
    """Serves one connection."""

    protocol_version = "HTTP/1.1"

    @property
    def simulator(self):
        """The simulator whose server got the connection."""
        return self.server.simulator

    def log_message(self, *_args):
        """Override of ``http.server`` to be quiet."""

    def do_GET(self):
        """Answer a question, or serve a request that reads."""
        if self.path.startswith(PATH_OF_STATUS):
            key = self.path.removeprefix(PATH_OF_STATUS)
            self._answer(self.simulator.status_of(key))
        else:
            self._serve()

    def do_POST(self):
        """Serve a request that asks for work."""
        self._serve()

    def _serve(self):
        length = int(self.headers.get("Content-Length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(length)
        fault = self.simulator.next_fault((self.command, self.path, headers, body))
        key = headers.get("idempotency-key") or headers.get("webhook-id")
        if fault in ("ok", "lost", "hang", "huge"):
            self.simulator.do_work(key)
        with suppress(BrokenPipeError, ConnectionResetError):
            self._misbehave(fault, headers)

    def _misbehave(self, fault, headers):
        if fault == "hang":
            self.simulator.released.wait(30)
        if fault in ("lost", "hang", "cut"):
            self.close_connection = True
        elif fault == "drip":
            self._drip()
        elif fault == "huge":
            self._answer(200, b"x" * 1_000_000)
        elif fault == "echo":
            self._answer(500, json.dumps(headers).encode())
        elif fault == "redirect":
            self._answer(302, extra={"Location": "http://10.0.0.1/"})
        else:
            code, _colon, seconds = fault.partition(":")
            extra = {"Retry-After": seconds} if seconds else {}
            self._answer(200 if code == "ok" else int(code), extra=extra)

    def _answer(self, status, body=b'{"id": "A1"}', extra=None):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in (extra or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _drip(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not self.simulator.released.wait(0.1):
            self.wfile.write(b"x")
            self.wfile.flush()
