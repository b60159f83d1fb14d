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
        """Do to the services of cases what a step says.

        :return: telecom.dunning.line, of the services that were touched
        """
        lines = self._lines_of(step, day)
        if step.action in RESTRICTIONS:
            return lines._restrict(RESTRICTIONS[step.action], day)
        if step.action == "suspend":
            return lines._suspend(day)
        if step.action == "terminate":
            return lines._terminate(day)
        return lines.browse()

    def _lines_of(self, step, day):
        """Return the subscriptions that a step is for.

        Of those that are charged in bills overdue for as long as the step asks and not
        being debited; never essential lines.
        """
        latest = day - timedelta(days=step.min_days)
        return self.line_ids.filtered(
            lambda line: (
                line.amount > 0
                and line.oldest_due_date
                and line.oldest_due_date <= latest
                and not line.is_essential
            )
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

    def _restrict(self, kind, day):
        """Bar a part of the services that are not barred as much already.

        :return: the lines whose services were barred
        """
        lines = self.filtered(
            lambda line: (
                line.subscription_state == lifecycle.ACTIVE
                and line.subscription_id.restriction_kind not in (kind, "outgoing")
                and (not line.subscription_id.restriction_kind or line.restricted_kind)
            )
        )
        reason = self.env.ref(SUSPENSION_REASON)
        lines._quiet_subscriptions().restrict(kind, reason, day)
        lines.write({"restricted_kind": kind})
        return lines

    def _suspend(self, day):
        """Suspend the services that are in use.

        :return: the lines whose services were suspended
        """
        lines = self.filtered(lambda line: line.subscription_state == lifecycle.ACTIVE)
        lines._quiet_subscriptions().suspend(self.env.ref(SUSPENSION_REASON), day)
        lines.write({"suspended_date": day})
        return lines

    def _terminate(self, day):
        """End the services that dunning suspended, or barred from calling.

        :return: the lines whose services were ended
        """
        lines = self.filtered(
            lambda line: (
                line._is_suspended_by_dunning()
                or (line.restricted_kind == "outgoing" and line._is_barred_by_dunning())
            )
        )
        lines._quiet_subscriptions().terminate(self.env.ref(TERMINATION_REASON), day)
        lines.write(
            {
                "terminated_date": day,
                "suspended_date": False,
                "restricted_kind": False,
            }
        )
        return lines

    def _quiet_subscriptions(self):
        """Return the subscriptions; dunning's own notice tells the customers."""
        return self.subscription_id.with_context(telecom_quiet=True)
