# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Tables of any length as XLSX files. Knows nothing of Odoo."""

from .workbook import Column, Kind, write_workbook

__all__ = ["Column", "Kind", "write_workbook"]
