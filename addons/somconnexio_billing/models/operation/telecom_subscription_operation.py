# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from dateutil.relativedelta import relativedelta

from odoo import fields, models


class TelecomSubscriptionOperation(models.Model):
    """What operations must know of bills, and what they change on the next one."""

    _inherit = "telecom.subscription.operation"

    def _first_open_date(self):
        """Override of ``somconnexio_base``: the day after the last billed month.

        Those who may not see bills must know the day; hence the superuser.
        """
        account = self.subscription_id.telecom_billing_account_id
        billed = (
            self.env["telecom.bill.run.account"]
            .sudo()
            .search(
                [
                    ("billing_account_id", "=", account.id),
                    ("kind", "=", "cycle"),
                    ("state", "!=", "cancelled"),
                    ("move_id", "!=", False),
                ]
            )
        )
        days = billed.run_id.mapped("period_end")
        return max(days) if days else super()._first_open_date()

    def _take_back_given(self):
        """Override of ``somconnexio_base``: no bill shall have its compensations.

        The right to cancel has been checked, hence the superuser.
        """
        adjustments = self.env["telecom.bill.adjustment"].sudo()
        adjustments.search([("operation_id", "in", self.ids)]).action_cancel()
        return super()._take_back_given()

    def _forecast_bills(self):
        """Override of ``somconnexio_base``: the bills of the month of the change."""
        forecast = super()._forecast_bills()
        if not self._kind().is_charged_by_day and self.kind != "change_account":
            return forecast
        first = (self._kind().ends_before(self) or self.execute_date) + relativedelta(
            day=1
        )
        end = first + relativedelta(months=1)
        for account in self._accounts_concerned():
            result = account.preview_bill(first, end, with_document=False)
            forecast[account.display_name] = {
                "period_from": fields.Date.to_string(first),
                "period_until": fields.Date.to_string(end + relativedelta(days=-1)),
                "amount": result["amount_untaxed"],
                "currency": account.currency_id.name,
            }
        return forecast

    def _accounts_concerned(self):
        """Return the billing accounts whose next bill the operation may change."""
        together = self | self.follower_ids
        return (
            together.billing_account_id
            | together.subscription_id.telecom_billing_account_id
            | together.new_subscription_id.telecom_billing_account_id
        )
