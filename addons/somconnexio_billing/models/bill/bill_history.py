# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The bills of the last months, for the chart."""

from decimal import Decimal

from dateutil.relativedelta import relativedelta

from ... import sql_steps
from ...bill.document import MonthTotal


class BillHistory:
    """Monthly totals of the billing accounts of a batch of bills."""

    def __init__(self, env, company, heads):
        """Read the totals of all accounts in one statement."""
        self._months = company.telecom_bill_history_months
        self._totals = self._read(env, heads) if heads and self._months > 1 else {}

    def _read(self, env, heads):
        first = min(head.month for head in heads)
        rows = sql_steps.fetch(
            env,
            "76_sum_bill_history",
            account_ids=[head.account.id for head in heads],
            first_month=first - relativedelta(months=self._months - 1),
            last_month=max(head.month for head in heads),
        )
        return {
            (row["billing_account_id"], row["month"]): Decimal(row["amount"])
            for row in rows
        }

    def of(self, head):
        """Return the months before the bill's, from the first with a bill, and it.

        :return: tuple of ``MonthTotal``, oldest first; a month without a bill is zero
        """
        months = [
            head.month - relativedelta(months=ago)
            for ago in range(self._months - 1, 0, -1)
        ]
        totals = [
            (month, self._totals.get((head.account.id, month))) for month in months
        ]
        while totals and totals[0][1] is None:
            totals.pop(0)
        totals.append((head.month, head.amount_total))
        return tuple(
            MonthTotal(month, amount or Decimal(0)) for month, amount in totals
        )
