# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.tests import HttpCase, tagged

from .common import SomconnexioCommon


@tagged("post_install", "-at_install")
class TestTour(HttpCase, SomconnexioCommon):
    def test_agent_finds_a_subscription_and_suspends_it(self):
        subscription = self._create_subscription(
            state="active",
            account=self._create_billing_account(self._create_partner("Tour Member")),
            msisdn="612345678",
        )
        self.start_tour(
            "/odoo/telecom-subscriptions",
            "somconnexio_base_suspend_subscription",
            login="admin",
        )
        self.assertEqual(subscription.telecom_state, "suspended")
        self.assertEqual(subscription.suspension_reason_id.code, "lost_or_stolen")
