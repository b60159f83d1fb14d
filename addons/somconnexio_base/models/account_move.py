# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    telecom_billing_account_id = fields.Many2one(
        "telecom.billing.account",
        string="Billing account",
        index="btree_not_null",
        check_company=True,
        copy=False,
        ondelete="restrict",
    )

    @api.private
    def _collect(self):
        """Hook: have posted bills collected by their payers' means of payment.

        Called once for the bills of a run, after they have been delivered; called
        again it takes what is missing. Without an addon that draws money bills wait
        for a transfer. An extension adds what it made to the answer of super.

        :return: list of records, each with a method ``_collection_files()`` that
            makes what the bank gets and returns it as a list of (name, bytes)
        """
        return []

    @api.model
    def _can_be_collected(self, company):
        """Hook: tell whether somebody collects bills of a company.

        :param company: res.company
        """
        return False

    @api.model
    def _is_collected(self, company):
        """Hook: tell whether delivered bills of a company go to collection unasked.

        :param company: res.company
        """
        return False

    def _telecom_pay_link(self):
        """Hook: return the address at which a bill can be paid online, or nothing.

        An addon for payments by card extends it; texts of bills show it.
        """
        self.ensure_one()
        return ""
