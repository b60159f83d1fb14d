# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The bank over HTTP: its orders, its clock, its files, and the faults of real ones."""

import json
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from time import sleep

from .bank import day_of

MAX_BODY_BYTES = 256 * 1024 * 1024
#: What a download may be made to suffer, once each time it is asked for.
FAULTS = ("duplicate", "truncated", "error_500", "slow", "late")


class BankServer(ThreadingHTTPServer):
    """Serve one bank; ``with BankServer(bank) as server: server.url``.

    :param bank: ``bank.Bank``
    """

    daemon_threads = True

    def __init__(self, bank, port=0):
        super().__init__(("127.0.0.1", port), _Handler)
        self.bank = bank
        self.lock = Lock()
        self.faults = []

    @property
    def url(self):
        """Where it is reached."""
        return f"http://127.0.0.1:{self.server_port}"

    def __enter__(self):
        Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error):
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    routes = (
        ("POST", r"/orders\Z", "_post_order"),
        ("POST", r"/clock\Z", "_post_clock"),
        ("POST", r"/transfers\Z", "_post_transfers"),
        ("POST", r"/settings\Z", "_post_settings"),
        ("POST", r"/faults\Z", "_post_faults"),
        ("GET", r"/files\Z", "_get_files"),
        ("GET", r"/files/(\d+)\Z", "_get_file"),
        ("GET", r"/truth\Z", "_get_truth"),
    )

    def log_message(self, *_args):
        """Say nothing: tests are read by people."""

    def do_GET(self):  # noqa: N802 - the name is the standard library's
        """Answer a question."""
        self._answer_to("GET")

    def do_POST(self):  # noqa: N802
        """Take something."""
        self._answer_to("POST")

    def _answer_to(self, method):
        length = int(self.headers.get("Content-Length") or 0)
        if length > MAX_BODY_BYTES:
            self._send(413, {"error": "too large"})
            return
        self.body = self.rfile.read(length)
        for verb, pattern, name in self.routes:
            found = re.match(pattern, self.path)
            if verb == method and found:
                with self.server.lock:
                    self._call(name, found.groups())
                return
        self._send(404, {"error": f"no {method} {self.path} here"})

    def _call(self, name, arguments):
        try:
            getattr(self, name)(*arguments)
        except (KeyError, ValueError, TypeError, IndexError) as error:
            self._send(400, {"error": f"{type(error).__name__}: {error}"})

    def _send(self, status, content, kind="application/json"):
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _post_order(self):
        self._send(201, self.server.bank.take_order(self.body))

    def _post_clock(self):
        bank = self.server.bank
        bank.advance(day_of(json.loads(self.body)["until"]))
        self._send(200, {"today": str(bank.today), "files": len(bank.files)})

    def _post_transfers(self):
        transfers = json.loads(self.body)
        for one in transfers:
            self.server.bank.plan_transfer(
                one["iban"],
                day_of(one["day"]),
                one["amount"],
                one.get("text", ""),
                one.get("name", ""),
                one.get("payer_iban", ""),
            )
        self._send(201, {"planned": len(transfers)})

    def _post_settings(self):
        self.server.bank.settings.change(json.loads(self.body))
        self._send(200, vars(self.server.bank.settings))

    def _post_faults(self):
        faults = json.loads(self.body)
        unknown = set(faults) - set(FAULTS)
        if unknown:
            raise ValueError(f"unknown: {sorted(unknown)}; known: {FAULTS}")
        self.server.faults = list(faults)
        self._send(200, {"faults": faults})

    def _get_files(self):
        files = [
            {"id": number, "name": file["name"], "day": str(file["day"])}
            for number, file in enumerate(self.server.bank.files)
        ]
        if "late" in self.server.faults:
            self.server.faults.remove("late")
            files = files[:-1]
        if "duplicate" in self.server.faults:
            self.server.faults.remove("duplicate")
            files = files + files[-1:]
        self._send(200, files)

    def _get_file(self, number):
        content = self.server.bank.files[int(number)]["content"]
        fault = self.server.faults.pop(0) if self.server.faults else ""
        if fault == "error_500":
            self._send(500, {"error": "the bank has a bad day"})
            return
        if fault == "slow":
            sleep(0.3)
        if fault == "truncated":
            content = content[: len(content) * 2 // 3]
        self._send(200, content, "application/octet-stream")

    def _get_truth(self):
        self._send(200, self.server.bank.truth)
