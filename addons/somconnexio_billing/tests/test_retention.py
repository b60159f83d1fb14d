# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import date, datetime

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL, mute_logger

from .retention_common import MONTH, STARTED_AT, RetentionCommon

TABLES = ("telecom_usage_event_2025_09", "telecom_rated_usage_2025_09")


@tagged("post_install", "-at_install")
class TestRetention(RetentionCommon):
    """Usage of September 2025, looked at on 2 November 2026, twelve months kept."""

    def _is_there(self):
        rows = self.env.execute_query(
            SQL("SELECT count(*) FROM pg_class WHERE relname = ANY(%s)", list(TABLES))
        )
        return rows[0][0] == 2

    def test_billed_month_is_removed_and_files_still_add_up(self):
        self._bill()
        before = (self.file.row_count, self.file.event_count)
        told = self._expire()
        self.assertEqual((told.state, told.event_count), ("removed", 2))
        self.assertFalse(self._is_there())
        self.assertEqual(self.file.expired_count, 2)
        self.file._count_rows()
        self.assertEqual((self.file.row_count, self.file.event_count), before)
        self.assertEqual(self.file._count_row_states(), {self.file.id: {"billed": 2}})

    def test_bill_and_its_pdf_stay_as_they_are(self):
        account = self._bill()
        pdf = self.env["ir.attachment"].create(
            {
                "name": "bill.pdf",
                "raw": b"%PDF-",
                "res_model": "account.move",
                "res_id": account.move_id.id,
            }
        )
        self.env.flush_all()
        self.env.invalidate_all()
        before = account.move_id.read()[0], account.read()[0]
        self._expire()
        self.assertEqual((account.move_id.read()[0], account.read()[0]), before)
        self.assertEqual(pdf.raw, b"%PDF-")

    def test_month_with_unbilled_usage_stays_and_says_so(self):
        self._rate(MONTH, date(2025, 10, 1))
        told = self._expire()
        self.assertEqual(told.state, "kept")
        self.assertIn("2 events are neither", told.message)
        self.assertTrue(self._is_there())

    def test_month_with_suspended_usage_stays_until_it_is_discarded(self):
        self._bill()
        lost = self._add_event(
            started_at=STARTED_AT,
            file_id=self.file.id,
            state="received",
            reason="unknown_number",
            subscription_id=None,
        )
        self.assertIn("1 events are neither", self._expire().message)
        self.Event.browse(lost).discard("Nobody's")
        self.assertEqual(self._expire().state, "removed")
        self.assertEqual(
            self.file._count_row_states(),
            {self.file.id: {"billed": 2, "rejected": 1}},
        )

    def test_usage_on_a_draft_bill_stays(self):
        self._bill().state = "invoiced"
        self.assertEqual(self._expire().state, "kept")

    def test_nothing_goes_before_its_time_or_without_a_setting(self):
        self._bill()
        self.company.telecom_usage_retention_months = 14
        self.assertFalse(self._expire())
        self.company.telecom_usage_retention_months = 0
        self.assertFalse(self._expire())
        self.company.telecom_usage_retention_months = 13
        self.assertEqual(self._expire().state, "removed")

    def test_month_that_another_company_keeps_longer_stays(self):
        self._bill()
        other = self.env["res.company"].create({"name": "Other cooperative"})
        self._add_event(started_at=STARTED_AT, company_id=other.id, state="discarded")
        self.assertIn("Other cooperative", self._expire().message)
        other.telecom_usage_retention_months = 12
        self.assertEqual(self._expire().state, "removed")

    def test_company_on_hold_keeps_everything(self):
        self._bill()
        self.company.telecom_is_usage_held = True
        self.assertIn("under legal hold (2 events)", self._expire().message)
        self.assertTrue(self._is_there())

    def test_usage_of_a_held_subscription_is_archived_until_release(self):
        self._bill()
        hold = self._hold(subscription_id=self.subscription.id)
        told = self._expire()
        self.assertEqual((told.state, told.held_count), ("removed", 4))
        self.assertIn("Court 7", told.message)
        held = self.env["telecom.held.usage"].search([])
        self.assertEqual(sorted(held.mapped("kind")), ["event"] * 2 + ["rated"] * 2)
        event = held.filtered(lambda row: row.kind == "event")[0]
        self.assertIn(event.content["id"], self.event_ids)
        self.assertEqual(event.started_at, STARTED_AT)
        self._expire()
        self.assertEqual(len(held.exists()), 4)
        hold.action_release()
        self._expire()
        self.assertFalse(held.exists())

    def test_usage_of_a_held_billing_account_is_archived_and_no_other(self):
        self._bill()
        other = self._create_subscription(self.offering, state="active")
        self._hold(billing_account_id=other.telecom_billing_account_id.id)
        self.assertEqual(self._expire().held_count, 0)

    def test_hold_on_the_billing_account_covers_its_subscriptions(self):
        self._bill()
        account = self.subscription.telecom_billing_account_id
        self._hold(billing_account_id=account.id)
        self.assertEqual(self._expire().held_count, 4)

    def test_month_that_comes_again_is_told_in_the_same_row(self):
        self._bill()
        self._expire()
        self._add_event(started_at=STARTED_AT, file_id=self.file.id, state="discarded")
        told = self._expire()
        self.assertEqual((told.state, told.event_count), ("removed", 3))

    @mute_logger("odoo.sql_db")
    def test_retention_below_a_year_is_refused(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.company.telecom_usage_retention_months = 6
            self.env.flush_all()

    def test_hold_is_called_by_what_it_holds_and_why(self):
        hold = self._hold(subscription_id=self.subscription.id)
        self.assertEqual(
            hold.display_name, f"{self.subscription.display_name}: Court 7"
        )
        self.assertEqual(self.env["telecom.legal.hold"].new().display_name, "")

    @mute_logger("odoo.sql_db")
    def test_hold_is_on_one_thing(self):
        for target in (
            {},
            {
                "subscription_id": self.subscription.id,
                "billing_account_id": self.subscription.telecom_billing_account_id.id,
            },
        ):
            with (
                self.subTest(target),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self._hold(**target)

    def test_rights_of_the_roles(self):
        users = {
            role: new_test_user(
                self.env, f"keep_{role}", f"somconnexio_base.group_telecom_{role}"
            )
            for role in ("agent", "billing_manager", "admin")
        }
        hold = self._hold(subscription_id=self.subscription.id)
        for role in ("agent", "billing_manager"):
            with self.subTest(role):
                self.assertTrue(hold.with_user(users[role]).reason)
                with self.assertRaises(AccessError):
                    hold.with_user(users[role]).action_release()
        with self.assertRaises(AccessError):
            self.env["telecom.held.usage"].with_user(users["agent"]).search([])
        hold.with_user(users["admin"]).action_release()
        self.assertEqual(hold.released_by_id, users["admin"])
        other = self.env["res.company"].create({"name": "Other cooperative"})
        users["admin"].write(
            {"company_ids": [(6, 0, other.ids)], "company_id": other.id}
        )
        Hold = self.env["telecom.legal.hold"].with_user(users["admin"])
        self.assertFalse(Hold.search([]))

    def test_month_is_told_by_the_time_of_utc(self):
        [month] = [
            month
            for month in self.Retention._due_months(date(2026, 11, 2))
            if month["month_date"] == MONTH
        ]
        self.assertEqual(month["partitions"], sorted(TABLES))
        self.assertEqual(STARTED_AT.date(), datetime(2025, 9, 5).date())
