# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""One row in which a table and the database differ, for people to look at."""

from dataclasses import dataclass
from typing import Any

from ...tariff_document.outcomes import as_text
from ...tariff_document.table_rows import (
    DESTINATION_COLUMNS,
    RATE_COLUMNS,
    DestinationRow,
    destination_cells,
    rate_cells,
)

ADDED, CHANGED, ENDED = "added", "changed", "ended"
KEY_COLUMNS = ("usage_type", "direction", "destination", "zone", "network", "time_band")
DEFAULTS = ("", "0", "false")


@dataclass(frozen=True)
class Difference:
    """One row that differs.

    :ivar str change: added, changed or ended
    :ivar before: Rate or DestinationRow as it is, None when it is added
    :ivar after: as it shall be, None when it ends
    :ivar int record_id: of the rate or destination that is there
    :ivar int line_number: of the table, None when it isn't in it
    """

    change: str
    before: Any
    after: Any
    record_id: int | None = None
    line_number: int | None = None

    def shown(self):
        """Return columns of telecom.tariff.import.line."""
        before, after = _facts(self.before), _facts(self.after)
        if self.change == CHANGED:
            same = {name for name in before if before[name] == after[name]}
            before, after = _without(before, same), _without(after, same)
        else:
            before, after = _without_defaults(before), _without_defaults(after)
        return {
            "change": self.change,
            "name": _name(self.after or self.before),
            "line_number": self.line_number,
            "before": _words(before),
            "after": _words(after),
        }


def _facts(row):
    """Return what a row says beside its key, as texts by column."""
    if row is None:
        return {}
    if isinstance(row, DestinationRow):
        pairs = zip(DESTINATION_COLUMNS, destination_cells(row), strict=True)
        return {name: text for name, text in pairs if name != "code"}
    pairs = zip(RATE_COLUMNS, rate_cells(row), strict=True)
    return {name: text for name, text in pairs if name not in KEY_COLUMNS}


def _name(row):
    if isinstance(row, DestinationRow):
        return row.destination.code
    return " · ".join(as_text(value) for value in row.key if value not in (None, "any"))


def _without(facts, names):
    return {name: text for name, text in facts.items() if name not in names}


def _without_defaults(facts):
    return {name: text for name, text in facts.items() if text not in DEFAULTS}


def _words(facts):
    return ", ".join(f"{name} {text or '–'}" for name, text in facts.items())
