# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Agreeing on a plan, within what the user may agree on, and giving it up."""

from odoo import models
from odoo.exceptions import UserError

from .telecom_payment_plan import is_open_bill


class TelecomPaymentPlan(models.Model):
    _inherit = "telecom.payment.plan"

    def action_agree(self):
        """Agree on drafts: dunning waits from now on.

        :raise UserError: naming what is beyond the limits, or makes no sense
        """
        self._require_group("agent", "accountant")
        for plan in self:
            plan.bill_ids.lock_for_update(allow_referencing=True)
            plan._check_agreeable()
            plan._lay_out()
            plan.replaces_id.sudo()._give_way()
            today = plan.company_id._telecom_today()
            plan._move(
                "agreed",
                agreed_date=today,
                agreed_by_id=self.env.uid,
                opening_residual=sum(plan.bill_ids.mapped("amount_residual")),
            )
            plan.sudo()._follow()
            plan.sudo()._hold_dunning()
            plan._announce("plan_agreed")
        return True

    def _check_agreeable(self):
        """Raise unless the plan makes sense and is within the user's limits."""
        company = self.company_id
        if not self._parts() or not all(map(is_open_bill, self.bill_ids)):
            raise UserError(
                self.env._(
                    "%s: choose open bills with enough to be parted into instalments.",
                    self.display_name,
                )
            )
        if self.first_date < company._telecom_today():
            raise UserError(
                self.env._("The first instalment cannot be in the past: choose a day.")
            )
        if self.instalment_count > company.telecom_plan_max_count:
            raise UserError(
                self.env._(
                    "At most %s instalments, whoever agrees: see Settings.",
                    company.telecom_plan_max_count,
                )
            )
        self._check_debitable()
        self._check_not_under_way()
        self._check_agent_limits()

    def _check_not_under_way(self):
        """Raise while a debit run takes the bills: the payer would pay twice.

        Parts that the plan in whose place this one comes had asked for may be on their
        way: they pay the first instalments.
        """
        others = self.bill_ids - self.replaces_id.bill_ids
        lines = self.env["account.payment.line"]
        # That a bill is being debited is no secret for who agrees on a plan.
        taken = lines.sudo().search(
            [("is_debit_open", "=", True), ("debit_move_id", "in", others.ids)], limit=1
        )
        if taken:
            raise UserError(
                self.env._(
                    "%(bill)s is in debit run %(run)s: have it left out there, or wait "
                    "until the bank has answered.",
                    bill=taken.debit_move_id.name,
                    run=taken.debit_run_id.name or taken.order_id.name,
                )
            )

    def _check_agent_limits(self):
        """Raise when agents may not agree on so much."""
        company = self.company_id
        if self.env.su or self.env.user.has_group(
            "somconnexio_base.group_telecom_accountant"
        ):
            return
        is_large = (
            self.currency_id.compare_amounts(
                self.amount, company.telecom_plan_agent_amount
            )
            > 0
        )
        if is_large or self.instalment_count > company.telecom_plan_agent_count:
            raise UserError(
                self.env._(
                    "Agents agree on up to %(amount)s in up to %(count)s instalments: "
                    "ask an accountant.",
                    amount=self.currency_id.format(company.telecom_plan_agent_amount),
                    count=company.telecom_plan_agent_count,
                )
            )

    def action_change(self):
        """Make a draft with what is left; agreeing on it ends this plan.

        :return: action that opens the draft
        :raise UserError: for a plan that is not in force
        """
        self.ensure_one()
        self._require_group("agent", "accountant")
        if self.state != "agreed":
            raise UserError(
                self.env._("%s is not in force: make a new plan.", self.display_name)
            )
        today = self.company_id._telecom_today()
        left = self.instalment_ids.filtered(lambda one: one.open_amount > 0)
        draft = self._create_guarded(
            [
                {
                    "billing_account_id": self.billing_account_id.id,
                    "bill_ids": [(6, 0, self.bill_ids.filtered(is_open_bill).ids)],
                    "instalment_count": max(len(left), 1),
                    "first_date": max(self.next_due_date or today, today),
                    "collection_method": self.collection_method,
                    "restores_service": self.restores_service,
                    "replaces_id": self.id,
                }
            ]
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Payment plan"),
            "res_model": self._name,
            "res_id": draft.id,
            "view_mode": "form",
        }

    def _give_way(self):
        """End plans in force for the one that comes in their place."""
        for plan in self.filtered(lambda one: one.state == "agreed"):
            plan._move("cancelled")
            plan._call_off_debits()
        # Before the other one is agreed, for the key that allows one at a time.
        self.flush_recordset()

    def action_cancel(self):
        """Give plans up: dunning goes on where it stopped, and the payer is told."""
        self._require_group("agent", "accountant")
        for plan in self:
            was_agreed = plan.state == "agreed"
            plan._move("cancelled")
            if was_agreed:
                plan.sudo()._call_off_debits()
                notice = plan.sudo()._tell_end("plan_cancelled")
                plan.sudo()._give_back_to_dunning(notice)
        return True
