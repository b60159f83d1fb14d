# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Texts of this addon that are translated when somebody reads them."""

from odoo.addons.somconnexio_base.spreadsheet import text as base_text
from odoo.addons.somconnexio_base.spreadsheet.text import english, told

__all__ = ["Text", "english", "told"]


class Text(base_text.Text):
    """A sentence of this addon; import it as ``_``."""

    def _said(self, translate, values):
        """Override to have it looked for in the translations of this addon."""
        return translate(self.source, **values)
