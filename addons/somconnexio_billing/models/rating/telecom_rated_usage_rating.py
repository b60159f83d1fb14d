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
CLASSIFYING_STEPS = {
    "32_list_open_usage": "rating_open_usage",
    "32a_list_served_numbers": "rating_served_number",
    "32b_list_band_windows": "rating_band_window",
    "33_select_events": "rating_event",
    "33a_list_time_slots": "rating_time_slot",
    "33b_list_band_sets": "rating_band_set",
    "33c_list_time_edges": "rating_time_edge",
    "34_find_destination": "rating_destination",
    "35_find_tariff": "rating_tariff",
    "35a_list_grants": "rating_grant",
    "36_classify_events": "rating_classified",
    "36a_list_segments": "rating_segment",
    "37_list_situations": "rating_situation",
    "38_find_rate": "rating_rate",
}
COUNTING_STEPS = {
    "39a_list_active_months": "rating_active_month",
    "39b_list_sources": "rating_source",
    "39c_find_sources": "rating_fit",
    "39d_number_passes": "rating_pass",
    "39e_list_draws": "rating_draw_list",
    "40a_split_calls": "rating_part",
    "40_count_units": "rating_counted",
    "41a_sum_closed_draws": "rating_closed_draw",
    "41b_grant_allowances": "rating_monthly_grant",
    "41c_open_buckets": "rating_bucket",
    "42_apply_allowance": "rating_covered",
    "42b_queue_uncovered": "rating_queue",
    "42c_create_draw": "rating_draw",
}
PRICING_STEPS = {
    "42g_sum_draws": "rating_later_draw",
    "43a_place_tiers": "rating_position",
    "43_price_usage": "rating_priced",
}
SPENDING_STEPS = {
    "43e_list_spend": "rating_spend",
}
EXPLAINING_STEPS = {
    "43g_price_wholesale": "rating_wholesale",
    "43h_break_down": "rating_breakdown",
}
STORING_STEPS = [
    "45_delete_unpriced",
    "46_update_rated_usage",
    "47_insert_rated_usage",
    "48_suspend_unrated",
    "49_recycle_rated",
    "49a_delete_balances",
    "49b_store_balances",
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
            "money_digits": company.currency_id.decimal_places,
        }
        self._ensure_rated_months(params)
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

    def _ensure_rated_months(self, params):
        """Have a partition for each month that usage may be rated of."""
        months = sql_steps.fetch(self.env, "31_list_months", **params)
        sql_steps.ensure_month_partitions(
            self.env.cr, self._table, [month["month_date"] for month in months]
        )

    def _price_usage(self, params):
        """Price the open usage into working tables; nothing is stored."""
        self._make_tables(CLASSIFYING_STEPS, params)
        self._make_tables(COUNTING_STEPS, params)
        sql_steps.run(self.env, "42a_note_first_pass")
        self._draw_in_passes(params, is_money=False, first_pass=2)
        self._make_tables(PRICING_STEPS, params)
        sql_steps.run(self.env, "43b_price_cut_calls")
        self._pay_by_allowance(params)
        self._make_tables(SPENDING_STEPS, params)
        sql_steps.run(self.env, "43f_cap_spend")
        self._make_tables(EXPLAINING_STEPS, params)

    def _make_tables(self, steps, params):
        """Run steps that make a working table each.

        :param dict steps: table by step, in order
        """
        for step, table in steps.items():
            self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", SQL.identifier(table)))
            sql_steps.run(self.env, step, **params)
            # The planner knows nothing of a table made a moment ago.
            self.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))

    def _pay_by_allowance(self, params):
        """Let included money pay amounts, where any offering includes money."""
        if not self._count_passes(is_money=True):
            return
        self._make_tables({"43c_queue_amounts": "rating_queue"}, params)
        self._draw_in_passes(params, is_money=True, first_pass=1)
        sql_steps.run(self.env, "43d_pay_by_allowance")

    def _draw_in_passes(self, params, is_money, first_pass):
        """Let what is queued draw on the sources, pass by pass.

        :param bool is_money: whether the queue holds amounts, or else units
        :param int first_pass: number of the first pass that isn't done yet
        """
        for number in range(first_pass, self._count_passes(is_money) + 1):
            values = {**params, "pass_number": number, "is_money": is_money}
            sql_steps.run(self.env, "42f_roll_over", **values)
            sql_steps.run(self.env, "42h_carry_grants", **values)
            sql_steps.run(self.env, "42d_draw_pass", **values)
            sql_steps.run(self.env, "42e_settle_pass", **values)

    def _count_passes(self, is_money):
        """Return how many passes the sources of units, or of money, need."""
        query = SQL(
            "SELECT coalesce(max(pass_number), 0) FROM rating_pass WHERE is_money = %s",
            is_money,
        )
        return self.env.execute_query(query)[0][0]

    def _store_priced_usage(self, params):
        """Bring rated usage and the events' suspense in line with the prices."""
        for step in STORING_STEPS:
            sql_steps.run(self.env, step, **params)
