# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from . import bill_batch


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    telecom_bill_line_id = fields.Many2one(
        "telecom.bill.run.line",
        string="Bill run line",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The line of the bill run that this journal item was made from.",
    )

    telecom_credited_line_id = fields.Many2one(
        "account.move.line",
        string="Gives back",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The line of a bill that this line of a credit note gives back a part of.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of ``account`` to insert what Odoo would add by two updates.

        Odoo computes these fields all the same and corrects a wrong one: a right one
        spares writing each row, and its entries in twenty indexes, anew.
        """
        if bill_batch.current(self.env):
            vals_list = [{**self._telecom_foreseen(vals), **vals} for vals in vals_list]
        return super().create(vals_list)

    def _telecom_foreseen(self, vals):
        """Return what Odoo will compute for a new journal item of a bill."""
        move = self.env["account.move"].browse(vals["move_id"])
        account = self.env["account.account"].browse(vals.get("account_id"))
        open_amount = vals.get("balance", 0) if account.reconcile else 0
        return {
            "date": move.date,
            "invoice_date": move.invoice_date,
            "parent_state": move.state,
            "amount_residual": open_amount,
            "amount_residual_currency": open_amount,
            "reconciled": False,
            "no_followup": False,
            "price_subtotal": 0,
            "price_total": 0,
        }

    def _inverse_no_followup(self):
        """Override of ``account``: the items of new bills agree with one another."""
        if bill_batch.current(self.env):
            return None
        return super()._inverse_no_followup()

    def write(self, vals):
        """Override of ``account`` to spare new bills a write that changes nothing.

        Odoo gives the lines of every new invoice its partner once more, one invoice
        at a time.
        """
        if vals.keys() == {"partner_id"} and bill_batch.current(self.env):
            if set(self.partner_id.ids) == {vals["partner_id"]} and all(
                line.partner_id for line in self
            ):
                return True
        return super().write(vals)

    def _check_company(self, fnames=None):
        """Override of ``account`` to check the records that a slice names together.

        All bills of a slice are of one company: what is right for one line is right
        for all. Should anything be wrong, Odoo looks line by line and says where.
        """
        if not bill_batch.current(self.env):
            return super()._check_company(fnames)
        linked = [
            self.sudo()[name]
            for name in fnames or self._fields
            if self._fields[name].relational and self._fields[name].check_company
        ]
        if all(self._telecom_is_of_company(records) for records in linked):
            return None
        return super()._check_company(fnames)

    def _telecom_is_of_company(self, records):
        """Tell whether records may be named by lines of the company of these."""
        domain = records._check_company_domain(self.company_id)
        active = records.with_context(active_test=False)
        return not domain or len(active.filtered_domain(domain)) == len(records)
