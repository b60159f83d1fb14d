# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, models


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.private
    def _dunning_debit_returned(self, reason_code=None):
        """Hook: the debits of these bills came back; the ladder of dunning goes on.

        :param str reason_code: the bank's, such as ``AM04``
        """
