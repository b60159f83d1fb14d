# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What becomes of a plan: paid, broken, and what dunning does then."""

from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.somconnexio_base.money import exact

from ...dunning_rules.instalments import cover

BATCH = 200


class TelecomPaymentPlan(models.Model):
    _inherit = "telecom.payment.plan"

    notice_days = fields.Integer(
        compute="_compute_notice_days",
        help="How long after the notice of its end a service may be touched.",
    )

    @api.depends("billing_account_id.dunning_case_ids.notice_days")
    def _compute_notice_days(self):
        for plan in self:
            cases = plan.billing_account_id.dunning_case_ids
            plan.notice_days = cases[:1].notice_days

    @api.model
    def _follow_payments(self, accounts):
        """Bring plans in line with what is paid of their bills.

        :param accounts: telecom.billing.account for which money came, or went
        """
        # Who books a payment need not have a role in payment plans.
        self.sudo().search(
            [
                ("billing_account_id", "in", accounts.ids),
                ("state", "in", ("agreed", "broken", "done")),
            ]
        )._follow()

    def _follow(self):
        """Let payments cover the instalments, the oldest first."""
        for plan in self:
            residual = sum(exact(bill.amount_residual) for bill in plan.bill_ids)
            paid = exact(plan.opening_residual) - residual
            instalments = plan.instalment_ids.sorted("sequence")
            parts = cover(paid, [exact(one.amount) for one in instalments])
            for instalment, part in zip(instalments, parts, strict=True):
                if exact(instalment.paid_amount) != part:
                    instalment.paid_amount = part
            unpaid = instalments.filtered(lambda one: one.paid_amount < one.amount)
            plan._write_guarded(
                paid_amount=sum(parts), next_due_date=unpaid[:1].due_date
            )
            plan._follow_state(bool(unpaid))
            plan._arrange_debits()

    def _follow_state(self, has_unpaid):
        """Say that a plan is paid, or that it is not any more."""
        if not has_unpaid and self.state in ("agreed", "broken"):
            self._move("done")
        elif has_unpaid and self.state == "done" and not self._other_agreed():
            self._move("agreed")
            self._hold_dunning()

    def _other_agreed(self):
        """Tell whether the account has another plan in force."""
        return self.search_count(
            [
                ("billing_account_id", "=", self.billing_account_id.id),
                ("state", "=", "agreed"),
            ],
            limit=1,
        )

    def _hold_dunning(self):
        """Let dunning wait, and give back what it withheld where that was agreed."""
        case = self.billing_account_id.dunning_case_ids
        live = case.filtered(lambda one: one.state not in ("clear", "ended"))
        live._refresh()
        if live and self.restores_service:
            live._restore(live.line_ids)
            live._step_back()

    @api.model
    def _cron_follow(self):
        """Break the plans whose instalments are late."""
        for company in self.env["res.company"].search([]):
            last_day = company._telecom_today() - timedelta(
                days=company.telecom_plan_grace_days
            )
            late = self.search(
                [
                    ("company_id", "=", company.id),
                    ("state", "=", "agreed"),
                    ("next_due_date", "<", last_day),
                ]
            )
            self.env["ir.cron"]._commit_progress(remaining=len(late))
            for start in range(0, len(late), BATCH):
                batch = late[start : start + BATCH]
                batch._break()
                self.env["ir.cron"]._commit_progress(len(batch))

    def _break(self):
        """End plans that were not kept, tell the payer, let dunning go on."""
        for plan in self:
            today = plan.company_id._telecom_today()
            plan._move("broken", broken_date=today)
            plan._call_off_debits()
            plan._give_back_to_dunning(plan._tell_end("plan_broken"))

    def _tell_end(self, kind_code):
        """Tell the payer that a plan has ended.

        :return: telecom.notice: its time has to run before a service is suspended
        """
        window = fields.Date.to_string(self.company_id._telecom_today())
        self._announce(kind_code, window)
        return self.env["telecom.notice"].search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("kind_id.code", "=", kind_code),
                ("res_id", "=", self.id),
                ("window_key", "=", window),
            ],
            limit=1,
        )

    def _give_back_to_dunning(self, notice=None):
        """Let dunning go on where it stopped.

        :param notice: the telecom.notice that told the payer about it
        """
        cases = self.billing_account_id.dunning_case_ids
        for case in cases.filtered(lambda one: one.state != "clear"):
            case._go_on_after_plan(notice)


class TelecomDunningCase(models.Model):
    _inherit = "telecom.dunning.case"

    def _go_on_after_plan(self, notice=None):
        """Go on after the step on which the case stopped.

        Services that the plan gave back stand before the step that had withheld them.
        That step comes again, so a new cycle begins there; the notice before it is the
        one that the plan is broken, which needs its time as any other.
        """
        taken = self.policy_id.step_ids
        taken = taken[: taken.ids.index(self.step_id.id) + 1] if self.step_id else taken
        undone = taken.filtered(lambda step: step.action != "none")[:1]
        if self.state == "open" and self.step_id and undone:
            before = taken[: taken.ids.index(undone.id)][-1:]
            self._write_guarded(
                cycle=self.cycle + 1,
                step_id=before.id,
                step_date=self.company_id._telecom_today() if before else False,
                notice_id=notice.id if notice else self.notice_id.id,
                handed_over_date=False,
            )
            self._log("opened", note=self.env._("After a payment plan."))
        self._refresh()
