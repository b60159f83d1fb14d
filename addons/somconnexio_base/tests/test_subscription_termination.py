# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import NOW, SomconnexioCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSubscriptionTermination(SomconnexioCommon):
    def test_termination_ends_lines_and_resources_with_the_civil_day(self):
        subscription = self._create_subscription(state="active")
        subscription.terminate(self.reason_terminate, "2026-10-14")
        self.assertEqual(subscription.telecom_state, "terminated")
        self.assertEqual(subscription.termination_date, date(2026, 10, 14))
        self.assertEqual(subscription.termination_reason_id, self.reason_terminate)
        self.assertEqual(subscription.contract_line_ids.date_end, date(2026, 10, 14))
        self.assertEqual(
            set(subscription.assignment_ids.mapped("end_at")),
            {datetime(2026, 10, 14, 22)},
        )

    def test_terminated_numbers_rest_from_the_day_after(self):
        subscription = self._create_subscription(state="active")
        subscription.terminate(self.reason_terminate)
        resources = subscription.assignment_ids.resource_id
        self.assertEqual(set(resources.mapped("state")), {"quarantine"})
        self.assertEqual(
            set(resources.mapped("quarantine_until_date")), {date(2026, 11, 15)}
        )

    def test_terminated_subscription_keeps_its_number_and_offering_to_be_seen(self):
        subscription = self._create_subscription(state="active", msisdn="612345678")
        subscription.terminate(self.reason_terminate)
        self.assertEqual(subscription.main_resource_name, "34612345678")
        self.assertEqual(subscription.telecom_offering_id, self.offering_mobile)

    def test_suspended_subscription_can_be_terminated(self):
        subscription = self._create_subscription(state="suspended")
        subscription.terminate(self.reason_terminate)
        self.assertEqual(subscription.telecom_state, "terminated")

    def test_line_that_ended_before_keeps_its_end(self):
        subscription = self._create_subscription(state="active")
        one_shot = self.env["contract.line"].create(
            {
                "contract_id": subscription.id,
                "product_id": self.one_shot.id,
                "date_start": "2026-09-05",
                "date_end": "2026-09-05",
            }
        )
        subscription.terminate(self.reason_terminate)
        self.assertEqual(one_shot.date_end, date(2026, 9, 5))

    def test_line_planned_after_the_end_is_dropped(self):
        subscription = self._create_subscription(state="active")
        planned = subscription.change_offering(
            self.offering_mobile_large, date(2026, 11, 1)
        )
        subscription.terminate(self.reason_terminate)
        self.assertFalse(planned.exists())
        self.assertEqual(subscription.contract_line_ids.date_end, date(2026, 10, 15))

    def test_planned_termination_dates_the_end_and_waits_for_the_day(self):
        subscription = self._create_subscription(state="active")
        subscription.terminate(self.reason_terminate, "2026-10-31")
        self.assertEqual(subscription.telecom_state, "active")
        self.assertEqual(subscription.contract_line_ids.date_end, date(2026, 10, 31))
        self.assertEqual(
            set(subscription.assignment_ids.mapped("end_at")),
            {datetime(2026, 10, 31, 23)},
        )
        self._run_cron("cron_subscription_calendar", now="2026-10-30 12:00:00")
        self.assertEqual(subscription.telecom_state, "active")
        self._run_cron("cron_subscription_calendar", now="2026-10-30 23:30:00")
        self.assertEqual(subscription.telecom_state, "terminated")
        last = self._history(subscription)[-1]
        self.assertEqual(last.effective_date, date(2026, 10, 31))
        self.assertEqual(last.reason_id, self.reason_terminate)

    def test_planned_termination_can_be_moved_both_ways(self):
        subscription = self._create_subscription(state="active")
        for day in (date(2026, 10, 31), date(2026, 11, 30), date(2026, 10, 20)):
            subscription.terminate(self.reason_terminate, day)
            with self.subTest(day):
                self.assertEqual(subscription.termination_date, day)
                self.assertEqual(subscription.contract_line_ids.date_end, day)
                end_at = self.company._telecom_day_end_at(day)
                self.assertEqual(
                    set(subscription.assignment_ids.mapped("end_at")), {end_at}
                )

    def test_planned_termination_can_be_taken_back(self):
        subscription = self._create_subscription(state="active")
        subscription.terminate(self.reason_terminate, "2026-10-31")
        subscription.action_cancel_termination()
        self.assertFalse(subscription.termination_date)
        self.assertFalse(subscription.termination_reason_id)
        self.assertFalse(subscription.contract_line_ids.date_end)
        self.assertFalse(any(subscription.assignment_ids.mapped("end_at")))

    def test_termination_that_is_not_planned_cannot_be_taken_back(self):
        for state in ("active", "terminated"):
            subscription = self._create_subscription(state=state)
            with (
                self.subTest(state),
                self.assertRaisesRegex(UserError, "no planned termination"),
            ):
                subscription.cancel_termination()

    def test_pending_subscription_is_cancelled_and_its_plan_dropped(self):
        subscription = self._create_subscription()
        resources = subscription.assignment_ids.resource_id
        subscription.terminate(self.reason_terminate)
        self.assertEqual(subscription.telecom_state, "terminated")
        self.assertFalse(subscription.contract_line_ids)
        self.assertFalse(subscription.assignment_ids)
        self.assertEqual(set(resources.mapped("state")), {"available"})
        self.assertEqual(subscription.telecom_offering_id, self.offering_mobile)
        note = subscription.message_ids[:1].body
        self.assertIn("Mobile small", note)
        self.assertIn(resources[0].display_name, note)

    def test_pending_subscription_cannot_be_cancelled_in_the_future(self):
        subscription = self._create_subscription()
        with self.assertRaisesRegex(UserError, "in the future"):
            subscription.terminate(self.reason_terminate, "2026-10-31")

    def test_termination_before_the_activation_is_refused(self):
        subscription = self._create_subscription(state="active")
        with self.assertRaisesRegex(UserError, "changed state on 2026-09-01"):
            subscription.terminate(self.reason_terminate, "2026-08-31")
