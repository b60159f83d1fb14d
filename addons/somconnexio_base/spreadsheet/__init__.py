# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Tables as XLSX and CSV, of any length, read and written. Knows nothing of Odoo."""

from .csv_file import write_csv
from .errors import TableError
from .limits import SMALL_BOOK_LIMITS, Limits
from .read import read_book, read_table
from .workbook import (
    XLSX_MIMETYPE,
    Column,
    Kind,
    Table,
    write_tables,
    write_workbook,
    write_xlsx,
)

__all__ = [
    "SMALL_BOOK_LIMITS",
    "XLSX_MIMETYPE",
    "Column",
    "Kind",
    "Limits",
    "Table",
    "TableError",
    "read_book",
    "read_table",
    "write_csv",
    "write_tables",
    "write_workbook",
    "write_xlsx",
]
