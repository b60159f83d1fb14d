# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from odoo.addons.somconnexio_base.money import exact_in

#: What an earlier allocation said, which a new one must not rest on.
FORGOTTEN = {
    "reason": False,
    "account_id": False,
    "partner_id": False,
    "billing_account_id": False,
    "counterpart_line_id": False,
    "line_ids": [fields.Command.clear()],
}


class TelecomBankTransaction(models.Model):
    """Money that no rule could place, and money without a bill."""

    _inherit = "telecom.bank.transaction"

    def _receive_credit(self):
        """Book money of a known account that owes nothing as credit on account.

        The payment stands on the way to the bank, which the statement line settles.
        """
        found = self.filtered(
            lambda part: (
                part.state == "matched"
                and part.rule == "account"
                and not part.account_id
            )
        )
        for part in found:
            payment = part.sudo().billing_account_id._receive_payment(
                exact_in(part.amount, part.currency_id),
                part.day,
                part.journal_id,
                part.bank_reference or part.entry_id.display_name,
                key=f"bank:{part.entry_id.key}:{part.number}",
                memo=part.remittance or "",
            )
            item = payment._seek_for_lines()[0]
            part.sudo().write(
                {
                    "account_id": item.account_id.id,
                    "partner_id": item.partner_id.id,
                    "line_ids": [fields.Command.set(item.ids)],
                }
            )
        self.env.flush_all()

    def action_try_again(self):
        """Look again for what exceptions are for, such as bills posted since."""
        self.check_access("write")
        waiting = self.sudo().filtered(lambda part: part.state == "exception")
        waiting._retry()
        return True

    def _retry(self):
        """Match exceptions once more and book what has been found."""
        self.write({"state": "waiting", **FORGOTTEN})
        self._match()
        self._receive_credit()
        found = self.filtered(lambda part: part.state == "matched")
        for part in found:
            part._replace_suspense()
        found._settle()

    def _replace_suspense(self):
        """Move an allocated sum from the suspense account to what it settles."""
        self.ensure_one()
        line = self.statement_line_id
        _bank, suspense, _others = line._seek_for_lines()
        rest = suspense.balance + self.amount
        commands = [fields.Command.create(self._counterpart_vals(suspense))]
        if line.currency_id.is_zero(rest):
            commands.append(fields.Command.delete(suspense.id))
        else:
            commands.append(fields.Command.update(suspense.id, {"balance": rest}))
        known = line.move_id.line_ids
        line.move_id.with_context(
            skip_account_move_synchronization=True,
            force_delete=True,
            skip_invoice_sync=True,
            skip_readonly_check=True,
        ).write({"line_ids": commands})
        self.counterpart_line_id = line.move_id.line_ids - known

    def _counterpart_vals(self, suspense):
        return {
            "name": suspense.name,
            "account_id": self.account_id.id,
            "partner_id": self.partner_id.id,
            "currency_id": suspense.currency_id.id,
            "balance": -self.amount,
            "amount_currency": -self.amount,
        }

    def action_view_paid(self):
        """Open what this money paid."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What it pays"),
            "res_model": "account.move",
            "view_mode": "list,form",
            "domain": [("id", "in", self.line_ids.move_id.ids)],
        }

    @api.model
    def _cron_try_again(self, batch_size=200):
        """Look again at exceptions of the last three months, some hundred at a time.

        What a person has undone is left to people.
        """
        since = fields.Date.subtract(fields.Date.today(), months=3)
        waiting = self.search(
            [
                ("state", "=", "exception"),
                ("reason", "!=", "undone"),
                ("day", ">=", since),
            ]
        )
        self.env["ir.cron"]._commit_progress(remaining=len(waiting))
        for start in range(0, len(waiting), batch_size):
            waiting[start : start + batch_size]._retry()
            self.env["ir.cron"]._commit_progress(batch_size)
