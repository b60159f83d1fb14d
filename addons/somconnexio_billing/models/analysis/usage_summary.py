# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Usage, income, cost and margin by month: what the analysis looks at."""

import logging
from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ... import sql_steps
from ..rating.const import DIRECTIONS

_logger = logging.getLogger(__name__)
LOCK_NAME = "telecom.usage.summary"
NIGHTLY_MONTHS = 3


class TelecomUsageSummary(models.Model):
    """Rated usage summed by month, line, offering, category and destination.

    A pivot over twelve million events would take minutes; over these rows, a hundredth
    as many, it is there at once. Derived: the steps 85 to 87 of ``sql/`` write a month
    anew whenever its usage was rated.
    """

    _name = "telecom.usage.summary"
    _description = "Usage by month"
    _auto = False
    _log_access = False
    _order = "month desc, id"
    _rec_name = "month"

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(readonly=True, help="First day of the civil month.")
    subscription_id = fields.Many2one("contract.contract", readonly=True)
    billing_account_id = fields.Many2one("telecom.billing.account", readonly=True)
    product_id = fields.Many2one("product.product", "Offering", readonly=True)
    tariff_id = fields.Many2one("telecom.tariff", readonly=True)
    usage_type_id = fields.Many2one("telecom.usage.type", readonly=True)
    direction = fields.Selection(DIRECTIONS, readonly=True)
    destination_id = fields.Many2one("telecom.destination", readonly=True)
    zone_id = fields.Many2one("telecom.roaming.zone", "Roaming zone", readonly=True)
    category_id = fields.Many2one("telecom.usage.category", readonly=True)
    is_late = fields.Boolean("Late", readonly=True)
    event_count = fields.Integer("Events", readonly=True)
    quantity = fields.Float(
        digits=(16, 0), readonly=True, help="In base units: seconds, bytes, messages."
    )
    allowance_quantity = fields.Float("In allowance", digits=(16, 0), readonly=True)
    charged_quantity = fields.Float(digits=(16, 0), readonly=True)
    amount = fields.Float(digits=(16, 2), readonly=True, help="Taxes excluded.")
    wholesale_cost = fields.Float(digits=(16, 2), readonly=True)
    margin = fields.Float(
        digits=(16, 2),
        readonly=True,
        help="Amount less wholesale cost, of the events whose cost is known. What the"
        " monthly fee earns is not in it.",
    )

    def init(self):
        """Override of ``base`` to create the table."""
        sql_steps.run(self.env, "84_create_usage_summary")

    @api.private
    @api.model
    def _refresh(self, company, months=None):
        """Sum months of a company anew.

        :param res.company company: one company
        :param list months: first days of civil months; None: all that have usage
        :return: number of rows, or None while somebody else refreshes this company
        """
        if not self._lock(company):
            _logger.info("The usage summary of %s is being refreshed.", company.name)
            return None
        self.env.flush_all()
        from_month = date.max
        params = {"company_id": company.id, "time_zone": company.telecom_timezone}
        if months is None:
            rows = sql_steps.fetch(self.env, "85_list_summary_months", **params)
            months = [row["month"] for row in rows]
            # Sums of older months stay when their usage was dropped by retention.
            from_month = min(months, default=date.max)
        if not months:
            return 0
        params |= {
            "from_month": from_month,
            "months": sorted(months),
            "start_at": company._telecom_day_start_at(min(months)),
            "end_at": company._telecom_day_start_at(
                max(months) + relativedelta(months=1)
            ),
        }
        sql_steps.run(self.env, "86_delete_usage_summary", **params)
        count = sql_steps.run(self.env, "87_insert_usage_summary", **params)
        self.invalidate_model()
        return count

    def _lock(self, company):
        """Be the only one that refreshes a company until the transaction ends."""
        ((is_locked,),) = self.env.execute_query(
            SQL(
                "SELECT pg_try_advisory_xact_lock(hashtext(%s), %s)",
                LOCK_NAME,
                company.id,
            )
        )
        return is_locked

    def _queue_refresh(self, company, months=None):
        """Queue the refresh of months; pressed twice, it is done once."""
        days = months and [fields.Date.to_string(month) for month in months]
        self.sudo().with_delay(
            identity_key=f"{LOCK_NAME}:{company.id}:{days}",
            description=self.env._("Usage analysis of %s", company.name),
        )._job_refresh(company.id, days)

    def _job_refresh(self, company_id, days):
        """Refresh months of a company, given as texts."""
        company = self.env["res.company"].browse(company_id)
        months = days and [fields.Date.to_date(day) for day in days]
        return str(self._refresh(company, months))

    @api.model
    def action_refresh_all(self):
        """Sum all months of the user's company anew, in the background."""
        self.check_access("read")
        self._queue_refresh(self.env.company)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._("All months are being summed anew."),
            },
        }

    @api.model
    def _cron_refresh(self):
        """Sum the latest months of every company anew."""
        companies = self.env["res.company"].search([])
        self.env["ir.cron"]._commit_progress(remaining=len(companies))
        for company in companies:
            first = company._telecom_today().replace(day=1)
            months = [first - relativedelta(months=n) for n in range(NIGHTLY_MONTHS)]
            self._refresh(company, months)
            self.env["ir.cron"]._commit_progress(1)
