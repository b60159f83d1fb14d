# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A mail server that keeps what it gets, in memory, for tests."""

import email
import email.policy
import socketserver
import threading


class _Handler(socketserver.StreamRequestHandler):
    """One session: the commands that smtplib sends, and no others."""

    def handle(self):
        self.recipients = []
        self._say("220 sink")
        for line in self.rfile:
            word = line.decode().strip().upper()
            if word.startswith("RCPT TO"):
                self._receive_recipient(line.decode())
            elif word == "DATA":
                self._say("354 go on")
                if not self._receive_message():
                    return
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _say(self, text):
        self.wfile.write(f"{text}\r\n".encode())

    def _receive_recipient(self, line):
        address = line.partition("<")[2].partition(">")[0]
        if address in self.server.refused:
            self._say("550 no such mailbox")
            return
        self.recipients.append(address)
        self._say("250 ok")

    def _receive_message(self):
        """Keep a message; return False when the line is to break before the answer."""
        lines = iter(self.rfile.readline, b".\r\n")
        text = b"".join(line.removeprefix(b".") for line in lines)
        message = email.message_from_bytes(text, policy=email.policy.default)
        self.server.messages.append((self.recipients, message))
        self.recipients = []
        if self.server.breaks:
            return False
        self._say("250 kept")
        return True


class SmtpSink(socketserver.ThreadingTCPServer):
    """Listens on a free port of this machine while it is entered.

    :ivar list messages: ``(recipients, email.message.EmailMessage)`` in their order
    :ivar set refused: addresses that no mail is taken for
    :ivar bool breaks: break the line after a message instead of answering
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.messages = []
        self.refused = set()
        self.breaks = False

    @property
    def port(self):
        """The port that it listens on."""
        return self.server_address[1]

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error):
        self.shutdown()
        self.server_close()
