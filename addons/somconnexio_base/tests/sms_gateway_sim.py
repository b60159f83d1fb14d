# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""An SMS gateway on this machine, with the faults that real ones have, for tests."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count


class _Handler(BaseHTTPRequestHandler):
    """POST /messages takes one; GET /messages/<reference> says what became of it."""

    def log_message(self, *_args):
        """Say nothing."""

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        message = json.loads(self.rfile.read(length))
        fault = self.server.next_fault()
        if fault in self.server.ANSWERS:
            return self._answer(*self.server.ANSWERS[fault])
        key = self.server.keep(message, dict(self.headers))
        if fault == "silence":
            time.sleep(self.server.silence_seconds)
        if fault in ("silence", "break"):
            return self.connection.close()
        if fault == "error_after":
            return self._answer(500, {"error": "database"})
        return self._answer(202, {"messages": [{"id": key}]})

    def do_GET(self):
        reference = self.path.rpartition("/")[2]
        found = self.server.by_reference(reference)
        if not found:
            return self._answer(404, {"error": "never had it"})
        return self._answer(200, {"status": "ACCEPTD"})

    def _answer(self, status, content, headers=None):
        body = json.dumps(content).encode()
        self.send_response(status)
        for name, value in {**(headers or {}), "Content-Length": len(body)}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)


class SmsGatewaySim(ThreadingHTTPServer):
    """Listens on a free port of this machine while it is entered.

    :ivar list messages: the messages that it took, in their order
    :ivar list faults: what goes wrong with the next calls: one of the keys of
        ``ANSWERS`` (nothing is taken), or ``silence``, ``break`` and ``error_after``
        (taken, but not answered to)
    """

    daemon_threads = True
    ANSWERS = {
        "busy": (429, {"error": "slow down"}, {"Retry-After": "120"}),
        "error": (500, {"error": "before it was taken"}),
        "wrong_number": (422, {"error": "no such number"}),
        "wrong_key": (401, {"error": "who are you?"}),
    }

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.messages = []
        self.headers = []
        self.faults = []
        self.call_count = 0
        self.silence_seconds = 0
        self._keys = count(1)
        self._lock = threading.Lock()

    @property
    def url(self):
        """Where messages are handed over."""
        return f"http://127.0.0.1:{self.server_address[1]}/messages"

    def handle_error(self, _request, _client_address):
        """Say nothing of callers that went away."""

    def next_fault(self):
        """Return what goes wrong with this call, or None."""
        with self._lock:
            self.call_count += 1
            return self.faults.pop(0) if self.faults else None

    def keep(self, message, headers):
        """Keep a message and return the id that it gets."""
        with self._lock:
            self.messages.append(message)
            self.headers.append(headers)
            return f"sim-{next(self._keys)}"

    def by_reference(self, reference):
        """Return the messages with a reference: two are a message sent twice."""
        return [one for one in self.messages if one["reference"] == reference]

    def clear(self):
        """Forget what came, and what was to go wrong."""
        self.messages.clear()
        self.headers.clear()
        self.faults.clear()
        self.call_count = 0
        self._keys = count(1)

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_error):
        self.shutdown()
        self.server_close()
