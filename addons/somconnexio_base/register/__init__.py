# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The books and papers of a cooperative as PDF. Plain Python, no Odoo.

``write_table`` draws a table of any length in flat memory: books, census, statement.
``write_certificate`` draws the one page that says who is a member.
"""

from .certificate import Certificate, write_certificate
from .table import PdfColumn, TableDocument, write_table

__all__ = [
    "Certificate",
    "PdfColumn",
    "TableDocument",
    "write_certificate",
    "write_table",
]
