# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""From a run to its rows, and its files to whoever asks."""

from odoo import models


class TelecomDebitRun(models.Model):
    _inherit = "telecom.debit.run"

    def action_view_lines(self):
        """Open the debits of the run."""
        return self._open("action_telecom_debit_line", "debit_run_id")

    def action_view_left_out(self):
        """Open what was left out of the run, with its reasons."""
        return self._open("action_telecom_debit_left_out", "run_id")

    def action_view_orders(self):
        """Open the payment orders of the run."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_payment_batch_oca.account_payment_order_inbound_action"
        )
        return action | {"domain": [("debit_run_id", "=", self.id)], "context": {}}

    def action_view_entries(self):
        """Open the entries of the run."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account.action_move_journal_line"
        )
        self.check_access("read")
        entries = self.sudo().slice_ids.move_id
        return action | {"domain": [("id", "in", entries.ids)], "context": {}}

    def _open(self, name, link):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"somconnexio_payments.{name}"
        )
        return action | {"domain": [(link, "=", self.id)], "context": {}}

    def _collection_files(self):
        """Confirm the proposal and write its files, for a month without hands.

        See ``account.move._collect`` of base. A run that is confirmed already has its
        files written; one that has files hands them out as they are.

        :return: list of (name, bytes)
        """
        self.ensure_one()
        if self.state == "proposed" and self.line_count:
            self.action_confirm()
        if self.state == "confirmed":
            self.action_write_file()
        attachments = self.sudo().order_ids.payment_file_id
        return [(attachment.name, attachment.raw) for attachment in attachments]
