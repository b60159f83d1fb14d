# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What the name of a file tells: its date and its number."""

import re
from dataclasses import dataclass
from datetime import date

from .errors import PatternError

SEQUENCE = "{sequence}"
# 18 digits are what a database column of 8 bytes holds.
_PARTS = {
    "%Y": r"(?P<year>\d{4})",
    "%m": r"(?P<month>\d{2})",
    "%d": r"(?P<day>\d{2})",
    "%H": r"\d{2}",
    "%M": r"\d{2}",
    "%S": r"\d{2}",
    SEQUENCE: r"(?P<sequence>\d{1,9})",
    "*": ".*",
    "?": ".",
}
_TOKEN = re.compile(r"%[A-Za-z]|\{[^}]*\}|[*?]")


@dataclass(frozen=True)
class NameParts:
    """The date (the first day, where the name tells a month) and the number."""

    date: date | None
    sequence_number: int | None


class NamePattern:
    """A pattern such as ``MW_CDR_%Y%m%d_{sequence}.csv``.

    >>> NamePattern("MW_%Y%m%d_{sequence}.csv").match("MW_20261003_0012.csv")
    NameParts(date=datetime.date(2026, 10, 3), sequence_number=12)

    :raise PatternError: ``unknown_code``, ``code_twice`` or ``date_incomplete``
    """

    def __init__(self, text):
        codes = _TOKEN.findall(text)
        self.has_date = "%Y" in codes
        self.has_sequence = SEQUENCE in codes
        for code in codes:
            if code not in _PARTS:
                raise PatternError("unknown_code", value=code)
            if codes.count(code) > 1 and code not in "*?":
                raise PatternError("code_twice", value=code)
        if self.has_date != ("%m" in codes) or ("%d" in codes and not self.has_date):
            raise PatternError("date_incomplete")
        literals = map(re.escape, _TOKEN.split(text))
        parts = [*(_PARTS[code] for code in codes), ""]
        body = "".join(
            literal + part for literal, part in zip(literals, parts, strict=True)
        )
        self._regex = re.compile(body, re.ASCII)

    def match(self, name):
        """Return the ``NameParts`` of a file's name, or None if it is no such file."""
        found = self._regex.fullmatch(name)
        if not found:
            return None
        groups = found.groupdict()
        day = None
        if self.has_date:
            try:
                day = date(
                    int(groups["year"]),
                    int(groups["month"]),
                    int(groups.get("day") or 1),
                )
            except ValueError:
                return None
        sequence = groups.get("sequence")
        return NameParts(day, int(sequence) if sequence else None)
