# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import date
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_cron import IrCron

from .common import NOW, SomconnexioCommon

STATE_MODULE = "odoo.addons.somconnexio_base.models.telecom_resource_state"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestTelecomResource(SomconnexioCommon):
    def test_number_is_stored_as_e164_digits_and_shown_formatted(self):
        resource = self._create_resource("msisdn", "612 34 56 78")
        self.assertEqual(resource.name, "34612345678")
        self.assertEqual(resource.display_name, "+34 612 34 56 78")

    def test_number_written_later_is_normalised_too(self):
        resource = self._create_resource("msisdn")
        resource.name = "+34 612-34-56-79"
        self.assertEqual(resource.name, "34612345679")

    def test_change_of_kind_checks_the_value_again(self):
        resource = self._create_resource("msisdn")
        with self.assertRaisesRegex(ValidationError, resource.name):
            resource.kind_id = self.kind_iccid

    def test_bad_value_is_refused_with_value_kind_and_remedy(self):
        with self.assertRaisesRegex(
            ValidationError, "931234567 is not a valid Mobile number.*first digits"
        ):
            self._create_resource("msisdn", "931234567")

    def test_bad_check_digit_is_told_as_such(self):
        with self.assertRaisesRegex(ValidationError, "check digit"):
            self._create_resource("iccid", "8934041234567890123")

    def test_bad_value_in_a_batch_leaves_nothing(self):
        values = [
            {"kind_id": self.kind_msisdn.id, "name": n} for n in ("612345678", "1")
        ]
        with self.assertRaises(ValidationError):
            self.env["telecom.resource"].create(values)
        self.assertFalse(
            self.env["telecom.resource"].search([("name", "=", "34612345678")])
        )

    @mute_logger("odoo.sql_db")
    def test_same_number_twice_is_refused_by_the_database(self):
        self._create_resource("msisdn", "612345678")
        with self.assertRaisesRegex(IntegrityError, "kind_name_unique"):
            self._create_resource("msisdn", "+34612345678")

    def test_search_finds_a_number_as_people_write_it(self):
        resource = self._create_resource("msisdn", "612345678")
        for typed in ("612 34 56", "+34 612 345 678", "34612345678"):
            with self.subTest(typed):
                found = self.env["telecom.resource"].name_search(typed)
                self.assertIn(resource.id, [record_id for record_id, _name in found])

    def test_holder_is_the_subscription_that_holds_it_now(self):
        subscription = self._create_subscription()
        resource = subscription.assignment_ids.resource_id[0]
        spare = self._create_resource()
        Resource = self.env["telecom.resource"]
        self.assertEqual(resource.current_subscription_id, subscription)
        self.assertFalse(spare.current_subscription_id)
        held = [("current_subscription_id", "=", subscription.id)]
        free = [("current_subscription_id", "=", False)]
        self.assertIn(resource, Resource.search(held))
        self.assertNotIn(resource, Resource.search(free))
        self.assertIn(spare, Resource.search(free))
        self.assertNotIn(resource, Resource.search(["!", *held]))

    def test_reserve_and_release_change_the_state(self):
        resource = self._create_resource()
        resource.action_reserve()
        self.assertEqual(resource.state, "reserved")
        resource.action_release()
        self.assertEqual(resource.state, "available")

    def test_reserve_of_an_active_number_is_refused(self):
        subscription = self._create_subscription(state="active")
        resource = subscription.assignment_ids.resource_id[0]
        with self.assertRaisesRegex(UserError, "it is Active"):
            resource.action_reserve()

    def test_release_of_a_number_planned_for_a_subscription_is_refused(self):
        subscription = self._create_subscription()
        resource = subscription.assignment_ids.resource_id[0]
        with self.assertRaisesRegex(UserError, subscription.code):
            resource.action_release()

    def test_quarantine_lasts_what_the_kind_says(self):
        for days, state, until in (
            (-1, "quarantine", date(2026, 11, 14)),
            (5, "quarantine", date(2026, 10, 20)),
            (0, "available", False),
        ):
            with self.subTest(days):
                self.kind_msisdn.quarantine_days = days
                subscription = self._create_subscription(state="active")
                number = subscription.assignment_ids.filtered(
                    lambda a: a.kind_id == self.kind_msisdn
                )
                number.end("2026-10-14 08:00:00")
                self.assertEqual(number.resource_id.state, state)
                self.assertEqual(number.resource_id.quarantine_until_date, until)

    def test_cron_frees_what_has_rested_and_nothing_else(self):
        subscription = self._create_subscription(state="active")
        resting = subscription.assignment_ids.resource_id
        subscription.terminate(self.reason_terminate, "2026-10-14")
        self.assertEqual(set(resting.mapped("state")), {"quarantine"})
        self._run_cron("cron_resource_calendar", now="2026-11-13 12:00:00")
        self.assertEqual(set(resting.mapped("state")), {"quarantine"})
        self._run_cron("cron_resource_calendar", now="2026-11-13 23:30:00")
        self.assertEqual(set(resting.mapped("state")), {"available"})
        self.assertFalse(any(resting.mapped("quarantine_until_date")))

    def test_cron_frees_lot_by_lot_until_its_time_is_up(self):
        numbers = self.env["telecom.resource"].concat(
            *(self._create_resource("msisdn") for _number in range(3))
        )
        resting = {"state": "quarantine", "quarantine_until_date": "2026-10-01"}
        for seconds_left, freed in ((0.0, 1), (60.0, 3)):
            with (
                self.subTest(seconds_left),
                patch(f"{STATE_MODULE}.CRON_LOT", 1),
                patch.object(IrCron, "_commit_progress") as commit,
            ):
                numbers.write(resting)
                # The announcement of how many there are, then one for each lot.
                commit.side_effect = [60.0, *[seconds_left] * 3]
                numbers._in_lots(lambda lot: lot._free_rested())
                states = numbers.mapped("state")
                self.assertEqual(states.count("available"), freed)
                self.assertEqual(commit.call_count, freed + 1)

    def test_cron_rests_what_a_dated_assignment_has_left(self):
        subscription = self._create_subscription(state="active")
        number = subscription.assignment_ids[:1]
        number.end("2026-10-20 08:00:00")
        self.assertEqual(number.resource_id.state, "active")
        self._run_cron("cron_resource_calendar", now="2026-10-20 09:00:00")
        self.assertEqual(number.resource_id.state, "quarantine")

    def test_used_number_is_not_deleted(self):
        subscription = self._create_subscription()
        with self.assertRaisesRegex(UserError, "kept as history"):
            subscription.assignment_ids.resource_id.unlink()

    def test_number_that_has_been_in_use_keeps_its_value(self):
        used = self._create_subscription(
            state="active", msisdn="612345678"
        ).assignment_ids.resource_id.filtered(lambda r: r.kind_id == self.kind_msisdn)
        used.name = "+34 612 34 56 78"
        with self.assertRaisesRegex(UserError, "keeps its value"):
            used.name = "612345679"
