# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.tests import tagged

from .outbox_common import OutboxCommon


@tagged("post_install", "-at_install")
class TestOutboxUnknown(OutboxCommon):
    """What may have been done is found out before anything is sent again."""

    def test_work_done_whose_answer_was_lost_is_not_done_again(self):
        for number, fault in enumerate(("lost", "hang")):
            with self.subTest(fault):
                key = f"K{number}"
                self.simulator.faults = [fault]
                call = self._enqueue(key)
                self._send(1)
                self.assertEqual((call.state, call.status_code), ("unknown", 0))
                self.assertEqual(self._send(20), 0)
                self._send(40)
                self.assertEqual(call.state, "done")
                self.assertEqual(self.simulator.work[key], 1)
                self.assertEqual(self.simulator.keys.count(key), 1)
                self.assertEqual(
                    self._kinds(call), [("send", "unknown"), ("ask", "done")]
                )

    def test_call_that_never_arrived_is_sent_again(self):
        self.simulator.faults = ["cut"]
        call = self._enqueue()
        self._send(1)
        self._send(40)
        self.assertEqual(call.state, "done")
        self.assertEqual(
            (self.simulator.questions, self.simulator.work), (["K1"], {"K1": 1})
        )
        self.assertEqual(
            self._kinds(call),
            [("send", "unknown"), ("ask", "absent"), ("send", "done")],
        )

    def test_server_error_is_asked_about_too(self):
        self.simulator.faults = ["500"]
        call = self._enqueue()
        self._send(1)
        self.assertEqual((call.state, call.status_code), ("unknown", 500))

    def test_status_page_without_an_answer_is_asked_again_then_a_person(self):
        self.simulator.faults = ["lost"]
        self.simulator.status_of_question = 500
        call = self._enqueue()
        self._send(1)
        self.assertEqual((self._send(40), self._send(45)), (1, 0))
        self.assertEqual((self._send(60), self._send(130)), (1, 1))
        self.assertEqual((call.state, call.due_at), ("unknown", False))
        self.assertEqual((self._send(99999), call.ask_count), (0, 3))
        (activity,) = self.endpoint.activity_ids
        self.assertIn("K1", activity.summary)
        call.settle("Their operator found order 77")
        self.assertEqual(call.state, "done")

    def test_endpoint_without_status_page_waits_for_a_person(self):
        self.endpoint.unknown_policy = "wait"
        self.simulator.faults = ["lost"]
        call = self._enqueue()
        self._send(1)
        self.assertEqual((call.state, self._send(99999)), ("unknown", 0))
        self.assertTrue(self.endpoint.activity_ids)

    def test_endpoint_that_knows_the_key_gets_it_again(self):
        self.endpoint.unknown_policy = "resend"
        self.simulator.faults = ["cut"]
        call = self._enqueue()
        self._send(1)
        self.assertEqual(call.state, "pending")
        self._send(15)
        self.assertEqual((call.state, self.simulator.keys), ("done", ["K1", "K1"]))
        self.assertFalse(self.simulator.questions)

    def test_sender_that_died_before_sending_leaves_an_unknown_call(self):
        call = self._enqueue()
        self._abandon(1)
        self.assertEqual((call.state, self._send(60)), ("sending", 0))
        self.assertEqual(call.state, "sending")  # its sender may still live
        self._send(100)
        self.assertEqual(call.state, "unknown")
        self._send(200)
        self.assertEqual((call.state, self.simulator.work), ("done", {"K1": 1}))
        self.assertEqual(self._kinds(call)[0], ("lost", "unknown"))

    def test_sender_taken_for_dead_may_still_say_that_it_was_done(self):
        call = self._enqueue()
        task = self._abandon(1)
        with self._clock(2), self.enter_registry_test_mode():
            from ..models.outbox.delivery import perform

            result = perform(task)
        self._send(100)
        self.assertEqual(call.state, "unknown")
        with self._clock(101), self.enter_registry_test_mode():
            self.Outbox._commit_apart(lambda outbox: outbox._note(task, result))
        self.assertEqual((call.state, self.simulator.work), ("done", {"K1": 1}))

    def test_sender_that_slept_too_long_sends_nothing(self):
        self._enqueue()
        task = self._abandon(1)
        with self._clock(500):
            from ..models.outbox.delivery import perform

            result = perform(task)
        self.assertIn("stopped", result.error)
        self.assertFalse(self.simulator.requests)
