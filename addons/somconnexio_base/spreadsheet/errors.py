# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What is wrong with a table: in which line and column, and what to do."""

# pylint: disable=prefer-env-translation  # there is no env in plain Python
SHOWN_COUNT = 20


def english(source, **values):
    """Return a text as it was written, with its values put in."""
    return source % values if values else source


class TableError(ValueError):
    """A table that can't be used.

    :ivar list faults: texts that name line and column; anything that str() makes one
    """

    def __init__(self, faults, _=english):
        self.faults = list(faults)
        shown = [str(fault) for fault in self.faults[:SHOWN_COUNT]]
        more = len(self.faults) - SHOWN_COUNT
        if more > 0:
            shown.append(_("… and %(count)s more", count=more))
        super().__init__("\n".join(shown))
