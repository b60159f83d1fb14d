# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The file for the bank: written as it goes, checked, kept, written again the same."""

from odoo import fields, models
from odoo.exceptions import UserError

from .debit_run import ACCOUNTANT


class TelecomDebitRun(models.Model):
    _inherit = "telecom.debit.run"

    def action_write_file(self):
        """Write the file of each account of the creditor; the bank gets it next."""
        for run in self:
            run._begin((ACCOUNTANT,), "confirmed")._write_files()
        return True

    def _write_files(self):
        """Write the files of one run."""
        self._check_company_ready()
        self._leave_stale_out()
        self._refresh_totals()
        self._check_not_empty()
        self._check_control("file_is_residuals")
        self._sql("40_claim_amendments")
        self._sql("41_freeze_terms")
        now = fields.Datetime.now()
        for order in self.order_ids.filtered("payment_line_ids"):
            order._write_debit_file(now)
        self._show_order_state("generated")
        self._refresh_totals()
        self.write({"state": "filed", "filed_at": now, "message": False})

    def action_download(self):
        """Hand out the file, as it was written."""
        self.ensure_one()
        self._check_role((ACCOUNTANT,))
        orders = self.order_ids.filtered("payment_file_id")
        if not orders:
            raise UserError(self.env._("%s has no file yet.", self.name))
        if len(orders) > 1:
            return self.action_view_orders()
        return orders.action_download_debit_file()
