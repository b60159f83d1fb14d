# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import datetime

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NOW, SomconnexioCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestTelecomResourceAssignment(SomconnexioCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.resource = cls._create_resource("msisdn")
        cls.first = cls._create_subscription(with_resources=False)
        cls.second = cls._create_subscription(with_resources=False)

    @mute_logger("odoo.sql_db")
    def test_overlap_is_refused_by_the_database(self):
        self._assign(self.first, self.resource, "2026-09-01", "2026-09-10")
        for start_at, end_at in (
            ("2026-09-05", "2026-09-06"),
            ("2026-08-01", "2026-09-01 00:00:01"),
            ("2026-09-09 23:59:59", False),
            ("2026-08-01", False),
        ):
            with self.subTest(start_at), self.assertRaises(IntegrityError):
                with self.cr.savepoint():
                    self._assign(self.second, self.resource, start_at, end_at)

    def test_next_assignment_may_start_at_the_instant_the_last_ends(self):
        self._assign(self.first, self.resource, "2026-09-01", "2026-09-10")
        after = self._assign(self.second, self.resource, "2026-09-10")
        before = self._assign(self.second, self.resource, "2026-08-01", "2026-09-01")
        self.assertEqual(len(after | before), 2)

    def test_successor_is_accepted_in_the_transaction_that_ends_the_first(self):
        running = self._assign(self.first, self.resource, "2026-09-01")
        running.end("2026-10-01 00:00:00")
        self.resource.action_release()
        successor = self._assign(self.second, self.resource, "2026-10-01")
        self.assertEqual(self.resource.current_subscription_id, self.second)
        self.assertTrue(successor)

    @mute_logger("odoo.sql_db")
    def test_overlap_message_says_what_to_do(self):
        self._assign(self.first, self.resource, "2026-09-01")
        with self.assertRaises(IntegrityError) as caught, self.cr.savepoint():
            self._assign(self.second, self.resource, "2026-09-05")
        message = self.env["telecom.resource.assignment"]._sql_error_to_message(
            caught.exception
        )
        self.assertIn("end the other assignment", message)

    @mute_logger("odoo.sql_db")
    def test_empty_or_reversed_period_is_refused(self):
        for end_at in ("2026-09-01", "2026-08-31"):
            with self.subTest(end_at), self.assertRaises(IntegrityError):
                with self.cr.savepoint():
                    self._assign(self.first, self.resource, "2026-09-01", end_at)

    def test_resource_of_a_pending_subscription_is_reserved(self):
        self._assign(self.first, self.resource)
        self.assertEqual(self.resource.state, "reserved")

    def test_resource_of_an_active_subscription_is_active(self):
        subscription = self._create_subscription(state="active")
        spare = self._create_resource("iccid")
        self._assign(subscription, spare, "2026-10-01")
        self.assertEqual(spare.state, "active")

    def test_past_assignment_of_an_old_number_makes_it_rest_only_as_long_as_due(self):
        self._assign(self.first, self.resource, "2020-01-01", "2020-02-01")
        self.assertEqual(self.resource.state, "available")

    def test_end_now_closes_the_assignment_at_this_instant(self):
        assignment = self._assign(self.first, self.resource)
        assignment.action_end()
        self.assertEqual(assignment.end_at, datetime(2026, 10, 15, 10))
        self.assertEqual(self.resource.state, "quarantine")

    def test_end_of_an_ended_assignment_is_refused(self):
        assignment = self._assign(self.first, self.resource)
        assignment.end("2026-10-01 00:00:00")
        with self.assertRaisesRegex(UserError, "already ended on 2026-10-01"):
            assignment.end()

    def test_resting_resource_is_refused_to_another_subscription(self):
        self._assign(self.first, self.resource).end("2026-10-14 00:00:00")
        with self.assertRaisesRegex(ValidationError, "quarantine until 2026-11-14"):
            self._assign(self.second, self.resource, "2026-10-15")

    def test_resting_resource_goes_back_to_its_last_holder(self):
        self._assign(self.first, self.resource).end("2026-10-14 00:00:00")
        self._assign(self.first, self.resource, "2026-10-15")
        self.assertEqual(self.resource.state, "reserved")
        self.assertFalse(self.resource.quarantine_until_date)

    def test_contract_that_is_no_subscription_is_refused(self):
        contract = self.env["contract.contract"].create(
            {"name": "Rent", "partner_id": self.partner.id}
        )
        with self.assertRaisesRegex(ValidationError, "service type"):
            self._assign(contract, self.resource)

    def test_assignment_in_use_is_not_deleted(self):
        subscription = self._create_subscription(state="active")
        with self.assertRaisesRegex(UserError, "kept as history"):
            subscription.assignment_ids.unlink()

    def test_planned_assignment_may_be_deleted_and_frees_the_resource(self):
        self._assign(self.first, self.resource).unlink()
        self.assertEqual(self.resource.state, "available")

    def test_main_number_of_the_subscription_is_the_latest_of_its_main_kind(self):
        self._assign(self.first, self._create_resource("iccid"))
        old = self._assign(self.first, self.resource)
        self.assertEqual(self.first.main_resource_name, self.resource.name)
        old.end("2026-10-14 00:00:00")
        new = self._create_resource("msisdn", "612345678")
        self._assign(self.first, new, "2026-10-14")
        self.assertEqual(self.first.main_resource_name, "34612345678")
        self.assertEqual(self.first.main_resource_label, "+34 612 34 56 78")

    def test_terminated_subscription_holds_nothing_without_end(self):
        ended = self._create_subscription(state="terminated")
        with self.assertRaisesRegex(ValidationError, "cannot hold"):
            self._assign(ended, self.resource, "2026-10-01")

    def test_terminated_subscription_may_have_held_a_number_in_the_past(self):
        ended = self._create_subscription(state="terminated")
        past = self._assign(ended, self.resource, "2026-01-01", "2026-02-01")
        self.assertEqual(self.resource.state, "available")
        with self.assertRaisesRegex(ValidationError, "cannot hold"):
            past.end_at = False

    def test_assignment_in_use_keeps_holder_and_resource(self):
        used = self._create_subscription(state="active").assignment_ids[0]
        for vals in (
            {"subscription_id": self.second.id},
            {"resource_id": self.resource.id},
        ):
            with (
                self.subTest(vals),
                self.assertRaisesRegex(UserError, "new assignment"),
            ):
                used.write(vals)

    def test_planned_assignment_may_get_another_resource(self):
        planned = self._assign(self.first, self._create_resource("msisdn"))
        planned.resource_id = self.resource
        self.assertEqual(self.resource.state, "reserved")
