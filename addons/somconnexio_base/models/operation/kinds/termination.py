# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import timedelta

from odoo.exceptions import UserError

from ....lifecycle import ACTIVE, PENDING, SUSPENDED, TERMINATED
from .base import LIFE, OperationKind


class Terminate(OperationKind):
    """The service ends after a day; a pending subscription is cancelled."""

    code = "terminate"
    label = "Terminate"
    lane = LIFE
    states = (PENDING, ACTIVE, SUSPENDED)
    needs = ("reason_id",)
    takes = ("destination_provider", "note")
    is_dated_ahead = True
    is_charged_by_day = True
    planned_notice = "termination_planned"

    def ends_before(self, operation):
        """Nothing is planned for after the last day of service."""
        return operation.execute_date + timedelta(days=1)

    def earliest_day(self, operation):
        """Return the day when the notice period is over; none without one."""
        reason = operation.reason_id
        is_free = reason.is_notice_waived or reason.is_withdrawal
        if is_free or operation.subscription_id.telecom_state == PENDING:
            return None
        company = operation.company_id
        days = company.telecom_termination_notice_days
        return company._telecom_today() + timedelta(days=days) if days else None

    def check(self, operation):
        """Check the right of withdrawal where it is the reason."""
        if operation.reason_id.is_withdrawal:
            operation.subscription_id._check_withdrawal(operation.execute_date)

    def apply(self, operation):
        """End lines and resources on the day; give back what a withdrawal does."""
        subscription = operation.subscription_id
        day = operation.execute_date
        subscription.terminate(operation.reason_id, day)
        if operation.destination_provider:
            subscription.destination_provider = operation.destination_provider
        if not operation.reason_id.is_withdrawal:
            return {}
        given_back = subscription.with_context(
            telecom_operation_id=operation.id
        )._give_back_on_withdrawal(day)
        return {"given_back_ids": given_back.ids}

    def finish(self, operation):
        """Terminate on the day, unless the subscription's own calendar has."""
        subscription = operation.subscription_id
        if subscription.telecom_state != TERMINATED:
            subscription._terminate_as_planned()

    def take_back(self, operation):
        """Let a termination that has not come yet not come."""
        subscription = operation.subscription_id
        if subscription.telecom_state == TERMINATED:
            raise UserError(
                operation.env._(
                    "%s has ended, and its number may be somebody else's: open a new "
                    "subscription.",
                    subscription.display_name,
                )
            )
        subscription.cancel_termination()
        subscription.destination_provider = False
        operation._take_back_given()


class CancelTermination(OperationKind):
    """A planned termination is taken back."""

    code = "cancel_termination"
    label = "Cancel a termination"
    takes = ("note",)
    done_notice = "termination_cancelled"

    def apply(self, operation):
        """Take back the operation that planned it, or the plan itself."""
        subscription = operation.subscription_id
        planned = subscription._pending_operations().filtered(
            lambda pending: pending.kind == Terminate.code
        )
        if planned:
            planned._call_off(operation.env._("Cancelled by “Cancel a termination”."))
        else:
            subscription.cancel_termination()
        return {}
