# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Rates and destinations as tables: XLSX and CSV, read and written. No Odoo."""

from .errors import TableError
from .read import read_table
from .rows import DESTINATION_COLUMNS, RATE_COLUMNS
from .write import write_csv, write_xlsx
