# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What a step does to the services that are unpaid, and which those are."""

from datetime import timedelta

from odoo import models

from odoo.addons.somconnexio_base import lifecycle

#: Action of a step -> what is barred.
RESTRICTIONS = {"restrict_data": "data", "restrict_outgoing": "outgoing"}
SUSPENSION_REASON = "somconnexio_base.lifecycle_reason_non_payment"
TERMINATION_REASON = "somconnexio_base.lifecycle_reason_debt"


class TelecomDunningCase(models.Model):
    _inherit = "telecom.dunning.case"

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
                and (not line.subscription_id.restriction_kind or line.restricted_kind)
            )
        )
        lines._quiet_subscriptions().restrict(kind, reason, day)
        lines.restricted_kind = kind
        return lines.subscription_id

    def _suspend(self, lines, day):
        """Suspend the services that are in use."""
        reason = self.env.ref(SUSPENSION_REASON)
        lines = lines.filtered(lambda line: line.subscription_state == lifecycle.ACTIVE)
        lines._quiet_subscriptions().suspend(reason, day)
        lines.suspended_date = day
        return lines.subscription_id

    def _terminate(self, lines, day):
        """End the services that dunning suspended, or barred from calling."""
        reason = self.env.ref(TERMINATION_REASON)
        lines = lines.filtered(
            lambda line: (
                line._is_suspended_by_dunning()
                or (line.restricted_kind == "outgoing" and line._is_barred_by_dunning())
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
                event.cycle == self.cycle
                and event.step_id.fee_product_id == product
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
                and line.subscription_state in (lifecycle.ACTIVE, lifecycle.SUSPENDED)
                and wanted
                in (wanted.browse(), line.subscription_id.telecom_service_type_id)
            )
        )
        return lines[:1].subscription_id


class TelecomDunningLine(models.Model):
    _inherit = "telecom.dunning.line"

    def _quiet_subscriptions(self):
        """Return the subscriptions; dunning's own notice tells the customers."""
        return self.subscription_id.with_context(telecom_quiet=True)
