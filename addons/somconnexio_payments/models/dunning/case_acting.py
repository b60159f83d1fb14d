# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Taking a step: the notice, the fee, and what is done to the services."""

from datetime import timedelta

from odoo import api, models
from odoo.exceptions import LockError
from odoo.tools import SQL

from odoo.addons.somconnexio_base import lifecycle
from odoo.addons.somconnexio_base.models.membership.state_mixin import serialise

#: Action of a step -> what is barred.
RESTRICTIONS = {"restrict_data": "data", "restrict_outgoing": "outgoing"}
#: Action of a step -> state of the case after it.
STATE_AFTER = {
    "restrict_data": "restricted",
    "restrict_outgoing": "restricted",
    "suspend": "suspended",
    "terminate": "ended",
}
#: What PostgreSQL says to the second of two who change the same: begin once more.
RETRIED = ("40001", "40P01", "55P03")
SUSPENSION_REASON = "somconnexio_base.lifecycle_reason_non_payment"
TERMINATION_REASON = "somconnexio_base.lifecycle_reason_debt"


class TelecomDunningCase(models.Model):
    _inherit = "telecom.dunning.case"

    @api.model
    def _act_on(self, company, day, account_ids):
        """Do what is due for some billing accounts; park those that fail.

        All is looked at again here, so that what was paid since the list was made is
        left alone. The caller commits.

        :return: dict: account id -> ``done``, ``nothing`` or the text of an error
        """
        rows = self._decide(company, day, account_ids)
        self._write_down(company, day, rows)
        self._settle_paid(account_ids)
        outcomes = dict.fromkeys(account_ids, "nothing")
        cases = self._of_accounts(row["account_id"] for row in rows)
        by_account = {case.billing_account_id.id: case for case in cases}
        for row in rows:
            case = by_account[row["account_id"]]
            outcomes[row["account_id"]] = case._act(row, day)
        return outcomes

    def _act(self, row, day):
        """Take the step of a decided row in a savepoint.

        :return: ``done``, ``nothing`` or the text of the error that parked the case
        """
        self.ensure_one()
        if not row["is_due"]:
            return "nothing"
        try:
            with self.env.cr.savepoint():
                self._take_step(row, day)
        except LockError:
            return "nothing"  # somebody else is at it
        except Exception as error:  # one account's fault must not stop the others
            if getattr(error, "pgcode", None) in RETRIED:
                raise
            self._park(error)
            return str(error)
        return "done"

    def _take_step(self, row, day):
        """Take the next step of a case, once."""
        serialise(self)
        step = self.next_step_id
        proof = self._proof_attempt()
        touched = self._do_action(step, day)
        notice = self._tell_step(step)
        fee_line = self._charge_fee(step, day)
        self._log(
            "step",
            date=day,
            step_id=step.id,
            amount=self.amount,
            conditions=row["conditions"],
            notice_id=notice.id,
            proof_attempt_id=proof.id,
            subscription_ids=[(6, 0, touched.ids)],
            fee_line_id=fee_line.id,
        )
        vals = {"step_id": step.id, "step_date": day}
        if notice:
            vals.update(notice_id=notice.id, handed_over_date=False)
        state = STATE_AFTER.get(step.action)
        if state and touched and state != self.state:
            vals["state"] = state
        self._write_guarded(**vals)
        self._look_again(day)

    def _look_again(self, day):
        """Write down what comes next after something was done."""
        company = self.company_id
        rows = self._decide(company, day, self.billing_account_id.ids)
        self._write_down(company, day, rows)

    def _do_action(self, step, day):
        """Do to the services what a step says.

        :return: contract.contract, those that were touched
        """
        lines = self._lines_of(step, day)
        if step.action in RESTRICTIONS:
            return self._restrict(lines, RESTRICTIONS[step.action], day)
        if step.action == "suspend":
            return self._suspend(lines, day)
        if step.action == "terminate":
            return self._terminate(lines, day)
        return self.env["contract.contract"]

    def _lines_of(self, step, day):
        """Return the subscriptions that a step is for.

        Of those that are charged in bills overdue for as long as the step asks; never
        essential lines.
        """
        latest = day - timedelta(days=step.min_days)
        return self.line_ids.filtered(
            lambda line: (
                line.amount > 0
                and line.oldest_due_date <= latest
                and not line.is_essential
            )
        )

    def _restrict(self, lines, kind, day):
        """Bar a part of the services that are not barred as much already."""
        reason = self.env.ref(SUSPENSION_REASON)
        lines = lines.filtered(
            lambda line: (
                line.subscription_state == lifecycle.ACTIVE
                and line.subscription_id.restriction_kind not in (kind, "outgoing")
                and (
                    not line.subscription_id.restriction_kind or line.restricted_kind
                )
            )
        )
        lines._quiet_subscriptions().restrict(kind, reason, day)
        lines.restricted_kind = kind
        return lines.subscription_id

    def _suspend(self, lines, day):
        """Suspend the services that are in use."""
        reason = self.env.ref(SUSPENSION_REASON)
        lines = lines.filtered(
            lambda line: line.subscription_state == lifecycle.ACTIVE
        )
        lines._quiet_subscriptions().suspend(reason, day)
        lines.suspended_date = day
        return lines.subscription_id

    def _terminate(self, lines, day):
        """End the services that dunning suspended, or barred from calling."""
        reason = self.env.ref(TERMINATION_REASON)
        lines = lines.filtered(
            lambda line: (
                line._is_suspended_by_dunning()
                or (
                    line.restricted_kind == "outgoing" and line._is_barred_by_dunning()
                )
            )
        )
        lines._quiet_subscriptions().terminate(reason, day)
        lines.write(
            {
                "terminated_date": day,
                "suspended_date": False,
                "restricted_kind": False,
            }
        )
        return lines.subscription_id

    def _tell_step(self, step):
        """Announce the notice of a step; return it, or nothing."""
        Notice = self.env["telecom.notice"].sudo()
        if not step.notice_kind_id:
            return Notice
        window = f"{self.cycle}.{step.id}"
        Notice._announce(step.notice_kind_id.code, self, window)
        return Notice.search(
            [
                ("kind_id", "=", step.notice_kind_id.id),
                ("res_id", "=", self.id),
                ("window_key", "=", window),
            ],
            limit=1,
        )

    def _charge_fee(self, step, day):
        """Charge the fee of a step on the next bill, where it may be charged.

        :return: contract.line, empty without a fee
        """
        Line = self.env["contract.line"]
        product = step.fee_product_id
        if not (product and self.policy_id.charges_fees) or self.disputed_amount:
            return Line
        charged = self.event_ids.filtered(
            lambda event: (
                event.cycle == self.cycle and event.step_id.fee_product_id == product
                and event.fee_line_id
            )
        )
        subscription = self._fee_subscription(product)
        if len(charged) >= step.fee_max_count or not subscription:
            return Line
        return subscription.buy_one_shot(product, day)

    def _fee_subscription(self, product):
        """Return the subscription with the largest debt that can carry a fee."""
        wanted = product.telecom_service_type_id
        lines = self.line_ids.filtered(
            lambda line: (
                line.amount > 0
                and line.subscription_state
                in (lifecycle.ACTIVE, lifecycle.SUSPENDED)
                and wanted in (
                    wanted.browse(), line.subscription_id.telecom_service_type_id
                )
            )
        )
        return lines[:1].subscription_id

    def _proof_attempt(self):
        """Return the sending that proves the last notice, if one does."""
        attempts = self.sudo().notice_id.attempt_ids.filtered(
            lambda attempt: attempt.state in ("sent", "delivered")
        )
        return attempts.sorted("id")[:1]

    @api.model
    def _begin_newcomers(self, company, day):
        """Begin the ladder anew where a service fell behind after the others.

        While some services are suspended another one's bills may become overdue, or a
        suspended one was resumed by hand: they get the whole ladder, with its notices.
        """
        cases = self.search(
            [
                ("company_id", "=", company.id),
                ("state", "!=", "clear"),
                ("step_id.action", "in", ("suspend", "terminate")),
                (
                    "line_ids",
                    "any",
                    [
                        ("amount", ">", 0),
                        ("suspended_date", "=", False),
                        ("subscription_id.telecom_state", "=", lifecycle.ACTIVE),
                    ],
                ),
            ]
        )
        for case in cases.filtered(lambda one: one._has_newcomer(day)):
            case._begin_anew()

    def _has_newcomer(self, day):
        """Tell whether a service fell behind that the last notices did not name."""
        if self.stop:
            return False
        latest = day - timedelta(days=self.policy_id.step_ids[:1].min_days)
        return any(
            line.amount > 0
            and not line.is_essential
            and not line.suspended_date
            and line.subscription_state == lifecycle.ACTIVE
            and line.oldest_due_date <= latest
            and self.step_date < day
            for line in self.line_ids
        )

    def _begin_anew(self):
        """Begin the ladder anew for those that are not suspended yet."""
        serialise(self)
        self._write_guarded(
            cycle=self.cycle + 1,
            step_id=False,
            step_date=False,
            notice_id=False,
            handed_over_date=False,
            next_step_id=False,
            next_date=False,
        )
        self._log("opened", note=self.env._("The ladder begins anew."))
        if self.state == "ended":
            self._move("open")

    def _park(self, error):
        """Leave a case alone until somebody has looked at what went wrong."""
        text = str(error)[:500]
        self._write_guarded(error=text)
        self._log("error", note=text)
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.env._("Dunning failed"),
            note=text,
            user_id=self.env.user.id,
        )


class TelecomDunningLine(models.Model):
    _inherit = "telecom.dunning.line"

    def _quiet_subscriptions(self):
        """Return the subscriptions; dunning's own notice tells the customers."""
        return self.subscription_id.with_context(telecom_quiet=True)
