# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class AccountMove(models.Model):
    _inherit = "account.move"

    is_being_debited = fields.Boolean(
        compute="_compute_is_being_debited",
        search="_search_is_being_debited",
        help="In a debit run whose money has not been booked yet.",
    )

    @api.depends_context("uid")
    def _compute_is_being_debited(self):
        debited = self._is_being_debited()
        for move in self:
            move.is_being_debited = move in debited

    @api.model
    def _search_is_being_debited(self, operator, value):
        """Search bills by whether they are in an open debit run."""
        if operator not in ("in", "not in") or set(value) - {True, False}:
            return NotImplemented
        wanted = (True in value) == (operator == "in")
        open_lines = (
            self.env["account.payment.line"]
            .sudo()
            ._search([("is_debit_open", "=", True), ("debit_move_id", "!=", False)])
        )
        moves = open_lines.subselect("debit_move_id")
        return Domain("id", "in" if wanted else "not in", moves)

    def _is_being_debited(self):
        """Return the bills of these that are in an open debit run."""
        groups = (
            self.env["account.payment.line"]
            .sudo()
            ._read_group(
                [("is_debit_open", "=", True), ("debit_move_id", "in", self.ids)],
                ["debit_move_id"],
            )
        )
        ids = {move.id for (move,) in groups}
        return self.filtered(lambda move: move.id in ids)

    def action_debit_again(self):
        """Have open bills taken once more by the next debit run, for who plans runs.

        A bill for which that was asked already is left as it is.

        :raise AccessError: for who plans no debits
        :raise UserError: for a bill that owes nothing
        """
        Wish = self.env["telecom.debit.wish"]
        Wish._require_runner()
        for bill in self:
            if bill.currency_id.compare_amounts(bill.amount_residual, 0) <= 0:
                raise UserError(
                    self.env._("%s owes nothing: there is nothing to debit.", bill.name)
                )
            if not Wish._is_retry_waiting(bill):
                bill._debit_again(bill.company_id._telecom_today())
        return True

    @api.private
    def _debit_again(self, day):
        """Have bills debited once more, from a civil day on.

        :param date day: not before
        :return: telecom.debit.wish, one for each bill
        :raise UserError: for what is no posted bill of a billing account
        """
        Wish = self.env["telecom.debit.wish"]
        return Wish.concat(*(Wish._ask(bill, "retry", day) for bill in self))

    @api.private
    def _debit_part(self, amount, day):
        """Have a part of a bill debited from a civil day on, such as an instalment.

        As long as parts wait, the bill is not debited as a whole.

        :param Decimal amount: at most what the bill still owes is debited
        :param date day: not before
        :return: telecom.debit.wish
        """
        self.ensure_one()
        return self.env["telecom.debit.wish"]._ask(self, "part", day, amount)

    @api.private
    def _collect(self):
        """Override of base to put bills that pay by debit into a proposal.

        All bills of the company that fall due until the last of these do are taken.
        Bills that a run has, or has listed as left out, make no second one.

        :return: what base returns, and the debit runs that have these bills
        """
        collections = super()._collect()
        for company, bills in self.grouped("company_id").items():
            if not company._telecom_can_debit():
                continue
            if fresh := bills._never_proposed():
                due = max(filter(None, fresh.mapped("invoice_date_due")))
                self.env["telecom.debit.run"]._propose(
                    company, due, reference=fields.Date.to_string(due)[:7]
                )
            collections += list(bills._live_debit_runs())
        return collections

    def _never_proposed(self):
        """Return the open bills that pay by debit and that no live run knows."""
        known = self._live_debits().debit_move_id | self._live_left_out().move_id
        return (self - known).filtered(
            lambda bill: (
                bill.amount_residual > 0
                and bill.invoice_date_due
                and bill.telecom_billing_account_id.collection_method == "direct_debit"
            )
        )

    def _live_debit_runs(self):
        """Return the debit runs that have these bills and were not given up."""
        return self._live_debits().debit_run_id.with_env(self.env)

    def _live_debits(self):
        """Return the debits of these bills in runs that were not given up."""
        return (
            self.env["account.payment.line"]
            .sudo()
            .search(
                [
                    ("debit_move_id", "in", self.ids),
                    ("debit_run_id.state", "not in", ("cancelled", "rejected")),
                ]
            )
        )

    def _live_left_out(self):
        """Return what runs that were not given up left out of these bills."""
        return (
            self.env["telecom.debit.left.out"]
            .sudo()
            .search(
                [
                    ("move_id", "in", self.ids),
                    ("run_id.state", "not in", ("cancelled", "rejected")),
                ]
            )
        )

    @api.model
    def _can_be_collected(self, company):
        """Override of base: bills are collected once the company is set up for it."""
        return company._telecom_can_debit() or super()._can_be_collected(company)

    @api.model
    def _is_collected(self, company):
        """Override of base: bills are collected when the company proposes by itself."""
        is_wanted = company.telecom_debit_after_bills and company._telecom_can_debit()
        return is_wanted or super()._is_collected(company)
