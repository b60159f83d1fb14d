# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models

from . import bill_batch


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _increase_rank(self, field, n=1):
        """Override of ``account`` to spare every member a write each month.

        A slice makes customers of those who are none; more rank says nothing, as a
        bill run raises everybody's alike.
        """
        if bill_batch.current(self.env):
            return None
        return super()._increase_rank(field, n)
