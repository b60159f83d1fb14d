# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError

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

    def _check_verb(self, verb, day, is_future_allowed=False):
        """Raise unless every subscription may do what the verb says on that day.

        ``self`` is of one company.

        :param str verb: a key of ``lifecycle.VERB_SOURCES``
        :param date day: civil date of the change
        """
        for subscription in self:
            if subscription.telecom_state not in lifecycle.VERB_SOURCES[verb]:
                raise UserError(subscription._illegal_verb_message(verb))
        if self and not is_future_allowed and day > self._telecom_today():
            raise UserError(
                self.env._(
                    "%(subscription)s: %(date)s is in the future. Choose today or an "
                    "earlier day, or come back on that day.",
                    subscription=self[:1].display_name,
                    date=fields.Date.to_string(day),
                )
            )
        self._check_not_before_last_change(day)

    def _illegal_verb_message(self, verb):
        """Say why the verb is refused and what can be done instead."""
        self.ensure_one()
        labels = dict(self._fields["telecom_state"]._description_selection(self.env))
        if not self.is_telecom:
            return self.env._(
                "%(contract)s is not a telecom subscription: give it a service type.",
                contract=self.display_name,
            )
        verb_labels = {
            "activate": self.env._("activated"),
            "suspend": self.env._("suspended"),
            "resume": self.env._("resumed"),
            "terminate": self.env._("terminated"),
            "change_offering": self.env._("given another offering"),
        }
        following = lifecycle.next_states(self.telecom_state)
        return self.env._(
            "Subscription %(subscription)s is %(state)s and cannot be %(verb)s. "
            "What it can become: %(following)s.",
            subscription=self.display_name,
            state=labels[self.telecom_state],
            verb=verb_labels[verb],
            following=", ".join(labels[state] for state in following)
            or self.env._("nothing, open a new subscription"),
        )

    def _check_not_before_last_change(self, day):
        """Raise when a subscription has changed state after that day."""
        groups = self.env["telecom.subscription.transition"]._read_group(
            [
                ("subscription_id", "in", self.ids),
                ("to_state", "!=", lifecycle.PENDING),
                ("effective_date", ">", day),
            ],
            ["subscription_id"],
            ["effective_date:max"],
        )
        for subscription, last_date in groups:
            raise UserError(
                self.env._(
                    "Subscription %(subscription)s changed state on %(last)s: choose "
                    "that day or a later one instead of %(date)s.",
                    subscription=subscription.display_name,
                    last=fields.Date.to_string(last_date),
                    date=fields.Date.to_string(day),
                )
            )

    def _check_reason(self, reason, kind):
        """Raise unless the reason is one of the kind."""
        if len(reason) != 1 or reason.kind != kind:
            labels = dict(
                self.env["telecom.lifecycle.reason"]
                ._fields["kind"]
                ._description_selection(self.env)
            )
            raise UserError(
                self.env._(
                    "Give one reason of the kind %(kind)s (Telecom, Configuration, "
                    "Lifecycle reasons).",
                    kind=labels[kind],
                )
            )

    def _check_has_tariff(self):
        """Raise when a subscription has no tariff line."""
        for subscription in self:
            if "tariff" not in subscription.contract_line_ids.mapped(
                "telecom_line_kind"
            ):
                raise UserError(
                    self.env._(
                        "Subscription %(subscription)s has no tariff: add a line with "
                        "an offering before activating it.",
                        subscription=subscription.display_name,
                    )
                )

    def _check_has_resources(self, day):
        """Raise when a subscription lacks a resource that its service type needs."""
        for subscription in self:
            company = subscription.company_id
            held = subscription.assignment_ids._covering(
                company._telecom_day_start_at(day), company._telecom_day_end_at(day)
            )
            needed = subscription.telecom_service_type_id.resource_kind_ids
            if missing := needed - held.kind_id:
                raise UserError(
                    self.env._(
                        "Subscription %(subscription)s needs %(kinds)s on %(date)s "
                        "before it can be activated: assign it under Resources.",
                        subscription=subscription.display_name,
                        kinds=", ".join(missing.mapped("name")),
                        date=fields.Date.to_string(day),
                    )
                )

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
