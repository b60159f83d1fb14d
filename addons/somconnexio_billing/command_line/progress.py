# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Say on a terminal, or in the log of a scheduler, how far a month is."""

import sys
from time import monotonic

LINE_EVERY_SECONDS = 15


class Progress:
    """One line that moves on a terminal; now and then a new line elsewhere."""

    def __init__(self, stream=None):
        self.stream = stream or sys.stdout
        self.moves = self.stream.isatty()
        self.next_line_at = 0.0

    def say(self, text):
        """Write a line of its own."""
        self._write(f"{self._clear()}{text}\n")
        self.next_line_at = monotonic() + LINE_EVERY_SECONDS

    def show(self, title, done, total):
        """Show how much of a step is done."""
        share = f"{title}: {done} of {total}"
        if self.moves:
            self._write(f"{self._clear()}{share}")
        elif monotonic() >= self.next_line_at:
            self.say(share)

    def _clear(self):
        """Return what takes the moving line away, if there is one."""
        return "\r\x1b[K" if self.moves else ""

    def _write(self, text):
        self.stream.write(text)
        self.stream.flush()
