# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.tests import HttpCase, new_test_user, tagged

from .common import SomconnexioCommon


@tagged("post_install", "-at_install")
class TestOutgoingTour(HttpCase, SomconnexioCommon):
    """What went wrong on its way out is found from the menus, and mended."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tour_user = new_test_user(
            cls.env,
            "tour_outgoing",
            "somconnexio_base.group_telecom_agent,"
            "somconnexio_base.group_telecom_technician",
            lang="en_US",
        )

    def _start(self, name):
        self.start_tour(
            "/odoo/telecom-subscriptions",
            f"somconnexio_base_{name}",
            login=self.tour_user.login,
        )

    def test_agent_sends_a_notice_again_that_came_back(self):
        subscription = self._create_subscription(
            account=self._create_billing_account(self._create_partner("Tour Member"))
        )
        Notice = self.env["telecom.notice"].sudo()
        Notice._announce("subscription_activated", subscription)
        notice = Notice.search(
            [("partner_id", "=", subscription.partner_id.id)], limit=1
        )
        notice.state = "bounced"
        self._start("send_notice_again")
        self.assertEqual(notice.state, "waiting")
        self.assertEqual(notice.attempt_ids.user_id, self.tour_user)
        self.assertIn("another address", notice.attempt_ids.resend_reason)

    def test_technician_replays_a_dead_letter(self):
        self.env["telecom.outbox.endpoint"].create(
            {"name": "Tour", "code": "tour", "base_url": "https://tour.example.org"}
        )
        call = self.env["telecom.outbox"]._enqueue(
            "tour", "POST", "/orders", {"id": 1}, "tour-dead-letter"
        )
        call.sudo().write({"state": "dead", "attempt_count": 5, "due_at": False})
        self._start("replay_dead_letter")
        self.assertEqual((call.state, call.attempt_count), ("pending", 0))
        decision = call.attempt_ids.sorted("id")[-1]
        self.assertEqual(decision.user_id, self.tour_user)
