# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models

from .transaction_exceptions import FORGOTTEN


class TelecomBankTransaction(models.Model):
    """What a person has decided: written down, and told like everything else."""

    _inherit = "telecom.bank.transaction"

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

    def _decided_by_hand(self):
        """Write down that a person has allocated these: who, when and to what."""
        waiting = self.sudo().filtered(lambda part: part.state == "exception")
        waiting.write(
            {
                "state": "by_hand",
                "by_hand_share": 1,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )
        for line in waiting.statement_line_id:
            waiting.filtered(lambda p, li=line: p.statement_line_id == li)._note_items()
        waiting._tell_received()

    def _note_items(self):
        """Write down what the items of one statement line settle, where it is clear.

        An item is a transaction's when the amount is, and of the only transaction that
        a person had to decide all are that are left.
        """
        _bank, _suspense, items = self.statement_line_id._seek_for_lines()
        known = self.entry_id.transaction_ids - self
        left = items.filtered(
            lambda item: not (_settled_items(item) & known.line_ids)
        ).sorted("id")
        for part in self:
            own = left.filtered(
                lambda item, amount=part.amount: (
                    not item.currency_id.compare_amounts(item.balance, -amount)
                )
            )[:1]
            own = own or (left if len(self) == 1 else own)
            left -= own
            part._note_decision(own)

    def _note_decision(self, items):
        """Write down the items by which a person settled this transaction."""
        bills = _settled_items(items).move_id
        accounts = bills.telecom_billing_account_id
        if not accounts and len(items.partner_id) == 1:
            accounts = accounts.search(
                [
                    ("partner_id", "=", items.partner_id.id),
                    ("company_id", "=", self.company_id.id),
                ]
            )
        self.write(
            {
                "account_id": items.account_id.id
                if len(items.account_id) == 1
                else False,
                "partner_id": items.partner_id.id
                if len(items.partner_id) == 1
                else False,
                "billing_account_id": accounts.id if len(accounts) == 1 else False,
                "line_ids": [fields.Command.set(_settled_items(items).ids)],
                "counterpart_line_id": items.id if len(items) == 1 else False,
            }
        )

    def _settle_again(self):
        """Settle what had been allocated with the items that a person's choice made."""
        for part in self.sudo():
            _bank, _suspense, items = part.statement_line_id._seek_for_lines()
            own = items.filtered(
                lambda item, part=part: (
                    item.account_id == part.account_id
                    and not item.reconciled
                    and not item.currency_id.compare_amounts(item.balance, -part.amount)
                )
            )[:1]
            if own and part.counterpart_line_id != own:
                part.counterpart_line_id = own
        self.sudo()._reconcile_counterparts()

    def _reopened_by_hand(self):
        """A person has undone the allocation: it waits again, and for a person only."""
        undone = self.sudo().filtered(lambda part: part.state in ("matched", "by_hand"))
        for reason, some in undone.grouped("reason").items():
            some.write(
                {
                    **FORGOTTEN,
                    "state": "exception",
                    "by_hand_share": 1,
                    "reason": reason or "undone",
                    "decided_by_id": False,
                    "decided_at": False,
                }
            )


def _settled_items(items):
    """Return the items with which some items of a statement line are matched."""
    return (
        items.matched_debit_ids.debit_move_id | items.matched_credit_ids.credit_move_id
    )
