# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.tests import HttpCase, new_test_user, tagged

from .common import SomconnexioCommon


@tagged("post_install", "-at_install")
class TestTour(HttpCase, SomconnexioCommon):
    """An agent who reads English, whatever the database's other users read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        new_test_user(
            cls.env,
            "tour_agent",
            "somconnexio_base.group_telecom_agent",
            lang="en_US",
        )

    def test_agent_finds_a_subscription_and_suspends_it(self):
        subscription = self._create_subscription(
            state="active",
            account=self._create_billing_account(self._create_partner("Tour Member")),
            msisdn="612345678",
        )
        self.env.ref("base.user_admin").lang = "en_US"
        self.start_tour(
            "/odoo/telecom-subscriptions",
            "somconnexio_base_suspend_subscription",
            login="tour_agent",
        )
        self.assertEqual(subscription.telecom_state, "suspended")
        self.assertEqual(subscription.suspension_reason_id.code, "lost_or_stolen")

    def test_agent_writes_a_partner_twice_and_decides_in_any_language(self):
        self.env["res.lang"]._activate_lang("ca_ES")
        self.env.ref("base.user_admin").lang = "ca_ES"
        known = self._create_partner(
            "Pere Tour Double", email="pere.tour@example.org", phone="+34612554433"
        )
        self._create_subscription(
            state="active",
            account=self._create_billing_account(known),
            msisdn="34612345678",
        )
        self.start_tour(
            "/odoo/telecom-customers",
            "somconnexio_base_partner_duplicate",
            login="tour_agent",
        )
        again = self.env["res.partner"].search([("name", "=", "TOUR DOUBLE, PERE")])
        pair = self.env["telecom.partner.duplicate"].search(
            [("partner_id", "=", known.id), ("other_partner_id", "=", again.id)]
        )
        self.assertEqual(pair.state, "not_duplicate")
        self.assertEqual(again.phone, "+34612554433")
