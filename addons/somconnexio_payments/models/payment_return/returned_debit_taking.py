# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models

from ... import sql_steps


class TelecomBankFile(models.Model):
    """Which debits a file brings back."""

    _inherit = "telecom.bank.file"

    def _take_returns(self):
        """Write down the returns that a file tells of, and book those that can be.

        The same return told by another file is there already and nothing happens.

        :return: telecom.returned.debit that have been booked now
        """
        self.ensure_one()
        params = {
            "file_id": self.id,
            "user_id": self.env.uid,
            "now": fields.Datetime.now(),
        }
        if self.status_ids:
            self._undo_rejected_runs()
            step = "11_insert_from_statuses"
        else:
            step = "10_insert_from_entries"
        self.env.flush_all()
        sql_steps.run(self.env, f"payment_return/{step}", **params)
        self.env.invalidate_all(flush=False)
        taken = self.env["telecom.returned.debit"].search(
            [("file_id", "=", self.id), ("state", "=", "waiting")]
        )
        taken._set_rules()
        return taken._book()

    def _undo_rejected_runs(self):
        """Take back debit runs whose only order the bank has refused as a whole."""
        for status in self.status_ids:
            run = status.order_id.debit_run_id
            is_whole = status.level == "file" and status.is_rejected
            if is_whole and run.order_ids == status.order_id:
                run._undo(status.reason_code or status.reason_text or status.status)
                status.sudo().is_undone = True


class TelecomReturnedDebit(models.Model):
    _inherit = "telecom.returned.debit"

    def _set_rules(self):
        """Give each return the rule of its reason."""
        Rule = self.env["telecom.return.rule"]
        for code, some in self.grouped("reason_code").items():
            some.rule_id = Rule._of(code)
