# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A file as the place it lies in describes it."""

from dataclasses import dataclass
from datetime import datetime, timezone
from hashlib import sha256

# What programs put at the end of a name while they still write the file.
PARTIAL_SUFFIXES = (".part", ".partial", ".filepart", ".tmp", ".temp", ".crdownload")
PARTIAL_PREFIXES = (".", "~")


@dataclass(frozen=True)
class RemoteFile:
    """A file that can be fetched.

    ``modified_seconds`` is counted from 1970 by the clock of the place.
    """

    name: str
    size_bytes: int
    modified_seconds: int

    @property
    def modified_at(self):
        """The instant of the last change, UTC without time zone."""
        moment = datetime.fromtimestamp(self.modified_seconds, timezone.utc)
        return moment.replace(tzinfo=None)

    @property
    def part_name(self):
        """A name for the part of it that has been fetched; another after a change."""
        text = f"{self.name}\0{self.size_bytes}\0{self.modified_seconds}"
        return f"{sha256(text.encode()).hexdigest()[:32]}.part"

    def is_complete(self, now_seconds, settle_seconds):
        """Tell whether nobody seems to write it any more.

        :param now_seconds: the time now
        :param settle_seconds: for so long a finished file has not changed
        """
        return (
            not self.name.startswith(PARTIAL_PREFIXES)
            and not self.name.lower().endswith(PARTIAL_SUFFIXES)
            and now_seconds - self.modified_seconds >= settle_seconds
        )
