# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError

from ... import lifecycle
from ...trial import is_trial
from ..contract_completion import LIFECYCLE_PASS
from .telecom_subscription_restriction import KINDS

GUARDED = frozenset({"restriction_kind", "restriction_reason_id", "restriction_date"})
#: A service that has not begun or has ended has nothing to bar.
IN_SERVICE = (lifecycle.ACTIVE, lifecycle.SUSPENDED)


class ContractContract(models.Model):
    """A part of the service is barred, beside the life of the subscription.

    Restricting and suspending do not touch each other: a subscription that is resumed
    keeps its restriction. Emergency and incoming calls are never barred.
    """

    _inherit = "contract.contract"

    restriction_kind = fields.Selection(
        KINDS,
        string="Restriction",
        readonly=True,
        copy=False,
        tracking=True,
        index="btree_not_null",
    )
    restriction_reason_id = fields.Many2one(
        "telecom.lifecycle.reason",
        string="Restricted for",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    restriction_date = fields.Date(string="Restricted since", readonly=True, copy=False)
    restriction_ids = fields.One2many(
        "telecom.subscription.restriction", "subscription_id", string="Restrictions"
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of ``base``: a new subscription has no restriction."""
        for vals in vals_list:
            if any(vals.get(name) for name in GUARDED):
                raise UserError(self._restriction_write_message())
        return super().create(vals_list)

    def write(self, vals):
        """Override of ``base`` to keep the restriction in step with its history."""
        is_passed = self.env.context.get("telecom_pass") is LIFECYCLE_PASS
        if GUARDED & vals.keys() and not is_passed:
            raise UserError(self._restriction_write_message())
        return super().write(vals)

    def _restriction_write_message(self):
        return self.env._(
            "The restriction of a subscription is not written: restrict it, or lift "
            "the restriction, instead."
        )

    @api.private
    def restrict(self, kind, reason, date=None):
        """Bar a part of the service; a wider bar takes the place of another.

        :param str kind: ``data`` or ``outgoing``
        :param reason: telecom.lifecycle.reason of kind suspend
        :param date date: first civil day; today by default
        :return: True
        :raise UserError: for an unknown kind, or naming the subscription that is not
            in service or has this restriction already
        """
        if kind not in dict(KINDS):
            raise UserError(
                self.env._(
                    "%(kind)s cannot be restricted. There are: %(known)s.",
                    kind=kind,
                    known=", ".join(dict(KINDS)),
                )
            )
        self._check_reason(reason, "suspend")
        for subscriptions, day in self._by_day(date):
            subscriptions._check_restrictable(kind, day)
            subscriptions._set_restriction(kind, reason, day)
        return True

    @api.private
    def lift_restriction(self, date=None):
        """Give the whole service back.

        :param date date: first civil day without restriction; today by default
        :return: True
        :raise UserError: naming the subscription without a restriction
        """
        for subscription in self.filtered(lambda one: not one.restriction_kind):
            raise UserError(
                self.env._(
                    "Subscription %s has no restriction.", subscription.display_name
                )
            )
        for subscriptions, day in self._by_day(date):
            subscriptions._check_restriction_day(day)
            subscriptions._set_restriction(False, None, day)
        return True

    def _check_restrictable(self, kind, day):
        """Raise unless every subscription may get a restriction on that day."""
        labels = dict(self._fields["telecom_state"]._description_selection(self.env))
        for subscription in self:
            if subscription.telecom_state not in IN_SERVICE:
                raise UserError(
                    self.env._(
                        "Subscription %(subscription)s is %(state)s: only services in "
                        "use are restricted.",
                        subscription=subscription.display_name,
                        state=labels.get(subscription.telecom_state, "-"),
                    )
                )
            if subscription.restriction_kind == kind:
                raise UserError(
                    self.env._(
                        "Subscription %s has this restriction already.",
                        subscription.display_name,
                    )
                )
        self._check_restriction_day(day)

    def _check_restriction_day(self, day):
        """Raise for a day that is to come, or before the last change."""
        if self and not is_trial(self.env) and day > self._telecom_today():
            raise UserError(
                self.env._(
                    "%s is in the future: choose today or an earlier day.",
                    fields.Date.to_string(day),
                )
            )
        for subscription in self:
            last = subscription.restriction_date
            if last and day < last:
                raise UserError(
                    self.env._(
                        "Subscription %(subscription)s is restricted since %(last)s: "
                        "choose that day or a later one.",
                        subscription=subscription.display_name,
                        last=fields.Date.to_string(last),
                    )
                )

    def _set_restriction(self, kind, reason, day):
        """Write a restriction, its history, and tell who must know.

        Extend it to react: the addon that talks to suppliers orders it there.

        :param kind: ``data``, ``outgoing`` or False for none
        :param reason: telecom.lifecycle.reason, or None
        :param date day: civil date from which it holds
        """
        rows = [
            {
                "subscription_id": subscription.id,
                "from_kind": subscription.restriction_kind,
                "to_kind": kind,
                "effective_date": day,
                "reason_id": reason.id if reason else False,
            }
            for subscription in self
        ]
        self.with_context(telecom_pass=LIFECYCLE_PASS).write(
            {
                "restriction_kind": kind,
                "restriction_reason_id": reason.id if reason else False,
                "restriction_date": day if kind else False,
            }
        )
        self.env["telecom.subscription.restriction"]._append(rows)
        self._tell_restriction(kind, reason, day)

    def _tell_restriction(self, kind, reason, day):
        """Announce a change of restriction to other systems and the customers."""
        if is_trial(self.env):
            return
        details = {
            "change": "restriction",
            "restriction": kind or None,
            "effective_date": fields.Date.to_string(day),
        }
        if reason:
            details["reason"] = reason.code
        self.env["telecom.webhook"]._publish("subscription.changed", self, details)
        if not self.env.context.get("telecom_quiet"):
            code = "subscription_restricted" if kind else "restriction_lifted"
            window = f"{kind or 'none'} {day}"
            self.env["telecom.notice"]._announce(code, self, window)

    def _transition(self, to_state, day, vals=None, reason=None):
        """Override of ``somconnexio_base``: what has ended has no restriction."""
        result = super()._transition(to_state, day, vals, reason)
        if to_state == lifecycle.TERMINATED:
            ended = self.filtered("restriction_kind")
            ended.with_context(telecom_quiet=True)._set_restriction(False, None, day)
        return result
