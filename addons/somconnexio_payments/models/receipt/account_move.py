# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _is_being_debited(self):
        """Hook: tell whether an open debit order collects this bill.

        Direct debits say so; without them nothing is collected.
        """
        self.ensure_one()
        return False
