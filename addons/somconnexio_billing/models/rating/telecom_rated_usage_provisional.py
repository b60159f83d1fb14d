# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The daily rating that bills don't rest on, but portal and alerts do."""

import logging

from odoo import api, fields, models
from odoo.exceptions import UserError

from ... import sql_steps
from ...company_lock import LOCK_SPACE
from ...rating.civil_month import CivilMonth
from .rating_scope import CONTEXT_KEY, rating_scope

_logger = logging.getLogger(__name__)


class ResCompany(models.Model):
    _inherit = "res.company"

    telecom_rated_at = fields.Datetime(
        string="Usage rated",
        readonly=True,
        help="When the usage of this company was last rated provisionally.",
    )
    telecom_prices_digest = fields.Char(readonly=True, copy=False)


class TelecomRatedUsage(models.Model):
    _inherit = "telecom.rated.usage"

    @api.model
    def _cron_rate_provisionally(self):
        """Rate each company's new usage and raise the alerts it calls for.

        A company that a bill run is at work on has its turn the next day.
        """
        companies = self.env["res.company"].search([])
        commit = self.env["ir.cron"]._commit_progress
        commit(remaining=len(companies))
        for company in companies:
            try:
                with self.env.cr.savepoint():
                    self.with_company(company)._rate_provisionally(company)
            except UserError as error:
                _logger.info("%s is not rated now: %s", company.name, error)
            if not commit(1):
                return

    @api.model
    def _rate_provisionally(self, company):
        """Rate what is new or has changed since the last time, and raise alerts.

        All open usage is rated again when prices have changed since. What is billed,
        or in a bill run, stays as it is.

        :param res.company company: one company
        :return: number of subscriptions rated; None for all of them, or when a bill
            run is at work
        :raise UserError: when the company's usage is being rated already
        """
        if self._is_being_billed(company):
            _logger.info("%s is being billed: not rated now.", company.name)
            return None
        month = CivilMonth.of(fields.Datetime.now(), company.telecom_timezone)
        digest = self._prices_digest()
        first = self._first_open_month(company, month)
        if digest != company.telecom_prices_digest or not company.telecom_rated_at:
            self._rate(company, first.start_date, month.end_date)
            count = None
        else:
            count = self._rate_changed(company, first, month)
        company.sudo().write(
            # By the clock that stamps the lines that people write.
            {"telecom_rated_at": self.env.cr.now(), "telecom_prices_digest": digest}
        )
        self.env["telecom.usage.alert"]._raise_alerts(company, month)
        return count

    def _rate_changed(self, company, first, month):
        """Rate the subscriptions with new or changed usage; return how many."""
        rows = sql_steps.fetch(
            self.env,
            "provisional/10_list_changed",
            company_id=company.id,
            # Older usage is late: the next bill run rates it.
            start_at=first.start_at,
            end_at=month.end_at,
            rated_at=company.telecom_rated_at,
        )
        ids = [row["subscription_id"] for row in rows]
        if not ids:
            return 0
        self._ensure_rated_months(
            {"period_end": month.end_date, "timezone": company.telecom_timezone}
        )
        with rating_scope(self.env, ids):
            self.with_context(**{CONTEXT_KEY: True})._rate(
                company, first.start_date, month.end_date
            )
        return len(ids)

    def _prices_digest(self):
        """Return a text that differs once prices have changed."""
        self.env.flush_all()
        return sql_steps.fetch(self.env, "provisional/11_digest_prices")[0]["digest"]

    def _first_open_month(self, company, month):
        """Return the month before while it is not billed: its usage is not late."""
        before = month.moved(-1)
        billed = (
            self.env["telecom.bill.run"]
            .sudo()
            .search_count(
                [
                    ("company_id", "=", company.id),
                    ("kind", "=", "cycle"),
                    ("period_start", "=", before.start_date),
                    ("state", "in", ("invoiced", "posted", "delivered")),
                ],
                limit=1,
            )
        )
        return month if billed else before

    def _is_being_billed(self, company):
        """Tell whether a bill run, or the command ``bill_month``, is at work."""
        running = (
            self.env["telecom.bill.run.step"]
            .sudo()
            .search_count(
                [("run_id.company_id", "=", company.id), ("state", "=", "running")],
                limit=1,
            )
        )
        if running:
            return True
        return bool(
            sql_steps.fetch(
                self.env,
                "provisional/12_find_command",
                lock_space=LOCK_SPACE,
                company_id=company.id,
            )
        )
