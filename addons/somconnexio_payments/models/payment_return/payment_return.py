# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models
from odoo.exceptions import UserError


class PaymentReturnLine(models.Model):
    """A returned debit in OCA's records: once for a debit and bank's reference."""

    _inherit = "payment.return.line"
    _rec_name = "reference"

    bank_reference = fields.Char(readonly=True, copy=False)
    debit_line_id = fields.Many2one(
        "account.payment.line",
        string="Debit order line",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    returned_debit_ids = fields.One2many("telecom.returned.debit", "return_line_id")

    _once = models.UniqueIndex(
        "(debit_line_id, bank_reference) WHERE debit_line_id IS NOT NULL",
        "The bank has told of this return already.",
    )


class PaymentReturn(models.Model):
    _inherit = "payment.return"

    def action_cancel(self):
        """Override of OCA: what the bank has returned is not undone by a button."""
        self._refuse_bank_returns()
        return super().action_cancel()

    def action_draft(self):
        """Override of OCA: what the bank has returned is not undone by a button."""
        self._refuse_bank_returns()
        return super().action_draft()

    def _refuse_bank_returns(self):
        if self.line_ids.returned_debit_ids:
            raise UserError(
                self.env._(
                    "The bank has returned these debits: only a reversal by the bank"
                    " undoes that."
                )
            )
