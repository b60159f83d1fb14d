# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models


class AccountMove(models.Model):
    """A bill is collected under its billing account's mandate, not a partner's first.

    OCA looks for the first valid mandate of the payer; here the debit run finds the
    one of the billing account.
    """

    _inherit = "account.move"

    def _compute_mandate_id(self):
        """Override of OCA to leave bills of billing accounts to the debit run."""
        bills = self.filtered("telecom_billing_account_id")
        bills.mandate_id = False
        return super(AccountMove, self - bills)._compute_mandate_id()
