# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import json
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from .outbox_common import OutboxCommon


@tagged("post_install", "-at_install")
class TestOutboxSend(OutboxCommon):
    def test_call_arrives_once_with_its_key(self):
        call = self._enqueue(payload={"id": 7})
        self.assertEqual(self._send(), 1)
        ((method, path, headers, body),) = self.simulator.requests
        self.assertEqual(
            (method, path, json.loads(body)), ("POST", "/orders", {"id": 7})
        )
        self.assertEqual(headers["idempotency-key"], "K1")
        self.assertEqual((call.state, call.status_code), ("done", 200))
        self.assertEqual((call.answer, call.error), ('{"id": "A1"}', False))
        self.assertEqual(self._kinds(call), [("send", "done")])
        self.assertEqual(self._send(9999), 0)

    def test_endpoint_that_wants_form_fields_gets_them(self):
        self._create_endpoint("sms", body_format="form", key_header="X-Request-Id")
        self._enqueue(code="sms", payload={"to": "34612", "text": "a b"})
        self._send()
        _method, _path, headers, body = self.simulator.requests[0]
        self.assertEqual(body, b"to=34612&text=a+b")
        self.assertEqual(headers["x-request-id"], "K1")
        self.assertEqual(headers["content-type"], "application/x-www-form-urlencoded")

    def test_refused_call_is_a_dead_letter_at_once(self):
        self.simulator.faults = ["400"]
        call = self._enqueue()
        self._send()
        self.assertEqual((call.state, call.status_code), ("dead", 400))
        self.assertEqual(self._send(9999), 0)

    def test_redirect_is_refused_and_not_followed(self):
        self.simulator.faults = ["redirect"]
        call = self._enqueue()
        self._send()
        self.assertEqual((call.state, len(self.simulator.requests)), ("dead", 1))

    def test_call_is_tried_again_as_the_schedule_says_then_is_dead(self):
        self.simulator.faults = ["503"] * 3
        call = self._enqueue()
        self._send(1)
        self.assertEqual((call.state, self._send(8)), ("pending", 0))
        self.assertEqual((self._send(12), self._send(60)), (1, 0))
        self.assertEqual(self._send(75), 1)
        self.assertEqual((call.state, call.attempt_count), ("dead", 3))
        self.assertEqual(self.simulator.keys, ["K1"] * 3)
        self.assertFalse(self.simulator.work)

    def test_retry_after_is_respected_and_rests_the_endpoint(self):
        self.simulator.faults = ["429:40"]
        call, other = self._enqueue("K1"), self._enqueue("K2")
        self._send(1)
        self.assertEqual((call.state, other.state), ("pending", "pending"))
        self.assertEqual((len(self.simulator.requests), self._send(30)), (1, 0))
        self._send(50)
        self.assertEqual((call.state, other.state), ("done", "done"))

    def test_nobody_listening_is_tried_again(self):
        self.endpoint.base_url = "http://127.0.0.1:9"
        call = self._enqueue()
        self._send()
        self.assertEqual((call.state, call.status_code), ("pending", 0))
        self.assertIn("not sent", call.error)

    def test_private_address_is_not_called_unless_allowed(self):
        endpoint = self._create_endpoint(
            "outside",
            base_url=self.simulator.url.replace("http://", "https://"),
            is_private_allowed=False,
        )
        call = self._enqueue(code="outside")
        self._send()
        self.assertFalse(self.simulator.requests)
        self.assertIn("not public", call.error)
        self.assertIn("not public", endpoint.last_error)

    def test_long_answer_is_kept_up_to_the_limit(self):
        self.endpoint.max_answer_bytes = 100
        self.simulator.faults = ["huge"]
        call = self._enqueue()
        self._send()
        self.assertEqual((call.state, call.answer), ("done", "x" * 100))

    def test_secrets_appear_in_no_row_and_no_log(self):
        for kind, user, secret, sent in (
            ("bearer", False, "s3cret-token", "Bearer s3cret-token"),
            ("basic", "me", "s3cret-token", "Basic bWU6czNjcmV0LXRva2Vu"),
        ):
            with self.subTest(kind):
                endpoint = self._create_endpoint(
                    kind,
                    auth_kind=kind,
                    auth_user=user,
                    auth_secret=secret,
                    unknown_policy="wait",
                )
                self.simulator.faults = ["echo"]
                call = self._enqueue(code=kind)
                with self.assertLogs("odoo", "DEBUG") as logs:
                    self._send()
                headers = self.simulator.requests[-1][2]
                self.assertEqual(headers["authorization"], sent)
                self.assertIn("•••", call.answer)
                kept = [str(row) for row in call.read() + call.attempt_ids.read()]
                kept += [endpoint.last_error, *logs.output]
                for text in kept:
                    self.assertNotIn("czNjcmV0", text)
                    self.assertNotIn("s3cret-token", text)

    def test_calls_about_one_subject_keep_their_order(self):
        self.simulator.faults = ["503"]
        first, second = (self._enqueue(key, subject="S1") for key in ("A", "B"))
        other = self._enqueue("C", subject="S2")
        self._send(1)
        states = (first.state, second.state, other.state)
        self.assertEqual(states, ("pending", "pending", "done"))
        self._send(20)
        self.assertEqual(self.simulator.keys, ["A", "C", "A", "B"])
        self.assertEqual(second.state, "done")

    def test_call_behind_a_dead_letter_goes_on_when_that_is_given_up(self):
        self.simulator.faults = ["400"]
        first, second = (self._enqueue(key, subject="S1") for key in ("A", "B"))
        self._send(1)
        self.assertEqual((first.state, second.state), ("dead", "pending"))
        first.give_up("The order was cancelled")
        self._send(2)
        self.assertEqual((first.state, second.state), ("cancelled", "done"))

    def test_follow_up_is_called_and_its_fault_undoes_nothing(self):
        call = self._enqueue()
        seen = []

        def follow(record):
            seen.append((record.state, record.answer))
            record.env.cr.execute("SELECT 1/0")

        owner = type(self.Outbox)
        with (
            patch.object(owner, "_on_settled", follow),
            mute_logger(
                "odoo.sql_db",
                "odoo.addons.somconnexio_base.models.outbox.telecom_outbox_note",
            ),
        ):
            self._send()
        self.assertEqual(seen, [("done", '{"id": "A1"}')])
        self.assertEqual(call.state, "done")

    def test_cron_sends_what_is_due(self):
        self.simulator.faults = ["503"]
        calls = [self._enqueue(key) for key in ("A", "B")]
        self._run_cron("cron_outbox_send", now="2026-10-15 10:00:01")
        self.assertEqual([call.state for call in calls], ["pending", "done"])

    def test_old_calls_are_deleted_and_those_that_wait_are_kept(self):
        self.simulator.faults = ["ok", "400"]
        done, dead = self._enqueue("A"), self._enqueue("B")
        self._send()
        with self._clock(89 * 86400):
            self.Outbox._gc_old_calls()
        self.assertTrue(done.exists())
        with self._clock(91 * 86400):
            self.Outbox._gc_old_calls()
        self.env.invalidate_all()
        self.assertFalse(done.exists())
        self.assertTrue(dead.exists())
