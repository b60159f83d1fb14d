# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.tests import tagged

from .outbox_common import OutboxCommon


@tagged("post_install", "-at_install")
class TestOutboxHealth(OutboxCommon):
    """An endpoint that fails is left alone for a while, and people are told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.endpoint.write(
            {
                "breaker_failure_count": 2,
                "breaker_pause_seconds": 60,
                "retry_schedule": "1s " * 20,
            }
        )

    def test_breaker_opens_and_one_call_probes_when_the_pause_is_over(self):
        self.simulator.faults = ["503", "503", "503", "ok"]
        calls = [self._enqueue(key) for key in ("A", "B", "C")]
        self._send(1)
        self.assertEqual(
            (self.endpoint.breaker_state, self.endpoint.health), ("open", "down")
        )
        self.assertEqual((len(self.simulator.requests), self._send(30)), (2, 0))
        self.assertEqual(self._send(70), 1)  # the probe fails: twice as long
        self.assertEqual((self.endpoint.breaker_state, self._send(130)), ("open", 0))
        self._send(200)
        self.assertEqual({call.state for call in calls}, {"done"})
        self.assertEqual(self.endpoint.breaker_state, "closed")
        self.assertEqual(self.endpoint.failure_count, 0)
        self.assertEqual(self.simulator.work, {"A": 1, "B": 1, "C": 1})

    def test_probe_that_never_comes_back_does_not_block_for_ever(self):
        self.simulator.faults = ["503", "503"]
        call = self._enqueue("A")
        self._send(1)
        self._send(5)
        self.assertEqual(self.endpoint.breaker_state, "open")
        self.assertTrue(self._abandon(70))
        self.assertEqual(
            (self.endpoint.breaker_state, self._send(71)), ("half_open", 0)
        )
        self._send(300)
        self._send(400)
        self.assertEqual((call.state, self.endpoint.breaker_state), ("done", "closed"))

    def test_other_endpoints_are_served_meanwhile(self):
        self._create_endpoint("crm")
        self.simulator.faults = ["503", "503"]
        self._enqueue("A")
        self._enqueue("B")
        other = self._enqueue("C", code="crm", at_seconds=1)
        self._send(2)
        self.assertEqual(self.endpoint.breaker_state, "open")
        self.assertEqual(other.state, "done")

    def test_cron_is_not_called_back_for_what_waits_for_a_pause(self):
        self.simulator.faults = ["503", "503"]
        for key in "ABC":
            self._enqueue(key)
        self._send(1)
        self.assertEqual(self.endpoint.breaker_state, "open")
        self._run_cron("cron_outbox_send", now="2026-10-15 10:00:20")
        progress = self.env["ir.cron.progress"].search(
            [("cron_id", "=", self._ref("cron_outbox_send").id)], limit=1
        )
        self.assertEqual((progress.done, progress.remaining), (0, 0))

    def test_login_without_its_secret_is_told_and_not_sent(self):
        self.endpoint.auth_kind = "bearer"
        call = self._enqueue()
        self._send(1)
        self.assertEqual((call.state, self.simulator.requests), ("pending", []))
        self.assertIn("needs a secret", call.error)

    def test_wrong_login_counts_and_a_refused_call_does_not(self):
        self.simulator.faults = ["400", "400", "400"]
        for key in "ABC":
            self._enqueue(key)
        self._send(1)
        self.assertEqual(self.endpoint.breaker_state, "closed")
        self.simulator.faults = ["401", "401"]
        for key in "DE":
            self._enqueue(key)
        self._send(1)
        self.assertEqual(self.endpoint.breaker_state, "open")
        self.assertEqual(self.endpoint.last_error, "HTTP 401")

    def test_disabled_endpoint_keeps_its_calls_until_it_is_enabled(self):
        self.endpoint.action_disable()
        call = self._enqueue()
        self.assertEqual((self._send(1), self.endpoint.health), (0, "disabled"))
        self.endpoint.action_enable()
        self.assertEqual((self._send(2), call.state), (1, "done"))

    def test_health_counts_what_waits_and_what_needs_a_person(self):
        self.simulator.faults = ["ok", "400", "lost"]
        for key in "ABC":
            self._enqueue(key)
        self._send(1)
        self._enqueue("D", at_seconds=9)
        self.endpoint.invalidate_recordset()
        with self._clock(10):
            counts = (
                self.endpoint.done_day_count,
                self.endpoint.dead_count,
                self.endpoint.unknown_count,
                self.endpoint.pending_count,
            )
            self.assertEqual(counts, (1, 1, 1, 1))
            self.assertEqual(self.endpoint.health, "degraded")
        self.assertTrue(self.endpoint.last_done_at)

    def test_responsible_person_has_one_open_activity(self):
        self.simulator.faults = ["400", "400"]
        self._enqueue("A")
        self._enqueue("B")
        self._send(1)
        (activity,) = self.endpoint.activity_ids
        self.assertEqual(activity.user_id, self.endpoint.user_id)
        activity.action_done()
        self.simulator.faults = ["400"]
        self._enqueue("C")
        self._send(2)
        self.assertEqual(len(self.endpoint.activity_ids), 1)
