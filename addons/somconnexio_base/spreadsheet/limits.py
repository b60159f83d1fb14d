# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""How much of a file is read, so that a hostile one can't fill the memory."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """How much of a file is read, so that a hostile one can't fill the memory.

    :ivar int rows: of one sheet, without those that hold nothing
    :ivar int columns: of one row
    :ivar int unpacked_bytes: of all members of a workbook together
    :ivar int cell_chars: of one cell
    """

    rows: int = 250_000
    columns: int = 200
    #: An XLSX of 250,000 rates is some 100 MB unpacked.
    unpacked_bytes: int = 400 * 1024 * 1024
    cell_chars: int = 32_767


TABLE_LIMITS = Limits()
#: For workbooks that people fill by hand.
SMALL_BOOK_LIMITS = Limits(
    rows=5_000, columns=60, unpacked_bytes=30 * 1024 * 1024, cell_chars=4_000
)
