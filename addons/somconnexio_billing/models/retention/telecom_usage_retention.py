# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import logging

from dateutil.relativedelta import relativedelta
from psycopg2.errors import LockNotAvailable

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.somconnexio_base.operation.calendar import next_month

from ... import sql_steps

_logger = logging.getLogger(__name__)


class TelecomUsageRetention(models.Model):
    """What became of a month of usage when its retention was over.

    A month goes as a whole, for all companies: the partitions of its usage events and
    rated usage are dropped. It stays when a company still has to keep it, or has usage
    of it that is not on a posted bill.
    """

    _name = "telecom.usage.retention"
    _description = "Removed usage"
    _order = "month_date desc"
    _rec_name = "month_date"

    month_date = fields.Date(string="Month", required=True, readonly=True)
    state = fields.Selection(
        [("kept", "Kept"), ("removed", "Removed")], required=True, readonly=True
    )
    message = fields.Text(string="Why", readonly=True)
    event_count = fields.Integer(string="Events removed", readonly=True)
    held_count = fields.Integer(
        string="Rows archived", readonly=True, help="Kept for a legal hold."
    )
    checked_at = fields.Datetime(string="Checked", required=True, readonly=True)

    _month_unique = models.Constraint("UNIQUE(month_date)", "A month is told once.")

    @api.model
    def _cron_expire(self):
        """Remove the months whose retention is over, each in its own transaction.

        What the files of a month kept goes after the usage of all months.
        """
        sql_steps.run(self.env, "94_delete_released")
        today = fields.Date.today()
        months = self._due_months(today)
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(months))
        for month in months:
            self._expire(**month)
            if not cron._commit_progress(1):
                return
        files = self._due_files(today)
        cron._commit_progress(remaining=len(files))
        for month_date, rows in files.items():
            self._empty_files(month_date, rows)
            if not cron._commit_progress(1):
                return

    @api.model
    def _due_months(self, today):
        """Return months past the retention of some company, as arguments of `_expire`.

        :param date today: the civil date; a month of UTC is over when it has ended
        """
        first_kept = self._first_kept(today)
        due = []
        for row in sql_steps.fetch(self.env, "90_list_usage_months"):
            month = row["month_date"]
            ids = [key for key, first in first_kept.items() if month < first]
            if ids:
                due.append({**row, "company_ids": ids})
        return due

    @api.model
    def _first_kept(self, today):
        """Return the first day of what each company keeps, by its id.

        :param date today: the civil date
        """
        companies = self.env["res.company"].sudo().search([])
        return {
            company.id: today.replace(day=1)
            - relativedelta(months=company.telecom_usage_retention_months)
            for company in companies
            if company.telecom_usage_retention_months
        }

    def _expire(self, month_date, partitions, company_ids):
        """Remove a month, or note why it stays.

        :param date month_date: its first day
        :param partitions: the names of its tables
        :param company_ids: the companies whose retention of it is over
        """
        if not self._lock(partitions):
            message = self.env._("Usage of the month is in use. Next time.")
            self._note(month_date, state="kept", message=message)
            return
        params = {
            "month_date": month_date,
            "next_month_date": next_month(month_date),
        }
        obstacles = sql_steps.fetch(
            self.env, "91_find_obstacles", due_company_ids=company_ids, **params
        )
        if obstacles:
            message = "\n".join(map(self._obstacle_text, obstacles))
            self._note(month_date, state="kept", message=message)
            return
        self._remove(partitions, params)

    def _lock(self, partitions):
        """Keep everybody from the month until the transaction ends.

        It is the first thing that a transaction does: what it sees is then all.
        """
        try:
            with self.env.cr.savepoint(flush=False):
                self.env.cr.execute("SET LOCAL lock_timeout TO '5s'")
                for partition in partitions:
                    self.env.cr.execute(
                        SQL(
                            "LOCK TABLE %s IN ACCESS EXCLUSIVE MODE",
                            SQL.identifier(partition),
                        )
                    )
        except LockNotAvailable:
            return False
        return True

    def _remove(self, partitions, params):
        """Archive what is on hold, count, and drop the month's tables."""
        held_count = sql_steps.run(self.env, "92_archive_held_event", **params)
        held_count += sql_steps.run(self.env, "92_archive_held_rated", **params)
        counted = sql_steps.fetch(self.env, "93_count_expired", **params)
        for partition in partitions:
            self._drop(partition)
        self.env.invalidate_all()
        self._note(
            params["month_date"],
            state="removed",
            message=self._holds_text() if held_count else False,
            event_count=sum(row["row_count"] for row in counted),
            held_count=held_count,
        )

    def _drop(self, partition):
        name = SQL.identifier(partition)
        table = SQL.identifier(partition[: -len("_2026_01")])
        self.env.cr.execute(SQL("ALTER TABLE %s DETACH PARTITION %s", table, name))
        self.env.cr.execute(SQL("DROP TABLE %s", name))

    def _holds_text(self):
        """Return for which legal holds rows may have been archived."""
        holds = (
            self.env["telecom.legal.hold"].sudo().search([("released_at", "=", False)])
        )
        names = "\n".join(holds.mapped("display_name"))
        return self.env._("Archived for: %s", names)

    def _obstacle_text(self, obstacle):
        texts = {
            "open": self.env._(
                "%(company)s: %(rows)s events are neither on a posted bill nor"
                " discarded. Bill, recycle or discard them."
            ),
            "company_held": self.env._(
                "%(company)s: all usage is under legal hold (%(rows)s events)."
            ),
            "not_due": self.env._(
                "%(company)s: its retention of %(rows)s events is not over."
            ),
        }
        return texts[obstacle["reason"]] % {
            "company": obstacle["company_name"],
            "rows": obstacle["row_count"],
        }

    def _note(self, month_date, **vals):
        """Keep what became of a month, one row each."""
        vals["checked_at"] = fields.Datetime.now()
        known = self.sudo().search([("month_date", "=", month_date)])
        if known:
            for name in ("event_count", "held_count"):
                vals[name] = known[name] + vals.get(name, 0)
            known.write(vals)
        else:
            self.sudo().create({"month_date": month_date, **vals})
        _logger.info("Usage of %s: %s", month_date, vals["state"])
