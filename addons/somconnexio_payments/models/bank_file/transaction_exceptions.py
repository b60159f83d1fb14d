# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from odoo.addons.somconnexio_base.money import exact_amount, exact_in

#: How money is allocated that comes singly, by transfer.
TRANSFER_RULES = ("bill", "account", "iban_amount")


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

    def _webhook_payload(self):
        """Override of ``base``: the same as of a payment, for money in a statement.

        :return: list of dicts with id, number, date, amount (text with all its
            digits), currency, customer_id and bill_ids
        """
        return [
            {
                "id": part.id,
                "number": part.entry_id.bank_reference or None,
                "date": fields.Date.to_string(part.day),
                "amount": exact_amount(part.amount, part.currency_id),
                "currency": part.currency_id.name,
                "customer_id": part.partner_id.id,
                "bill_ids": part.line_ids.move_id.ids,
            }
            for part in self
        ]

    def _tell_received(self):
        """Tell other systems of money that came by transfer and is allocated now.

        What came by a bank app or as credit on account has been told as a payment; of
        debits the bill tells.
        """
        received = self.filtered(
            lambda part: (
                part.state == "matched"
                and part.amount > 0
                and part.rule in TRANSFER_RULES
                and not part.counterpart_line_id.payment_id
                and part.account_id.account_type == "asset_receivable"
            )
        )
        self.env["telecom.webhook"]._publish("payment.received", received)

    def action_try_again(self):
        """Look again for what exceptions are for, such as bills posted since."""
        self.check_access("write")
        waiting = self.sudo().filtered(lambda part: part.state == "exception")
        waiting._retry()
        return True

    def _retry(self):
        """Match exceptions once more and book what has been found."""
        self.write({"state": "waiting", "reason": False})
        self._match()
        self._receive_credit()
        found = self.filtered(lambda part: part.state == "matched")
        for part in found:
            part._replace_suspense()
        found._reconcile_counterparts()
        found._finish_reversals()
        found._tell_received()

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

    def action_allocate(self):
        """Open the statement line in OCA's reconcile view, for a person to decide."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_reconcile_oca.action_bank_statement_line_reconcile_all"
        )
        action["domain"] = [("id", "=", self.statement_line_id.id)]
        action["context"] = {
            "view_ref": "account_reconcile_oca.bank_statement_line_form_reconcile_view"
        }
        return action

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

    def _decided_by_hand(self):
        """Write down that a person has allocated these: who and when."""
        waiting = self.sudo().filtered(lambda part: part.state == "exception")
        waiting.write(
            {
                "state": "by_hand",
                "by_hand_share": 1,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )

    def _reopened_by_hand(self):
        """A person has undone the allocation: it waits again, with its reason."""
        self.sudo().filtered(lambda part: part.state == "by_hand").write(
            {"state": "exception", "decided_by_id": False, "decided_at": False}
        )

    @api.model
    def _cron_try_again(self, batch_size=200):
        """Look again at exceptions of the last three months, some hundred at a time."""
        since = fields.Date.subtract(fields.Date.today(), months=3)
        waiting = self.search([("state", "=", "exception"), ("day", ">=", since)])
        self.env["ir.cron"]._commit_progress(remaining=len(waiting))
        for start in range(0, len(waiting), batch_size):
            waiting[start : start + batch_size]._retry()
            self.env["ir.cron"]._commit_progress(batch_size)
