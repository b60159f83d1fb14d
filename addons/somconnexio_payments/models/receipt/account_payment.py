# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError

# Compared by identity: no RPC client can put this object into a context.
RECEIPT_PASS = object()
#: What only those who take in money write.
RECEIPT_FIELDS = frozenset({"receipt_key", "gateway_transaction_id"})


class AccountPayment(models.Model):
    """Money that came in, booked once: ``receipt_key`` names where it came from.

    A key that is taken lets nobody book that money again, so that people do not write
    it: screen, RPC and import are refused.
    """

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

    @api.model_create_multi
    def create(self, vals_list):
        """Override of ``account``: keys of receipts are the machine's."""
        for vals in vals_list:
            self._check_no_receipt(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Override of ``account``: keys of receipts are the machine's."""
        self._check_no_receipt(vals)
        return super().write(vals)

    def _check_no_receipt(self, vals):
        """Raise when a person writes what says where money came from.

        :raise UserError: naming the fields
        """
        names = [name for name in RECEIPT_FIELDS if vals.get(name)]
        names += RECEIPT_FIELDS & vals.keys() if self.ids else []
        is_passed = self.env.context.get("receipt_pass") is RECEIPT_PASS
        if not names or is_passed or self.env.su:
            return
        labels = [self._fields[name].string for name in sorted(set(names))]
        raise UserError(
            self.env._(
                "%s cannot be written by hand: it keeps money from being booked twice.",
                ", ".join(labels),
            )
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
