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
        self._check_agent_limits()

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

    def action_cancel(self):
        """Give plans up: dunning goes on where it stopped."""
        self._require_group("agent", "accountant")
        for plan in self:
            was_agreed = plan.state == "agreed"
            plan._move("cancelled")
            if was_agreed:
                plan.sudo()._call_off_debits()
                plan.sudo()._give_back_to_dunning()
        return True
