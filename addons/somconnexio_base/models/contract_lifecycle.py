# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from .. import lifecycle
from .contract_completion import LIFECYCLE_PASS


class ContractContract(models.Model):
    """The verbs that change the state of subscriptions, one or many at a time.

    Other addons extend the verbs to ask for more, or override ``_transition``,
    through which every change of state goes, to react to it.
    """

    _inherit = "contract.contract"

    @api.private
    def activate(self, date=None):
        """Put pending subscriptions into service.

        Tariff and add-on lines planned for another day start on that day.

        :param date date: first civil day of service; today by default
        :return: True
        :raise UserError: naming the subscription that is not pending, lacks a tariff
            or a resource of its service type, or is activated in the future
        """
        for subscriptions, day in self._by_day(date):
            subscriptions._check_verb("activate", day)
            subscriptions._check_has_tariff()
            subscriptions._check_has_resources(day)
            subscriptions._start_planned_lines(day)
            subscriptions._transition(lifecycle.ACTIVE, day, {"activation_date": day})
        return True

    @api.private
    def suspend(self, reason, date=None):
        """Suspend active subscriptions; their lines and resources stay.

        :param reason: telecom.lifecycle.reason of kind suspend
        :param date date: first civil day without service; today by default
        :return: True
        :raise UserError: naming the subscription that is not active
        """
        self._check_reason(reason, "suspend")
        for subscriptions, day in self._by_day(date):
            subscriptions._check_verb("suspend", day)
            vals = {"suspension_date": day, "suspension_reason_id": reason.id}
            subscriptions._transition(lifecycle.SUSPENDED, day, vals, reason)
        return True

    @api.private
    def resume(self, date=None):
        """Give suspended subscriptions their service back.

        :param date date: first civil day with service again; today by default
        :return: True
        :raise UserError: naming the subscription that is not suspended
        """
        for subscriptions, day in self._by_day(date):
            subscriptions._check_verb("resume", day)
            vals = {"suspension_date": False, "suspension_reason_id": False}
            subscriptions._transition(lifecycle.ACTIVE, day, vals)
        return True

    def _by_day(self, date):
        """Yield the subscriptions with the civil date a verb applies to them.

        :param date: civil date, or None for today in each company's time zone
        :return: pairs (subscriptions of one company, date)
        """
        given = fields.Date.to_date(date) if date else None
        for company, subscriptions in self.grouped("company_id").items():
            yield subscriptions, given or company._telecom_today()

    def _transition(self, to_state, day, vals=None, reason=None):
        """Bring subscriptions into a state and write their history.

        Every change of state goes through here; extend it to react to one.

        :param str to_state: a state that may follow the present ones
        :param date day: civil date from which the state holds
        :param dict vals: other values to write with it
        :param reason: telecom.lifecycle.reason, or None
        """
        rows = [
            {
                "subscription_id": subscription.id,
                "from_state": subscription.telecom_state,
                "to_state": to_state,
                "effective_date": day,
                "reason_id": reason.id if reason else False,
            }
            for subscription in self
        ]
        self.with_context(telecom_pass=LIFECYCLE_PASS).write(
            {**(vals or {}), "telecom_state": to_state}
        )
        self.env["telecom.subscription.transition"]._append(rows)
        self.assignment_ids.resource_id._follow_assignments()

    def _start_planned_lines(self, day):
        """Let the lines planned around the activation start on its day.

        The first tariff always does; other lines only when planned for earlier, as
        nothing is in force before the activation.
        """
        first_tariffs = self.env["contract.line"].concat(
            *(subscription._telecom_tariff_line_on(day) for subscription in self)
        )
        early = self.contract_line_ids.filtered(
            lambda line: line.telecom_line_kind and line.date_start < day
        )
        lines = (early | first_tariffs).filtered(lambda line: line.date_start != day)
        lines.write({"date_start": day, "recurring_next_date": day})
