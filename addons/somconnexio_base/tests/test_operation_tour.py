# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.tests import HttpCase, new_test_user, tagged

from .common import SomconnexioCommon


@tagged("post_install", "-at_install")
class TestOperationTour(HttpCase, SomconnexioCommon):
    """An agent at work in the browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        new_test_user(
            cls.env,
            "tour_agent",
            "somconnexio_base.group_telecom_agent",
            lang="en_US",
        )
        cls.partner = cls._create_partner("Tour Member")
        cls.subscription = cls._create_subscription(
            account=cls._create_billing_account(collection_method="transfer"),
            state="active",
            msisdn="612345678",
        )

    def _start(self, name):
        self.start_tour(
            f"/odoo/telecom-subscriptions/{self.subscription.id}",
            f"somconnexio_base_{name}",
            login="tour_agent",
        )

    def test_agent_changes_the_tariff_after_a_look_at_the_preview(self):
        self._start("change_tariff")
        operation = self.subscription.operation_ids
        self.assertEqual(
            (operation.kind, operation.state), ("change_offering", "planned")
        )
        self.assertEqual(operation.product_id, self.offering_mobile_large)
        self.assertEqual(operation.execute_date.day, 1)

    def test_agent_passes_the_service_to_another_holder(self):
        self._create_partner("Tour Successor", email="successor@example.org")
        self.company.telecom_holder_document_count = 0
        self._start("change_holder")
        operation = self.subscription.operation_ids
        self.assertEqual(operation.state, "done")
        self.assertEqual(
            operation.new_subscription_id.partner_id.name, "Tour Successor"
        )
        self.assertEqual(self.subscription.telecom_state, "terminated")

    def test_agent_plans_a_termination_and_takes_it_back(self):
        self._start("terminate")
        kinds = self.subscription.operation_ids.sorted("id").mapped(
            lambda operation: (operation.kind, operation.state)
        )
        self.assertEqual(
            kinds, [("terminate", "cancelled"), ("cancel_termination", "done")]
        )
        self.assertFalse(self.subscription.termination_date)
