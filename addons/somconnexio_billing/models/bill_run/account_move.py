# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError

from . import bill_batch

# Places of Odoo's sync stack that make lines a bill never has: discounts moved to an
# account of their own, private parts of purchases and early payment discounts.
DISCOUNT_ALLOCATION, NON_DEDUCTIBLE, EARLY_PAYMENT = 40, 60, 70


class AccountMove(models.Model):
    _inherit = "account.move"

    telecom_bill_run_id = fields.Many2one(
        "telecom.bill.run",
        string="Bill run",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The bill run that made this bill.",
    )

    _telecom_one_bill_per_run = models.UniqueIndex(
        "(telecom_bill_run_id, telecom_billing_account_id)"
        " WHERE move_type = 'out_invoice' AND telecom_bill_run_id IS NOT NULL",
        "This billing account already has its bill of this bill run.",
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_bill_of_run(self):
        bills = self.filtered("telecom_bill_run_id")
        if bills and not bill_batch.current(self.env):
            raise UserError(
                self.env._(
                    "%(bill)s belongs to bill run %(run)s: take the run back to remove"
                    " its drafts, or hold the account.",
                    bill=bills[:1].display_name,
                    run=bills[:1].telecom_bill_run_id.sudo().name,
                )
            )

    def action_telecom_credit(self):
        """Ask which part of the bill is given back."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Credit a part"),
            "res_model": "telecom.bill.credit",
            "view_mode": "form",
            "target": "new",
            "context": {"default_move_id": self.id},
        }

    def _get_last_sequence(self, relaxed=False, with_prefix=None):
        """Override of ``account`` to search the last number once per slice.

        Only the format of the answer matters after the first bill: the transaction
        holds the number's unique index entry and counts on by itself.
        """
        batch = bill_batch.current(self.env)
        if not batch:
            return super()._get_last_sequence(relaxed, with_prefix)
        key = (self.journal_id, self.date, self.move_type, relaxed, with_prefix)
        if key not in batch.last_numbers:
            batch.last_numbers[key] = super()._get_last_sequence(relaxed, with_prefix)
        return batch.last_numbers[key]

    def _compute_reconciled_payment_ids(self):
        """Override of ``account`` to spare new bills a search for their payments.

        A bill that is being made is reconciled with nothing, and on a database whose
        statistics are old that search takes minutes.
        """
        if not bill_batch.current(self.env):
            return super()._compute_reconciled_payment_ids()
        for move in self:
            move.reconciled_payment_ids = move.matched_payment_ids
        return None

    def _get_sync_stack(self, container):
        """Override of ``account`` not to look for lines that bills never have.

        Lines of a bill carry no discount and are no purchase; early payment discounts
        count where a payment term grants one.
        """
        stack, update_containers = super()._get_sync_stack(container)
        batch = bill_batch.current(self.env)
        if batch:
            absent = {DISCOUNT_ALLOCATION, NON_DEDUCTIBLE}
            if not batch.has_early_discount(self.env):
                absent.add(EARLY_PAYMENT)
            stack = [item for item in stack if item[0] not in absent]
        return stack, update_containers
