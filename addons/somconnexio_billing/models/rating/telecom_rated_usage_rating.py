# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The rating itself: the order of its SQL steps."""

import logging
from decimal import Decimal

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ... import sql_steps

_logger = logging.getLogger(__name__)

# Each step creates the working table beside it, which the steps after it read.
WORKING_TABLES = {
    "31_list_open_usage": "rating_open_usage",
    "32_select_events": "rating_event",
    "33_find_destination": "rating_destination",
    "34_find_tariff": "rating_tariff",
    "35_classify_events": "rating_classified",
    "36_list_situations": "rating_situation",
    "37_find_rate": "rating_rate",
    "38_find_allowance": "rating_allowance",
    "39_count_units": "rating_counted",
    "40_sum_billed_allowance": "rating_billed_allowance",
    "41_apply_allowance": "rating_covered",
    "42_price_usage": "rating_priced",
}
STORING_STEPS = [
    "45_delete_unpriced",
    "46_update_rated_usage",
    "47_insert_rated_usage",
    "48_suspend_unrated",
    "49_recycle_rated",
]


class TelecomRatedUsage(models.Model):
    _inherit = "telecom.rated.usage"

    @api.private
    @api.model
    def _rate(self, company, period_start, period_end, bill_run=None):
        """Rate every event of a company that isn't billed and began before a day.

        Events of months before the period are rated as late ones. Rating twice gives
        the same rows; see ``docs/rating.md`` for the rules.

        :param res.company company: one company
        :param date period_start: first civil day of the period
        :param date period_end: first civil day after the period
        :param telecom.bill.run bill_run: the run that will bill the usage; without
            one the prices are provisional
        :return: counters: ``event_count``, ``rated_count``, ``late_count``,
            ``allowance_count`` (covered in full), ``charged_count``,
            ``no_tariff_count``, ``no_destination_count``, ``no_rate_count`` and
            ``amount`` (Decimal, taxes excluded)
        :raise UserError: when the company's usage is being rated already
        """
        company.ensure_one()
        self.env.flush_all()
        self._lock_rating(company)
        params = {
            "company_id": company.id,
            "timezone": company.telecom_timezone,
            "period_start": period_start,
            "period_end": period_end,
            "bill_run_id": bill_run.id if bill_run else None,
        }
        self._price_usage(params)
        self._store_priced_usage(params)
        self.env.invalidate_all(flush=False)
        [counters] = sql_steps.fetch(self.env, "44_count_rating")
        return {**counters, "amount": Decimal(counters["amount"])}

    def _lock_rating(self, company):
        """Keep any other rating of the company out until the transaction ends."""
        self.env.cr.execute(
            SQL(
                "SELECT pg_try_advisory_xact_lock(hashtext(%s), %s)",
                self._table,
                company.id,
            )
        )
        if not self.env.cr.fetchone()[0]:
            raise UserError(
                self.env._(
                    "The usage of %(company)s is being rated by somebody else."
                    " Wait until that is finished, then try again.",
                    company=company.name,
                )
            )

    def _price_usage(self, params):
        """Price the open usage into working tables; nothing is stored."""
        for step, table in WORKING_TABLES.items():
            self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", SQL.identifier(table)))
            sql_steps.run(self.env, step, **params)
            # The planner knows nothing of a table made a moment ago.
            self.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))

    def _store_priced_usage(self, params):
        """Bring rated usage and the events' suspense in line with the prices."""
        months = sql_steps.fetch(self.env, "43_list_months")
        sql_steps.ensure_month_partitions(
            self.env.cr, self._table, [month["month_date"] for month in months]
        )
        for step in STORING_STEPS:
            sql_steps.run(self.env, step, **params)
