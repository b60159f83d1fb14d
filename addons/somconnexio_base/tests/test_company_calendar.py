# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import date, datetime

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SomconnexioCommon


@tagged("post_install", "-at_install")
class TestCompanyCalendar(SomconnexioCommon):
    def test_day_begins_at_local_midnight(self):
        self.assertEqual(
            self.company._telecom_day_start_at(date(2026, 7, 1)),
            datetime(2026, 6, 30, 22),
        )

    def test_day_on_which_the_clock_goes_back_lasts_25_hours(self):
        day = date(2026, 10, 25)
        length = self.company._telecom_day_end_at(
            day
        ) - self.company._telecom_day_start_at(day)
        self.assertEqual(length.total_seconds(), 25 * 3600)

    @freeze_time("2026-10-15 22:30:00")
    def test_today_is_the_date_in_the_time_zone_of_the_company(self):
        self.assertEqual(self.company._telecom_today(), date(2026, 10, 16))

    def test_civil_date_of_an_instant_follows_the_time_zone(self):
        self.company.telecom_timezone = "Atlantic/Canary"
        self.assertEqual(
            self.company._telecom_civil_date(datetime(2026, 10, 15, 22, 30)),
            date(2026, 10, 15),
        )

    @mute_logger("odoo.sql_db")
    def test_negative_quarantine_is_refused(self):
        with self.assertRaises(IntegrityError):
            self.company.telecom_quarantine_days = -1
            self.env.flush_all()

    def test_settings_write_time_zone_and_quarantine_of_the_company(self):
        settings = self.env["res.config.settings"].create({})
        settings.telecom_timezone = "Atlantic/Canary"
        settings.telecom_quarantine_days = 12
        settings.execute()
        self.assertEqual(self.company.telecom_timezone, "Atlantic/Canary")
        self.assertEqual(self.company.telecom_quarantine_days, 12)
