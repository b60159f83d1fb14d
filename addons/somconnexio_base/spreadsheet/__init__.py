# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Tables as XLSX and CSV, of any length, read and written. Knows nothing of Odoo."""

from .csv_file import write_csv
from .errors import TableError
from .read import read_table
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
    "XLSX_MIMETYPE",
    "Column",
    "Kind",
    "Table",
    "TableError",
    "read_table",
    "write_csv",
    "write_tables",
    "write_workbook",
    "write_xlsx",
]
