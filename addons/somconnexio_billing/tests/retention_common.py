# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import date

from freezegun import freeze_time

from odoo.tools import SQL

from .. import sql_steps
from .rating_common import RatingCommon, madrid

MONTH = date(2025, 9, 1)
STARTED_AT = madrid(2025, 9, 5, 12)


class RetentionCommon(RatingCommon):
    """Usage of September 2025, looked at on 2 November 2026, twelve months kept."""

    @classmethod
    def setUpClass(cls):
        cls.startClassPatcher(freeze_time("2026-11-02 08:00:00"))
        super().setUpClass()
        cls.Retention = cls.env["telecom.usage.retention"]
        cls.company.telecom_usage_retention_months = 12
        for table in ("telecom_usage_event", "telecom_rated_usage"):
            cls.env.cr.execute(SQL("DELETE FROM %s", SQL.identifier(table)))
        sql_steps.ensure_month_partitions(
            cls.env.cr, "telecom_rated_usage", [STARTED_AT]
        )
        cls.subscription.date_start = "2025-09-01"
        cls.subscription.contract_line_ids.date_start = "2025-09-01"
        cls._create_rate("0.60")
        cls.format = cls.env.ref("somconnexio_billing.usage_format_mobile_wholesale")
        cls.file = cls.env["telecom.usage.file"].create(
            {
                "name": "old.csv",
                "format_id": cls.format.id,
                "content_sha256": "0" * 64,
                "state": "loaded",
                "row_count": 2,
            }
        )

    def setUp(self):
        super().setUp()
        self.event_ids = [
            self._add_event(started_at=STARTED_AT, file_id=self.file.id)
            for _ in range(2)
        ]
        self.file._count_rows()

    def _bill(self):
        """Put the usage on a posted bill and return the account in its run."""
        run = self._create_run(MONTH)
        self._rate(MONTH, date(2025, 10, 1), run)
        account = self._invoice(run)
        account.state = "posted"
        return account

    def _expire(self):
        """Let the scheduled action run once and return what it says of the month."""
        self.env.flush_all()
        self.registry_enter_test_mode(register_cleanup=False)
        try:
            cron = self.env.ref("somconnexio_billing.cron_usage_retention")
            cron.method_direct_trigger()
        finally:
            self.registry_leave_test_mode()
        self.env.invalidate_all()
        return self.Retention.search([("month_date", "=", MONTH)])

    def _hold(self, **target):
        return self.env["telecom.legal.hold"].create(
            {"reason": "Court 7", "company_id": self.company.id, **target}
        )
