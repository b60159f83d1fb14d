# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .operation_common import IBAN, OperationCommon


@tagged("post_install", "-at_install")
class TestOperationPending(OperationCommon):
    """What is planned excludes what contradicts it, and is named."""

    def test_second_change_of_tariff_is_refused_naming_the_first(self):
        self.subscription.request_tariff_change(self.offering_mobile_large.id)
        third = self._create_offering("Mobile medium", 15)
        with self.assertRaisesRegex(
            UserError, "Change of tariff · .* · 2026-11-01” is pending, asked for by"
        ):
            self.subscription.request_tariff_change(third.id, "2026-12-01")

    def test_database_refuses_a_second_planned_operation_in_a_lane(self):
        first = self._operations(
            self.subscription.request_tariff_change(self.offering_mobile_large.id)
        )
        second = first.copy({"state": "cancelled"})
        with (
            self.assertRaises(UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            second.write({"state": "planned", "lane": first.lane})

    def test_different_addons_and_numbers_may_be_planned_together(self):
        other_addon = self._create_offering("Voicemail", 1, telecom_kind="addon")
        self.subscription.request_addon(self.addon.id, "next_month")
        self.subscription.request_addon(other_addon.id, "next_month")
        self.subscription.request_tariff_change(self.offering_mobile_large.id)
        sim = self._create_resource("iccid")
        self.subscription.request_sim_swap(sim.id, "next_month")
        pending = self.subscription.pending_operations()
        self.assertEqual(len(pending), 4)
        self.assertIn(
            "Change of tariff on 2026-11-01", self.subscription.pending_operation_text
        )

    def test_termination_before_what_is_planned_is_refused(self):
        self.subscription.request_tariff_change(
            self.offering_mobile_large.id, "2026-12-01"
        )
        with self.assertRaisesRegex(UserError, "Change of tariff .* is pending"):
            self.subscription.request_termination("price", "2026-11-30")
        self.subscription.request_termination("price", "2026-12-31")

    def test_nothing_is_planned_for_after_a_planned_end(self):
        self.subscription.request_termination("price", "2026-10-31")
        with self.assertRaisesRegex(UserError, "Terminate .* is pending"):
            self.subscription.request_tariff_change(self.offering_mobile_large.id)
        self.subscription.request_tariff_change(
            self.offering_mobile_large.id, "2026-10-20"
        )

    def test_end_of_the_service_calls_off_what_was_planned(self):
        operation = self._operations(
            self.subscription.request_sim_swap(
                self._create_resource("iccid").id, "2026-10-20"
            )
        )
        self.subscription.terminate(self.reason_terminate)
        self.assertEqual(operation.state, "cancelled")
        self.assertIn("ended before", operation.outcome)

    def test_one_change_of_payment_is_planned_for_an_account(self):
        self.account.request_payment_change("next_month", iban=IBAN)
        with self.assertRaisesRegex(UserError, "is pending"):
            self.account.request_payment_change(bill_email="a@example.org")

    def test_asker_who_has_seen_an_older_version_is_told_who_changed_it(self):
        seen = self.subscription.telecom_version
        self.subscription.request_bond(self.one_shot.id)
        with self.assertRaisesRegex(
            UserError, "has changed since you opened it .*Buy a"
        ):
            self.subscription.request_bond(self.one_shot.id, version=seen)
        self.subscription.request_bond(
            self.one_shot.id, version=self.subscription.telecom_version
        )
