# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _increase_rank(self, field, n=1):
        """Override of ``account``: who is a customer already isn't made one again.

        Core raises the rank after the commit, in a transaction that waits for whoever
        else writes the person; a bank's app is not answered as long as that takes.
        """
        if self.env.context.get("telecom_keeps_rank"):
            self = self.filtered(lambda partner: not partner[field])
        return super()._increase_rank(field, n)
