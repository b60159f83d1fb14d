# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.tests import tagged
from odoo.tools import mute_logger

from .bill_run_common import BillRunCommon


@tagged("post_install", "-at_install")
class TestBillRunCalendar(BillRunCommon):
    """Runs planned ahead, and started on their day. Today is 2 November."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # A test has one transaction only.
        cls._patch_model("ir.cron", "_commit_progress", lambda *_args, **_kwargs: 60.0)
        cls.env["telecom.bill.calendar"].search([]).unlink()
        cls.subscription = cls._create_subscriber()
        cls.calendar = cls.env["telecom.bill.calendar"].create(
            {"billing_day": 31, "invoice_day": 1, "due_days": 10, "months_ahead": 2}
        )

    def _planned(self):
        return self.env["telecom.bill.run"].search(
            [("planned_date", "!=", False)], order="period_start"
        )

    def test_months_ahead_are_planned_with_their_dates(self):
        self.calendar.action_plan()
        self.assertEqual(
            [
                (str(r.period_start), str(r.planned_date), str(r.due_date), r.state)
                for r in self._planned()
            ],
            [
                ("2026-11-01", "2026-12-31", "2026-12-11", "draft"),
                ("2026-12-01", "2027-01-31", "2027-01-11", "draft"),
            ],
        )

    def test_planning_again_makes_no_second_run(self):
        self._create_run(period_start="2026-11-01")
        self.calendar.action_plan()
        self.calendar.action_plan()
        self.assertEqual(len(self._planned()), 1)

    def test_run_is_previewed_by_itself_on_its_day_and_not_before(self):
        self.calendar.action_plan()
        first, second = self._planned()
        with freeze_time("2026-12-30 12:00:00"):
            self.env["telecom.bill.calendar"]._cron_plan_and_start()
        self.assertEqual(first.state, "draft")
        with freeze_time("2026-12-31 12:00:00"):
            self.env["telecom.bill.calendar"]._cron_plan_and_start()
        self.assertEqual((first.state, second.state), ("previewed", "draft"))
        self.assertFalse(first.run_until)

    def test_calendar_that_only_plans_starts_nothing(self):
        self.calendar.start_until = "none"
        self.calendar.action_plan()
        with freeze_time("2026-12-31 12:00:00"):
            self.env["telecom.bill.calendar"]._cron_plan_and_start()
        self.assertEqual(set(self._planned().mapped("state")), {"draft"})

    def test_bills_of_a_planned_run_are_due_when_it_says(self):
        run = self._create_run(due_date="2026-11-20")
        self._go(run, "post")
        self.assertEqual(str(run.move_ids.invoice_date_due), "2026-11-20")
        term = run.move_ids.line_ids.filtered(
            lambda li: li.display_type == "payment_term"
        )
        self.assertEqual(str(term.date_maturity), "2026-11-20")

    @mute_logger("odoo.sql_db")
    def test_company_has_one_calendar(self):
        with self.assertRaises(UniqueViolation), self.cr.savepoint():
            self.calendar.copy()
