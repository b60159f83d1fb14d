# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError

from .. import lifecycle
from .contract_completion import LIFECYCLE_PASS

CRON_BATCH = 500
REFRESH_DAYS = 7


class ContractContract(models.Model):
    """The end of a subscription: at once, on a planned day, or before it began."""

    _inherit = "contract.contract"

    @api.private
    def terminate(self, reason, date=None):
        """End subscriptions after a civil day; cancel those still pending.

        Lines end on that day, resources are held until it is over and then rest. For
        a day in the future the lines are dated now and the state follows on that
        day; terminate again to move the day.

        :param reason: telecom.lifecycle.reason of kind terminate
        :param date date: last civil day of service; today by default
        :return: True
        :raise UserError: naming the subscription that has ended before, or is pending
            and given a day in the future
        """
        self._check_reason(reason, "terminate")
        for subscriptions, day in self._by_day(date):
            pending = subscriptions.filtered(
                lambda subscription: subscription.telecom_state == lifecycle.PENDING
            )
            pending._cancel_on(reason, day)
            (subscriptions - pending)._end_on(reason, day)
        return True

    @api.private
    def cancel_termination(self):
        """Take back planned terminations: lines and resources go on.

        :return: True
        :raise UserError: naming the subscription without a planned termination
        """
        for subscription in self:
            is_planned = subscription.termination_date
            if not is_planned or subscription.telecom_state == lifecycle.TERMINATED:
                raise UserError(
                    self.env._(
                        "Subscription %(subscription)s has no planned termination.",
                        subscription=subscription.display_name,
                    )
                )
            subscription._lines_ending_with_service().write({"date_end": False})
            subscription._assignments_ending_with_service().write({"end_at": False})
        return self.with_context(telecom_pass=LIFECYCLE_PASS).write(
            {"termination_date": False, "termination_reason_id": False}
        )

    def _cancel_on(self, reason, day):
        """Terminate pending subscriptions; what was planned for them is dropped."""
        self._check_verb("terminate", day)
        if not self:
            return
        self._message_log_batch({s.id: s._cancelled_plan_note() for s in self})
        vals = {"termination_date": day, "termination_reason_id": reason.id}
        with_pass = self.with_context(telecom_pass=LIFECYCLE_PASS)
        with_pass.contract_line_ids.filtered("telecom_line_kind").unlink()
        with_pass.assignment_ids.filtered(lambda a: not a.end_at).unlink()
        self._transition(lifecycle.TERMINATED, day, vals, reason)

    def _cancelled_plan_note(self):
        """Say what a cancelled subscription would have been."""
        self.ensure_one()
        return self.env._(
            "Cancelled before activation. Lines: %(lines)s. Resources: %(resources)s.",
            lines=", ".join(self.contract_line_ids.mapped("name")) or "-",
            resources=", ".join(self.assignment_ids.resource_id.mapped("display_name"))
            or "-",
        )

    def _end_on(self, reason, day):
        """Date the end of subscriptions in service; terminate those that are due.

        ``self`` is of one company.
        """
        self._check_verb("terminate", day, is_future_allowed=True)
        if not self:
            return
        self._end_lines(day)
        self._end_assignments(day)
        vals = {"termination_date": day, "termination_reason_id": reason.id}
        if day <= self._telecom_today():
            self._transition(lifecycle.TERMINATED, day, vals, reason)
        else:
            self.with_context(telecom_pass=LIFECYCLE_PASS).write(vals)

    def _end_lines(self, day):
        """End the lines on that day; drop those planned for later."""
        open_lines = self.contract_line_ids.filtered(
            lambda li: li.telecom_line_kind and (not li.date_end or li.date_end > day)
        )
        lines = open_lines | self._lines_ending_with_service()
        later = lines.filtered(lambda line: line.date_start > day)
        later.with_context(telecom_pass=LIFECYCLE_PASS).unlink()
        (lines - later).write({"date_end": day})

    def _end_assignments(self, day):
        """End the assignments when that day is over; drop those planned for later."""
        day_end_at = self.company_id._telecom_day_end_at(day)
        open_assignments = self.assignment_ids.filtered(
            lambda a: not a.end_at or a.end_at > day_end_at
        )
        assignments = open_assignments | self._assignments_ending_with_service()
        later = assignments.filtered(lambda a: a.start_at >= day_end_at)
        later.with_context(telecom_pass=LIFECYCLE_PASS).unlink()
        (assignments - later).write({"end_at": day_end_at})

    def _lines_ending_with_service(self):
        """Return the lines that a planned termination has ended."""
        return self.contract_line_ids.filtered(
            lambda line: (
                line.telecom_line_kind
                and line.date_end
                and line.date_end == line.contract_id.termination_date
            )
        )

    def _assignments_ending_with_service(self):
        """Return the assignments that a planned termination has ended."""
        planned = self.filtered("termination_date")
        return planned.assignment_ids.filtered(
            lambda a: (
                a.end_at
                and a.end_at
                == a.company_id._telecom_day_end_at(a.subscription_id.termination_date)
            )
        )

    @api.model
    def _cron_follow_calendar(self):
        """Do what the calendar asks: planned terminations, then planned offerings."""
        Cron = self.env["ir.cron"]
        for company in self.env["res.company"].search([]):
            today = company._telecom_today()
            due = self._due_for_termination(company, today)
            Cron._commit_progress(remaining=len(due))
            for start in range(0, len(due), CRON_BATCH):
                batch = due[start : start + CRON_BATCH]
                batch._terminate_as_planned()
                Cron._commit_progress(len(batch))
            self._refresh_offerings(company, today)

    @api.model
    def _due_for_termination(self, company, today):
        """Return the subscriptions of a company whose last day has come."""
        return self.search(
            [
                ("company_id", "=", company.id),
                ("telecom_state", "in", (lifecycle.ACTIVE, lifecycle.SUSPENDED)),
                ("termination_date", "<=", today),
            ],
            order="termination_date, id",
        )

    def _terminate_as_planned(self):
        """Terminate subscriptions on the day and for the reason they carry."""
        plans = self.grouped(lambda s: (s.termination_date, s.termination_reason_id))
        for (day, reason), subscriptions in plans.items():
            subscriptions._transition(lifecycle.TERMINATED, day, None, reason)

    @api.model
    def _refresh_offerings(self, company, today):
        """Let the offering shown follow the tariff lines that begin by that day.

        The last week is looked at again, for the days on which no cron ran.
        """
        begun = self.env["contract.line"].search(
            [
                ("company_id", "=", company.id),
                ("telecom_line_kind", "=", "tariff"),
                ("date_start", ">", today - timedelta(days=REFRESH_DAYS)),
                ("date_start", "<=", today),
            ]
        )
        field = self._fields["telecom_offering_id"]
        self.env.add_to_compute(field, begun.contract_id)
        begun.contract_id.flush_recordset(["telecom_offering_id"])
