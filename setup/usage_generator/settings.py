# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What is asked of the generator."""

import re
from dataclasses import dataclass
from datetime import date

from .errors import SettingsError

MAX_SEQUENCE = 999_999
#: In fewer records, one of each defect makes files that are refused whole.
MIN_RECORDS_WITH_DEFECTS = 2_000


@dataclass(frozen=True)
class Settings:
    """Seed, size and month of one generated input.

    :param int seed: any integer; the same seed gives the same bytes
    :param int subscription_count: subscriptions of the world, 1 or more
    :param int record_count: detail rows over all files, duplicates included
    :param date month_start: first day of the month of the usage
    :param bool has_defects: False writes only rows that are read and guided
    """

    seed: int
    subscription_count: int
    record_count: int
    month_start: date
    has_defects: bool = True

    def __post_init__(self):
        if not 1 <= self.subscription_count <= MAX_SEQUENCE:
            raise SettingsError(
                f"{self.subscription_count} subscriptions: give 1 to {MAX_SEQUENCE}."
            )
        if self.record_count < 0:
            raise SettingsError(f"{self.record_count} records: give 0 or more.")
        if self.has_defects and self.record_count < MIN_RECORDS_WITH_DEFECTS:
            raise SettingsError(
                f"{self.record_count} records are too few for defects: give "
                f"{MIN_RECORDS_WITH_DEFECTS} or more, or --defects off."
            )


def parse_month(text):
    """Return the first day of a month written as ``2026-10``.

    >>> parse_month("2026-10")
    datetime.date(2026, 10, 1)

    :raise SettingsError: for any other text
    """
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise SettingsError(f"The month “{text}” is not written as 2026-10.")
    year, month = text.split("-")
    return date(int(year), int(month), 1)
