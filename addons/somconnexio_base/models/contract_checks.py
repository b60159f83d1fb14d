# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models
from odoo.exceptions import UserError

from .. import lifecycle
from ..trial import is_trial


class ContractContract(models.Model):
    """What a change of state asks for; each fault names its subscription."""

    _inherit = "contract.contract"

    def _check_verb(self, verb, day, is_future_allowed=False):
        """Raise unless every subscription may do what the verb says on that day.

        ``self`` is of one company.

        :param str verb: a key of ``lifecycle.VERB_SOURCES``
        :param date day: civil date of the change
        """
        for subscription in self:
            if subscription.telecom_state not in lifecycle.VERB_SOURCES[verb]:
                raise UserError(subscription._illegal_verb_message(verb))
        is_future_allowed = is_future_allowed or is_trial(self.env)
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

    def _check_archivable(self):
        """Raise for a subscription that may still be in service, and billed."""
        for subscription in self.filtered("is_telecom"):
            if subscription.telecom_state != lifecycle.TERMINATED:
                raise UserError(
                    self.env._(
                        "Subscription %(subscription)s has not ended and would be "
                        "billed unseen: terminate it before you archive it.",
                        subscription=subscription.display_name,
                    )
                )
