# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import timedelta

from odoo import Command, api, fields, models


class TelecomReturnedDebit(models.Model):
    """What follows a return, by the table of rules."""

    _inherit = "telecom.returned.debit"

    def _follow(self):
        """Do what the rules say for booked returns, once."""
        todo = self.filtered(lambda one: one.state == "booked" and not one.is_followed)
        todo.bill_id.telecom_billing_account_id.sudo()._use_credit()
        for rule, some in todo.grouped("rule_id").items():
            some._stop_mandates(rule)
            some._charge_fees(rule)
            owing = some.filtered(lambda one: one._is_owed_again())
            owing._retry_later(rule)
            if rule.is_dunned:
                owing.bill_id._dunning_debit_returned(rule.code)
            if rule.tells_payer:
                owing._announce()
            some._ask_agent(rule)
            some._ask_for_refunded()
        todo.write({"is_followed": True})

    def action_debit_again(self):
        """Have the bills debited once more, whatever the rule says."""
        return self.bill_id.action_debit_again()

    def _is_owed_again(self):
        """Tell whether the payer owes what came back; not if it was paid otherwise."""
        self.ensure_one()
        bill = self.bill_id
        return not bill or bill.currency_id.compare_amounts(bill.amount_residual, 0) > 0

    def _announce(self):
        """Tell the payers; the words are those of the reason's class."""
        self.env["telecom.notice"]._announce("debit_returned", self)

    def _stop_mandates(self, rule):
        if rule.stops_mandate:
            mandates = self.payment_line_id.mandate_id
            mandates.sudo()._stop(rule.display_name)

    def _retry_later(self, rule):
        """Have bills debited once more that have not been so too often."""
        if not rule.retry_days or not rule.retry_limit or rule.stops_mandate:
            return
        bills = self.filtered("bill_id")
        earlier = dict(
            self._read_group(
                [
                    ("bill_id", "in", bills.bill_id.ids),
                    ("retry_date", "!=", False),
                    ("id", "not in", self.ids),
                ],
                ["bill_id"],
                ["__count"],
            )
        )
        for one in bills:
            if earlier.get(one.bill_id, 0) < rule.retry_limit:
                one.retry_date = one.day + timedelta(days=rule.retry_days)
        for day, some in bills.filtered("retry_date").grouped("retry_date").items():
            some.bill_id._debit_again(day)

    def _charge_fees(self, rule):
        """Make a small bill of the fee for each return that has a payer of ours."""
        product = rule.fee_product_id
        charged = self.filtered(lambda one: one.billing_account_id)
        if not product or not charged:
            return
        moves = self.env["account.move"].create(
            [one._fee_vals(product) for one in charged]
        )
        moves.action_post()
        for one, move in zip(charged, moves, strict=True):
            one.fee_move_id = move

    def _fee_vals(self, product):
        return {
            "move_type": "out_invoice",
            "company_id": self.company_id.id,
            "partner_id": self.billing_account_id.partner_id.id,
            "telecom_billing_account_id": self.billing_account_id.id,
            "invoice_date": self.day,
            "ref": self.end_to_end_reference,
            "invoice_line_ids": [Command.create({"product_id": product.id})],
        }

    def _ask_agent(self, rule):
        if not rule.activity_user_id:
            return
        for one in self:
            one.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=rule.activity_user_id.id,
                summary=self.env._("Debit returned: %s", rule.display_name),
            )

    def _ask_for_refunded(self):
        """Let who paid a debit back as credit ask for it, as it came back after all.

        There is no open bill that dunning could follow.
        """
        refunds = (
            self.env["telecom.refund"]
            .sudo()
            .search(
                [
                    ("credit_line_id", "in", self.credit_line_id.ids),
                    ("state", "in", ("sent", "paid")),
                ]
            )
        )
        for refund in refunds:
            self.filtered(
                lambda one, item=refund.credit_line_id: one.credit_line_id == item
            ).activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=refund.author_id.id,
                summary=self.env._(
                    "Came back after %s had paid it back: ask for the money",
                    refund.name,
                ),
            )

    @api.model
    def _cron_try_again(self, batch_size=500):
        """Look again for the debits of returns that wait, some hundred at a time."""
        since = fields.Date.subtract(fields.Date.today(), months=14)
        waiting = self.search([("state", "=", "waiting"), ("day", ">=", since)])
        self.env["ir.cron"]._commit_progress(remaining=len(waiting))
        for start in range(0, len(waiting), batch_size):
            waiting[start : start + batch_size]._book()._follow()
            self.env["ir.cron"]._commit_progress(batch_size)


class TelecomBankTransaction(models.Model):
    _inherit = "telecom.bank.transaction"

    def _mark_reversed(self):
        """Write down returns that the bank has taken back: the bill is paid again."""
        for part in self:
            returned = self.env["telecom.returned.debit"].search(
                [
                    ("company_id", "=", part.company_id.id),
                    ("end_to_end_reference", "=", part.end_to_end_reference),
                    ("state", "=", "booked"),
                ]
            )
            returned.sudo().write({"state": "reversed"})
            returned.message_post(
                body=self.env._("Taken back by the bank on %s.", part.day)
            )
