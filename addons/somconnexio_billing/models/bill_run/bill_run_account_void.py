# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Taking a posted bill back whole, and billing the same anew."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ... import sql_steps
from . import stages


class TelecomBillRunAccount(models.Model):
    _inherit = "telecom.bill.run.account"

    credit_move_id = fields.Many2one(
        "account.move",
        "Credit note",
        index="btree_not_null",
        ondelete="restrict",
        help="The credit note that took the whole bill back.",
    )
    rebill_run_ids = fields.One2many("telecom.bill.run", "rebill_of_id")

    def action_void(self):
        """Ask why the bill is taken back, and whether it is made anew."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Void the bill"),
            "res_model": "telecom.bill.void",
            "view_mode": "form",
            "target": "new",
            "context": {"default_run_account_id": self.id},
        }

    @api.private
    def void_bills(self, reason):
        """Take posted bills back by a credit note each.

        Bill, lines and usage stay as history; what they charged is free to be billed
        once more: usage goes to the next run that rates it, days and charges to a run
        of their period.

        :param str reason: printed on the credit note
        :return: the credit notes, posted and reconciled
        :raise UserError: when a bill is not posted, or was taken back before
        :raise AccessError: unless the user may post bills
        """
        accounts = self._checked(stages.BY_CODE["post"].groups)
        accounts._check_voidable()
        credits_ = accounts._credit_in_full(reason)
        for account in accounts:
            account.credit_move_id = account.move_id.reversal_move_ids & credits_
        accounts.write({"state": "cancelled"})
        self.env.flush_all()
        sql_steps.run(self.env, "64_void_lines", run_account_ids=accounts.ids)
        self.env.invalidate_all()
        return credits_

    @api.private
    def rebill(self):
        """Make a run that bills anew what a voided bill charged, and preview it.

        :return: the run; its bill names the one that it replaces
        :raise UserError: when the bill has not been voided, or is being made anew
        """
        self.ensure_one()
        if not self.credit_move_id:
            raise UserError(
                self.env._("Void the bill first: it would be charged twice.")
            )
        if self.rebill_run_ids.filtered(lambda run: run.state != "cancelled"):
            raise UserError(
                self.env._(
                    "%(run)s bills it anew already.", run=self.rebill_run_ids[-1].name
                )
            )
        run = self.run_id
        anew = run.sudo().create(
            {
                "kind": "off_cycle",
                "company_id": run.company_id.id,
                "journal_id": run.journal_id.id,
                "period_start": run.period_start,
                "period_end": run.period_end,
                "invoice_date": run.company_id._telecom_today(),
                "only_account_ids": self.billing_account_id.ids,
                "rebill_of_id": self.id,
            }
        )
        anew.run_until = "preview"
        anew._delay_advance()
        return anew

    def _check_voidable(self):
        for account in self:
            if account.credit_move_id or account.move_id.state != "posted":
                raise UserError(
                    self.env._(
                        "The bill of %(account)s is not posted, or has been taken back."
                        " Only a posted bill can be voided.",
                        account=account.billing_account_id.display_name,
                    )
                )
            if account.move_id.reversal_move_ids.filtered(
                lambda m: m.state != "cancel"
            ):
                raise UserError(
                    self.env._(
                        "%(bill)s has a credit note already: correct it by another one,"
                        " or cancel that first.",
                        bill=account.move_id.name,
                    )
                )

    def _credit_in_full(self, reason):
        """Return a posted and reconciled credit note for each bill."""
        moves = self.move_id
        return moves._reverse_moves(
            [
                {
                    "ref": self.env._("Voids %(bill)s", bill=move.name),
                    "invoice_date": move.company_id._telecom_today(),
                    "telecom_correction_reason": reason,
                }
                for move in moves
            ],
            cancel=True,
        )


class TelecomBillRun(models.Model):
    _inherit = "telecom.bill.run"

    rebill_of_id = fields.Many2one(
        "telecom.bill.run.account",
        "Bills anew",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The voided bill that this run makes anew.",
    )

    _one_live_rebill = models.UniqueIndex(
        "(rebill_of_id) WHERE rebill_of_id IS NOT NULL AND state != 'cancelled'",
        "This bill is already being made anew.",
    )


class AccountMove(models.Model):
    _inherit = "account.move"

    telecom_replaced_bill_id = fields.Many2one(
        "account.move",
        "Replaces",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The voided bill that this one was made instead of.",
    )
