# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What a drill is: one bug, planted in a copy, and the tests that must see it."""

from dataclasses import dataclass
from pathlib import Path

SQL_FOLDER = Path("addons/somconnexio_billing/sql")


class OutdatedDrillError(Exception):
    """The text that a drill changes isn't in its file (once) any more."""


@dataclass(frozen=True)
class Drill:
    """A planted bug.

    :ivar str name: short, of one word
    :ivar str bug: what is wrong from now on, in a sentence
    :ivar tuple tests: test files or node ids of somconnexio_billing
    :ivar str step: the SQL step that is changed, without suffix; empty: none
    :ivar str old: its text, which must be there as often as ``times`` says
    :ivar str new: what stands there instead
    :ivar tuple statements: SQL that harms the copied database
    """

    name: str
    bug: str
    tests: tuple
    step: str = ""
    old: str = ""
    new: str = ""
    times: int = 1
    statements: tuple = ()

    def plant(self, root):
        """Write the bug into the copy of the source below ``root``.

        :raise OutdatedDrillError: naming the drill and its file
        """
        if not self.step:
            return
        path = root / SQL_FOLDER / f"{self.step}.sql"
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        if text.count(self.old) != self.times:
            raise OutdatedDrillError(
                f"Drill {self.name}: {self.step}.sql holds its text"
                f" {text.count(self.old)} times, not {self.times}. Adapt the drill."
            )
        path.write_text(text.replace(self.old, self.new), encoding="utf-8")
