# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What is wrong with a table: in which line and column, and what to do."""

SHOWN_COUNT = 20


class TableError(ValueError):
    """A table that can't be used.

    :ivar list faults: texts that name line and column; anything that str() makes one
    """

    def __init__(self, faults):
        self.faults = list(faults)
        shown = [str(fault) for fault in self.faults[:SHOWN_COUNT]]
        if len(self.faults) > SHOWN_COUNT:
            shown.append(f"… and {len(self.faults) - SHOWN_COUNT} more")
        super().__init__("\n".join(shown))
