# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import Command, api, models
from odoo.exceptions import UserError


class TelecomRefund(models.Model):
    """What the bank did with refunds."""

    _inherit = "telecom.refund"

    def _note_sent(self):
        """Note that the file is at the bank; the payments are posted."""
        for company, refunds in self.grouped("company_id").items():
            refunds._move("sent", sent_date=company._telecom_today())
        self._announce("refund_sent")

    def _note_paid(self):
        """Note that the statement shows the transfers."""
        for company, refunds in self.grouped("company_id").items():
            refunds._move("paid", paid_date=company._telecom_today())

    @api.model
    def _note_cleared(self, payments):
        """Note the refunds of payments that the statement has cleared."""
        sent = self.search([("payment_id", "in", payments.ids), ("state", "=", "sent")])
        sent.filtered(lambda one: one.payment_id.state == "paid")._note_paid()

    def action_paid(self):
        """Say by hand that the bank has paid, where no statement is read."""
        self._require_group("accountant", "admin")
        self._note_paid()
        return True

    @api.model
    def _came_back(self, company, reference, reason):
        """Note that a transfer was refused or returned: what was owed is owed again.

        The payment's entry is reversed, not deleted: the statement shows the money
        going out and coming back, and each finds its line of outstanding payments.
        Told twice, the second time changes nothing.

        :param company: res.company that had ordered it: others number alike
        :param str reference: the refund's reference (EndToEndId)
        :param str reason: the bank's code or words
        :return: the refund; empty when no refund under way has this reference
        """
        refund = self.search(
            [
                ("name", "=", reference),
                ("company_id", "=", company.id),
                ("state", "in", ("sent", "paid")),
            ],
            limit=1,
        )
        if refund:
            refund._serialise()
            refund._reverse_payment()
            refund._move(
                "failed",
                failure_reason=reason,
                paid_date=False,
                attempt_count=refund.attempt_count + 1,
            )
            refund._announce("refund_failed", refund.payment_id.name or "")
            refund._ask_to_look()
        return refund

    def action_came_back(self):
        """Note by hand that the bank returned a transfer."""
        self._require_group("accountant", "admin")
        for refund in self:
            refund._check_moves("failed")
            reason = self.env._("Noted by hand")
            if not self._came_back(refund.company_id, refund.name, reason):
                raise UserError(self.env._("%s is not under way.", refund.name))
        return True

    def _reverse_payment(self):
        """Open what was paid again, by an entry that mirrors the payment's."""
        self.ensure_one()
        move = self.payment_id.move_id
        account = self.credit_line_id.account_id
        paid = move.line_ids.filtered(lambda line: line.account_id == account)
        paid.remove_move_reconcile()
        mirror = move.create(self._mirror_vals(move))
        mirror.action_post()
        theirs = mirror.line_ids.filtered(lambda line: line.account_id == account)
        (paid | theirs).reconcile()

    def _mirror_vals(self, move):
        """Return the values of an entry that takes back another.

        Core's reversal would match the lines of outstanding payments with each other,
        which the statement clears one by one.
        """
        return {
            "journal_id": move.journal_id.id,
            "date": self.company_id._telecom_today(),
            "ref": self.env._("%s came back", self.name),
            "line_ids": [
                Command.create(
                    {
                        "account_id": line.account_id.id,
                        "partner_id": line.partner_id.id,
                        "name": self.name,
                        "debit": line.credit,
                        "credit": line.debit,
                    }
                )
                for line in move.line_ids
            ],
        }

    def _ask_to_look(self):
        """Give the author an activity: a transfer came back."""
        for refund in self:
            refund.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=refund.author_id.id,
                summary=self.env._("A refund came back"),
                note=refund.failure_reason,
            )
