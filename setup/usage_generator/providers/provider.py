# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What the month's writer asks of a provider."""

from abc import ABC, abstractmethod
from typing import NamedTuple

#: Millionths of a euro in the ten-thousandths that A and B write.
MICROS_PER_TEN_THOUSANDTH = 100


class Totals(NamedTuple):
    """Sums over the detail lines of one file, as they stand in it."""

    count: int = 0
    seconds: int = 0
    cost: int = 0


class Provider(ABC):
    """One provider's layout.

    Lines are bytes without their end. ``breakers`` maps a defect to the functions
    that spoil a line in that way: ``breaker(line) -> line``.
    """

    name = ""
    #: What the names of its files look like to a shell.
    file_pattern = ""
    is_weekly = False
    is_compressed = False
    line_end = b"\n"
    #: Number of the first file of the month.
    first_sequence = 1
    breakers = {}

    @abstractmethod
    def file_name(self, day, sequence):
        """Return the name of the file that closes on a day."""

    def first_lines(self, day, sequence):
        """Return the lines above the details."""
        return []

    @abstractmethod
    def encode(self, event, number):
        """Return an event as a detail line.

        :param int number: ordinal of the detail in its file, from 1
        """

    def totals_of(self, line):
        """Return what a detail line adds to the totals of its file."""
        return Totals(1)

    def last_lines(self, totals):
        """Return the lines below the details."""
        return []


def break_line(provider, defect, line, rng):
    """Return a line spoilt by one of the provider's ways of a defect."""
    return rng.choice(provider.breakers[defect])(line)
