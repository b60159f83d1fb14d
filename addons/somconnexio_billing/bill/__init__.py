# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The customer bill: from plain values (:mod:`bill.document`) to a PDF file.

Pure Python, no Odoo. ``render(document)`` is the whole interface.
"""

from .document import BillDocument
from .render import render

__all__ = ["BillDocument", "render"]
