# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What is to be reached: the table of DESIGN.md §6, per unit of work.

The goals are for 1,000,000 records and 10,000 bills on two cores; for other sizes
they are taken in proportion.
"""

from typing import NamedTuple

from .measure import MEBIBYTE

MILLION = 1_000_000
BILLS = 10_000


class Goal(NamedTuple):
    """An upper bound of seconds for so many units, and of memory."""

    seconds: float
    units: int
    program_bytes: int = 0

    def seconds_for(self, units):
        """Return the bound for a number of units."""
        return self.seconds * units / self.units


GOALS = {
    "load": Goal(20, MILLION, 512 * MEBIBYTE),
    "replay": Goal(5, MILLION),
    "rate": Goal(20, MILLION),
    "rate again": Goal(30, MILLION),
    "preview": Goal(30, BILLS),
    "invoice + post": Goal(240, BILLS),
    "deliver": Goal(120, BILLS),
    "the whole month": Goal(600, MILLION),
    # An agent waits for the answer.
    "quote": Goal(1, 1),
}
#: How many times faster than plain Odoo a bill must be made and posted, and how many
#: lines the bill of plain Odoo has that the goal speaks of.
PLAIN_RATIO = 2.0
PLAIN_LINES = 3.0
