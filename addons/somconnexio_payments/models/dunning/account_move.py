# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from ...dunning_rules import return_reasons


class AccountMove(models.Model):
    """What dunning knows of a bill."""

    _inherit = "account.move"

    dunning_return_code = fields.Char(string="Debit returned with", readonly=True)
    dunning_return_class = fields.Selection(
        list(return_reasons.CLASSES),
        string="Debit returned for",
        readonly=True,
        copy=False,
    )
    dunning_return_date = fields.Date(readonly=True, copy=False)
    dispute_ids = fields.One2many("telecom.payment.dispute", "bill_id")

    # What dunning asks: the bills of an account that are open.
    _dunning_open_idx = models.Index(
        "(company_id, telecom_billing_account_id) WHERE state = 'posted'"
        " AND payment_state IN ('not_paid', 'partial')"
        " AND telecom_billing_account_id IS NOT NULL"
    )

    @api.private
    def _dunning_debit_returned(self, reason_code=None):
        """Note on bills that their debit came back, and let the ladder go on.

        The bill counts as overdue since its own due date. The ladder begins at its
        first step if all had been paid before: the notices, and the periods that begin
        with them, are given anew.

        :param str reason_code: of the bank, such as ``AM04``
        """
        rule = self.env["telecom.return.rule"].sudo()._of(reason_code)
        for company, bills in self.grouped("company_id").items():
            today = company._telecom_today()
            # The bank's file says so: who reads it need not have a role in dunning.
            bills.sudo().write(
                {
                    "dunning_return_code": reason_code,
                    "dunning_return_class": rule.return_class or "other",
                    "dunning_return_date": today,
                }
            )
            account_ids = bills.telecom_billing_account_id.ids
            Case = self.env["telecom.dunning.case"].sudo()
            Case._write_down(company, today, Case._decide(company, today, account_ids))
            Case._of_accounts(account_ids).filtered(
                lambda case: case.state != "clear"
            )._log("returned", note=reason_code)

    def action_dispute(self):
        """Open the dialog that writes down a claim about a bill."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Claim about %s", self.name),
            "res_model": "telecom.payment.dispute",
            "view_mode": "form",
            "target": "new",
            "context": {"default_bill_id": self.id},
        }

    def _money_moved(self):
        """Hook: what is open of these entries may have changed."""
        accounts = self.filtered(
            lambda move: move.move_type in ("out_invoice", "out_refund")
        ).telecom_billing_account_id
        if accounts:
            self.env["telecom.dunning.case"]._follow_payments(accounts)
            self.env["telecom.payment.plan"]._follow_payments(accounts)

    def write(self, vals):
        """Override of ``account``: a payment without an entry of its own is linked."""
        result = super().write(vals)
        if "matched_payment_ids" in vals:
            self._money_moved()
        return result

    def button_draft(self):
        """Override of ``account``: a bill that is no bill any more is not owed."""
        result = super().button_draft()
        self._money_moved()
        return result


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _reconcile_post_hook(self, data):
        """Override of ``account``: money came for bills, in whatever way."""
        result = super()._reconcile_post_hook(data)
        self.move_id._money_moved()
        return result

    def remove_move_reconcile(self):
        """Override of ``account``: a payment was taken back from bills."""
        bills = self._reconciled_lines_moves()
        result = super().remove_move_reconcile()
        bills._money_moved()
        return result

    def _reconciled_lines_moves(self):
        """Return the entries that lines are matched with, and their own."""
        lines = self.matched_debit_ids.debit_move_id
        lines |= self.matched_credit_ids.credit_move_id
        return (self | lines).move_id


class AccountPayment(models.Model):
    _inherit = "account.payment"

    def action_post(self):
        """Override of ``account``: a payment without an entry of its own."""
        result = super().action_post()
        self.filtered(lambda payment: not payment.move_id).invoice_ids._money_moved()
        return result
