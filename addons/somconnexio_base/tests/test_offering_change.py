# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import NOW, SomconnexioCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestOfferingChange(SomconnexioCommon):
    def _tariffs(self, subscription):
        """Return (product name, start, end) of each tariff line, by start."""
        lines = subscription.contract_line_ids.sorted("date_start")
        return [
            (line.product_id.name, line.date_start, line.date_end) for line in lines
        ]

    def test_change_ends_the_tariff_the_day_before_and_starts_the_new_one(self):
        subscription = self._create_subscription(state="active")
        line = subscription.change_offering(
            self.offering_mobile_large, date(2026, 11, 1)
        )
        self.assertEqual(line.price_unit, 20)
        self.assertEqual(
            self._tariffs(subscription),
            [
                ("Mobile small", date(2026, 9, 1), date(2026, 10, 31)),
                ("Mobile large", date(2026, 11, 1), False),
            ],
        )

    def test_shown_offering_follows_on_the_day_of_the_change(self):
        subscription = self._create_subscription(state="active")
        subscription.change_offering(self.offering_mobile_large, date(2026, 11, 1))
        self.assertEqual(subscription.telecom_offering_id, self.offering_mobile)
        self._run_cron("cron_subscription_calendar", now="2026-11-01 05:00:00")
        self.assertEqual(subscription.telecom_offering_id, self.offering_mobile_large)

    def test_later_change_replaces_the_one_planned_before(self):
        subscription = self._create_subscription(state="active")
        subscription.change_offering(self.offering_mobile_large, date(2026, 11, 1))
        third = self._create_offering("Mobile medium", 15)
        subscription.change_offering(third, date(2026, 11, 1))
        self.assertEqual(
            self._tariffs(subscription),
            [
                ("Mobile small", date(2026, 9, 1), date(2026, 10, 31)),
                ("Mobile medium", date(2026, 11, 1), False),
            ],
        )

    def test_change_on_the_first_day_of_a_tariff_replaces_it(self):
        subscription = self._create_subscription(state="active", start="2026-10-15")
        subscription.change_offering(self.offering_mobile_large, date(2026, 10, 15))
        self.assertEqual(
            self._tariffs(subscription), [("Mobile large", date(2026, 10, 15), False)]
        )

    def test_change_of_a_pending_subscription_replaces_its_plan(self):
        subscription = self._create_subscription()
        subscription.change_offering(self.offering_mobile_large, date(2026, 10, 20))
        self.assertEqual(
            self._tariffs(subscription), [("Mobile large", date(2026, 10, 20), False)]
        )

    def test_new_tariff_ends_with_the_planned_termination(self):
        subscription = self._create_subscription(state="active")
        subscription.terminate(self.reason_terminate, "2026-11-30")
        line = subscription.change_offering(
            self.offering_mobile_large, date(2026, 11, 1)
        )
        self.assertEqual(line.date_end, date(2026, 11, 30))

    def test_change_after_the_planned_termination_is_refused(self):
        subscription = self._create_subscription(state="active")
        subscription.terminate(self.reason_terminate, "2026-11-30")
        with self.assertRaisesRegex(UserError, "until 2026-11-30"):
            subscription.change_offering(self.offering_mobile_large, date(2026, 12, 1))

    def test_change_before_the_activation_is_refused(self):
        subscription = self._create_subscription(state="active")
        with self.assertRaises(UserError):
            subscription.change_offering(self.offering_mobile_large, date(2026, 8, 1))

    def test_change_of_a_terminated_subscription_is_refused(self):
        subscription = self._create_subscription(state="terminated")
        with self.assertRaisesRegex(UserError, "cannot be given another offering"):
            subscription.change_offering(self.offering_mobile_large, date(2026, 11, 1))

    def test_offering_of_another_service_type_is_refused(self):
        subscription = self._create_subscription(state="active")
        with self.assertRaisesRegex(UserError, "is an offering for Fibre"):
            subscription.change_offering(self.offering_fibre, date(2026, 11, 1))

    def test_product_that_is_no_offering_is_refused(self):
        subscription = self._create_subscription(state="active")
        with self.assertRaisesRegex(UserError, "is not an offering"):
            subscription.change_offering(self.addon, date(2026, 11, 1))

    def test_change_is_noted_with_both_offerings(self):
        subscription = self._create_subscription(state="active")
        subscription.change_offering(self.offering_mobile_large, date(2026, 11, 1))
        note = subscription.message_ids[:1].body
        self.assertIn("Mobile large", note)
        self.assertIn("Mobile small", note)

    def test_dialog_offers_the_first_of_next_month_and_changes(self):
        subscription = self._create_subscription(state="active")
        context = subscription.action_change_offering()["context"]
        form = Form(self.env["telecom.operation.wizard"].with_context(**context))
        self.assertEqual(str(form.date), "2026-11-01")
        form.product_id = self.offering_mobile_large
        form.save().action_apply()
        self.assertEqual(self._tariffs(subscription)[-1][0], "Mobile large")
