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
        self._note_orders_sent()
        if self.status_ids:
            self._undo_rejected_runs()
            self._note_refused_refunds()
            step = "11_insert_from_statuses"
        else:
            self._note_returned_refunds()
            step = "10_insert_from_entries"
        self.env.flush_all()
        sql_steps.run(self.env, f"payment_return/{step}", **params)
        self.env.invalidate_all(flush=False)
        taken = self.env["telecom.returned.debit"].search(
            [("file_id", "=", self.id), ("state", "=", "waiting")]
        )
        taken._set_rules()
        return taken._book()

    def _note_refused_refunds(self):
        """Note the refunds whose transfers the bank's answer rejects."""
        Refund = self.env["telecom.refund"]
        for status in self.status_ids.filtered("is_rejected"):
            refunds = status.order_id._telecom_refunds()
            if status.level == "transaction":
                reference = status.end_to_end_reference
                refunds = refunds.filtered(lambda one, name=reference: one.name == name)
            reason = status.reason_code or status.reason_text or status.status
            for refund in refunds:
                Refund._came_back(refund.company_id, refund.name, reason)

    def _note_returned_refunds(self):
        """Note the refunds whose money a statement says has come back."""
        parts = self.env["telecom.bank.transaction"].search(
            [
                ("booking_file_id", "=", self.id),
                ("is_return", "=", True),
                ("amount", ">", 0),
                ("end_to_end_reference", "!=", False),
            ]
        )
        for part in parts:
            self.env["telecom.refund"]._came_back(
                part.company_id,
                part.end_to_end_reference,
                part.return_reason or part.return_text or "",
            )

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
