# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...cooperative import ledger


class CooperativeLeaving(models.Model):
    """The board's resolution, the day of leaving, and the refund."""

    _inherit = "cooperative.leaving"

    def action_resolve(self):
        """Write down that the board has resolved on it; in effect on its day.

        Who is sponsored or came by an agreement holds no capital: agents let them go,
        without the board.

        :raise UserError: without the date of the resolution, or when more would be
            deducted than was paid
        """
        members = self.filtered(lambda one: one.membership_id.kind == "member")
        self._require_group("admin", *(() if members else ("agent",)))
        for leaving in members:
            leaving._check_resolution()
        self._move("resolved", resolved_by_id=self.env.uid)
        for leaving in self:
            if leaving.effective_date <= leaving.company_id._telecom_today():
                leaving._take_effect()
        return True

    def _check_resolution(self):
        """Raise unless the board's resolution is complete."""
        self.ensure_one()
        if not self.resolution_date:
            raise UserError(
                self.env._(
                    "%s: write the date of the board's resolution.", self.display_name
                )
            )
        if self.resolution_date > self.company_id._telecom_today():
            raise UserError(
                self.env._(
                    "%s: the board cannot have resolved in the future.",
                    self.display_name,
                )
            )
        paid = sum(balance.paid for balance in self.membership_id._balances().values())
        if self._deduction() > paid:
            raise UserError(
                self.env._(
                    "%(leaving)s: the deduction is more than the %(paid)s that were "
                    "paid.",
                    leaving=self.display_name,
                    paid=paid,
                )
            )

    def _deduction(self):
        """Return the deduction as Decimal."""
        cent = Decimal(1).scaleb(-self.currency_id.decimal_places)
        return Decimal(str(self.deduction_amount or 0)).quantize(cent)

    def _take_effect(self):
        """End the membership: shares are cancelled, what was paid becomes owed."""
        self.ensure_one()
        membership = self.membership_id
        membership._serialise()
        membership.sudo()._open_calls()._cancel()
        movements = membership._reduce(
            self.effective_date, f"leaving:{self.id}", self._deduction(), self
        )
        refund = sum(Decimal(str(movement.refundable_amount)) for movement in movements)
        membership._leave(self.effective_date, self.reason)
        self._move("effective", refund_amount=refund)
        if not refund:
            self._move("closed", refunded_date=self.effective_date)

    def action_refund(self):
        """Pay back what is owed, once the term of the statutes has passed.

        :raise UserError: before that day, naming it
        """
        self._require_group("accountant", "admin")
        for leaving in self:
            leaving._check_moves("closed")
            today = leaving.company_id._telecom_today()
            if today < leaving.refund_due_date:
                raise UserError(
                    self.env._(
                        "%(leaving)s is refunded from %(date)s on.",
                        leaving=leaving.display_name,
                        date=fields.Date.to_string(leaving.refund_due_date),
                    )
                )
            leaving._refund(today)
        return True

    def _refund(self, day):
        """Book the refund of each class and close the leaving."""
        self.ensure_one()
        Movement = self.env["cooperative.share.movement"]
        for share_class, balance in self.membership_id._balances().items():
            if balance.refundable:
                Movement._append(
                    self.membership_id,
                    share_class,
                    "refund",
                    ledger.refund(balance.refundable),
                    day,
                    f"leaving:{self.id}:refund:{share_class.id}",
                    leaving_id=self.id,
                    counter_account=self._refund_counter_account(),
                )
        self._pay_out()
        self._move("closed", refunded_date=day)

    def _refund_counter_account(self):
        """Hook: return the account that a refund credits, or None for the company's.

        A payments addon books it as a debt until the transfer has left.
        """
        return None

    def _pay_out(self):
        """Hook: have the refund paid to the member's bank account.

        Without a payments addon somebody transfers it by hand.
        """
        return True

    def action_cancel(self):
        """Withdraw a leaving before it takes effect: the member stays."""
        self._move("cancelled")
        for leaving in self:
            leaving.membership_id._move("active", leaving_reason=False)
        return True

    @api.model
    def _lose(self, membership, day, reason):
        """End a membership because its contribution was not paid.

        The statutes let it happen without a resolution; the board sees it in the list.
        """
        leaving = membership.leaving_ids.filtered(
            lambda one: one.state in ("requested", "resolved")
        )
        if not leaving:
            leaving = self.create(
                {
                    "membership_id": membership.id,
                    "reason": "non_payment",
                    "notice_date": day,
                    "effective_date": max(day, membership.joined_date),
                    "resolution_date": day,
                    "note": reason,
                }
            )
        if leaving.state == "requested":
            leaving._move("resolved")
        leaving._take_effect()

    @api.model
    def _cron_follow_calendar(self):
        """Let the resolved leavings take effect whose day has come."""
        for company in self.env["res.company"].search([]):
            due = self.search(
                [
                    ("company_id", "=", company.id),
                    ("state", "=", "resolved"),
                    ("effective_date", "<=", company._telecom_today()),
                ]
            )
            self.env["ir.cron"]._commit_progress(remaining=len(due))
            for leaving in due:
                leaving._take_effect()
                self.env["ir.cron"]._commit_progress(1)
