# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .common import NOW, SomconnexioCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestReservation(SomconnexioCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.telecom_reservation_hours = 48
        cls.anna, cls.biel, cls.technician, cls.accountant = (
            new_test_user(
                cls.env, login, f"somconnexio_base.group_telecom_{role}", name=name
            )
            for login, role, name in (
                ("test_anna", "agent", "Anna"),
                ("test_biel", "agent", "Biel"),
                ("test_tech", "technician", "Tecla"),
                ("test_acc", "accountant", "Aina"),
            )
        )

    def setUp(self):
        super().setUp()
        self.number = self._create_resource("msisdn")

    def _as(self, user, record=None):
        return (record or self.number).with_user(user)

    def test_reservation_says_for_whom_and_until_when(self):
        self._as(self.anna).reserve(partner_id=self.partner.id)
        self.assertEqual(
            (self.number.state, self.number.reserved_until_at),
            ("reserved", datetime(2026, 10, 17, 10, 0)),
        )
        self.assertEqual(self.number.reserved_by_id, self.anna)
        self.assertEqual(self.number.reserved_for_id, self.partner)

    def test_hours_are_those_that_were_asked_for(self):
        self._as(self.anna).reserve(hours=1)
        self.assertEqual(self.number.reserved_until_at, datetime(2026, 10, 15, 11, 0))
        other = self._create_resource("msisdn")
        self._as(self.anna, other).reserve(hours=0)
        self.assertFalse(other.reserved_until_at)

    def test_second_agent_is_told_who_has_it(self):
        self._as(self.anna).reserve()
        with self.assertRaisesRegex(UserError, "reserved by Anna until 2026-10-17"):
            self._as(self.biel).reserve()

    def test_cron_frees_what_is_over_and_not_used(self):
        self._as(self.anna).reserve()
        planned = self._create_resource("msisdn")
        planned.reserve()
        subscription = self._create_subscription(with_resources=False)
        self._assign(subscription, planned)
        kept = self._create_resource("msisdn")
        kept.reserve(hours=0)
        self._run_cron("cron_resource_calendar", now="2026-10-17 09:59:00")
        self.assertEqual(self.number.state, "reserved")
        self._run_cron("cron_resource_calendar", now="2026-10-17 10:01:00")
        self.assertEqual(self.number.state, "available")
        self.assertFalse(self.number.reserved_by_id)
        self.assertEqual((planned.state, kept.state), ("reserved", "reserved"))

    def test_reservation_that_is_over_does_not_wait_for_the_cron(self):
        self._as(self.anna).reserve(hours=1)
        with freeze_time("2026-10-15 11:01:00"):
            self._as(self.biel).reserve()
        self.assertEqual(self.number.reserved_by_id, self.biel)

    def test_activation_ends_the_reservation(self):
        self._as(self.anna).reserve()
        subscription = self._create_subscription(with_resources=False)
        for resource in (self.number, self._create_resource("iccid")):
            self._assign(subscription, resource)
        subscription.activate("2026-10-01")
        self.assertEqual(self.number.state, "active")
        self.assertFalse(self.number.reserved_until_at)
        self.assertFalse(self.number.reserved_by_id)

    def test_number_kept_for_one_customer_is_not_given_to_another(self):
        self._as(self.anna).reserve(partner_id=self.partner.id)
        stranger = self._create_partner("Stranger")
        account = self._create_billing_account(stranger)
        theirs = self._create_subscription(account=account, with_resources=False)
        own = self._create_subscription(with_resources=False)
        Assignment = self.env["telecom.resource.assignment"].with_user(self.biel)
        values = {"resource_id": self.number.id, "start_at": "2026-10-15 10:00:00"}
        with self.assertRaisesRegex(ValidationError, "reserved by Anna"):
            Assignment.create({**values, "subscription_id": theirs.id})
        Assignment.create({**values, "subscription_id": own.id})
        self.assertEqual(self.number.state, "reserved")

    def test_agent_releases_what_is_hers_and_a_technician_everything(self):
        self._as(self.anna).reserve()
        with self.assertRaisesRegex(AccessError, "ask Anna"):
            self._as(self.biel).action_release()
        self._as(self.anna).action_release()
        self.assertEqual(self.number.state, "available")
        self._as(self.anna).reserve()
        self._as(self.technician).action_release()
        self.assertEqual(self.number.state, "available")

    def test_accountant_reserves_nothing(self):
        with self.assertRaises(AccessError):
            self._as(self.accountant).reserve()

    def test_number_in_use_or_at_rest_is_not_reserved(self):
        subscription = self._create_subscription(state="active")
        used = subscription.assignment_ids.resource_id[0]
        with self.assertRaisesRegex(UserError, "it is Active"):
            self._as(self.anna, used).reserve()
        subscription.terminate(self.reason_terminate, "2026-10-14")
        with self.assertRaisesRegex(UserError, "it is Quarantine"):
            self._as(self.anna, used).reserve()

    def test_free_numbers_of_a_provider_are_picked_and_kept(self):
        provider = self._create_partner("Wholesale")
        wanted = self._create_resource("msisdn", provider_id=provider.id)
        Resource = self.env["telecom.resource"].with_user(self.anna)
        picked = Resource.reserve_available("msisdn", 1, provider_id=provider.id)
        self.assertEqual(
            picked,
            [
                {
                    "id": wanted.id,
                    "value": wanted.name,
                    "label": wanted.display_name,
                }
            ],
        )
        self.assertEqual(wanted.reserved_by_id, self.anna)
        with self.assertRaisesRegex(UserError, "0 of 2 are available"):
            Resource.reserve_available("msisdn", 2, provider_id=provider.id)

    def test_terms_that_make_no_sense_are_refused(self):
        for terms, message in (
            ({"hours": -1}, "whole number of hours"),
            ({"hours": "2"}, "whole number of hours"),
            ({"partner_id": 999_999_999}, "No partner"),
            ({"partner_id": "Maria"}, "No partner"),
        ):
            with self.subTest(**terms), self.assertRaisesRegex(UserError, message):
                self._as(self.anna).reserve(**terms)
        self.assertEqual(self.number.state, "available")

    def test_bad_question_for_numbers_is_refused(self):
        Resource = self.env["telecom.resource"].with_user(self.anna)
        for kind, count, message in (
            ("msisdn", 0, "1 to 100"),
            ("msisdn", 101, "1 to 100"),
            ("msisdn", "3", "1 to 100"),
            ("fax", 1, "code fax"),
        ):
            with self.subTest(kind=kind, count=count):
                with self.assertRaisesRegex(UserError, message):
                    Resource.reserve_available(kind, count)
