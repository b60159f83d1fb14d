# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models

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
        """Override to check each record that the lines of a slice name only once.

        All bills of a slice are of one company: what is right for one line is right
        for all lines that name the same record.
        """
        if not bill_batch.current(self.env):
            return super()._check_company(fnames)
        names = [
            name
            for name in fnames or self._fields
            if self._fields[name].relational and self._fields[name].check_company
        ]
        checked, sample_ids = set(), []
        for line in self:
            links = {(name, line[name]) for name in names} - checked
            if links:
                checked |= links
                sample_ids.append(line.id)
        return super(AccountMoveLine, self.browse(sample_ids))._check_company(fnames)
