# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError


class AccountPayment(models.Model):
    """Money that came in, booked once: ``receipt_key`` names where it came from."""

    _inherit = "account.payment"

    telecom_billing_account_id = fields.Many2one(
        "telecom.billing.account",
        string="Billing account",
        index="btree_not_null",
        check_company=True,
        copy=False,
        ondelete="restrict",
    )
    receipt_key = fields.Char(
        string="Receipt key",
        readonly=True,
        copy=False,
        help="Names the money, such as a bank app's transaction: it is booked once.",
    )

    _receipt_key_unique = models.Constraint(
        "UNIQUE (company_id, receipt_key)", "This money has been booked already."
    )

    @api.depends("payment_method_line_id")
    def _compute_outstanding_account_id(self):
        """Override of core: a payment has its entry at once, whatever the settings.

        Where statements are reconciled core books a payment whose method has no account
        only when the bank shows it. Until then its bill would stay open, and dunning
        would go on against somebody who has paid.
        """
        result = super()._compute_outstanding_account_id()
        for payment in self.filtered("company_id"):
            if not payment.outstanding_account_id:
                payment.outstanding_account_id = payment._account_on_the_way()
        return result

    def _account_on_the_way(self):
        """Return core's account of money on its way; empty when there is none."""
        try:
            return self._get_outstanding_account(self.payment_type)
        except UserError:
            return self.env["account.account"]

    def _allocate(self, lines):
        """Pay receivable lines with what is left of this payment.

        :param lines: open account.move.line of the payment's receivable account; those
            that fall due first are paid first, as core's reconciliation does
        """
        self.ensure_one()
        credit = self._seek_for_lines()[1].filtered(lambda line: not line.reconciled)
        if credit and lines:
            (credit + lines).reconcile()
