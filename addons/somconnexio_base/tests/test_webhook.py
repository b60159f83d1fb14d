# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import json
import time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import SQL

from ..outbox import webhook_signature
from .outbox_common import OutboxCommon

INSERT_BILLS = """
    INSERT INTO account_move
        (name, state, move_type, journal_id, company_id, currency_id, partner_id,
         date, invoice_date, amount_total, auto_post, telecom_billing_account_id)
    SELECT 'TEST/' || number, 'posted', 'out_invoice', %s, %s, %s, %s,
        '2026-10-31', '2026-10-31', 12.5, 'no', %s
    FROM generate_series(1, %s) AS number
    RETURNING id
"""


@tagged("post_install", "-at_install")
class TestWebhook(OutboxCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["telecom.webhook"].search([]).action_disable()
        cls.Webhook = cls.env["telecom.webhook"]
        cls.webhook = cls._create_webhook(
            "subscription.activated",
            "subscription.suspended",
            "subscription.resumed",
            "subscription.changed",
            "subscription.terminated",
            "bill.posted",
            "payment.received",
        )
        cls.webhook.jitter_percent = 0

    @classmethod
    def _create_webhook(cls, *codes, **vals):
        types = cls.env["telecom.webhook.event.type"].search([("code", "in", codes)])
        return cls.Webhook.create(
            {
                "name": "Warehouse",
                "base_url": f"{cls.simulator.url}/hooks",
                "is_private_allowed": True,
                "event_type_ids": types.ids,
                **vals,
            }
        )

    def _messages(self, webhook=None):
        """Return what was published: (type, data), oldest first."""
        calls = (webhook or self.webhook).call_ids.sorted("id")
        bodies = [json.loads(call.body) for call in calls]
        return [(body["type"], body["data"]) for body in bodies]

    def _publish(self, at_seconds=0):
        with self._clock(at_seconds):
            return self.Webhook._publish("bill.posted", self.partner)

    def test_message_is_signed_by_the_standard_and_arrives_once(self):
        self._publish()
        self._send(1)
        ((method, path, headers, body),) = self.simulator.requests
        self.assertEqual((method, path), ("POST", "/hooks"))
        self.assertNotIn("idempotency-key", headers)
        call = self.webhook.call_ids
        now = int(headers["webhook-timestamp"])
        secret = self.webhook.auth_secret
        found = webhook_signature.verify(secret, headers, body, now)
        self.assertEqual(found, call.idempotency_key)
        self.assertEqual(call.state, "done")
        message = json.loads(body)
        self.assertEqual(message["type"], "bill.posted")
        self.assertEqual(message["data"], {"id": self.partner.id})
        self.assertRegex(message["timestamp"], r"^2026-10-15T10:00:00.*Z$")

    def test_repetition_has_the_same_id_and_body_and_a_new_time(self):
        self.simulator.faults = ["500"]
        self._publish()
        self._send(1)
        self._send(30)
        first, second = self.simulator.requests
        self.assertEqual(first[2]["webhook-id"], second[2]["webhook-id"])
        self.assertEqual(first[3], second[3])
        times = [
            int(headers["webhook-timestamp"]) for _m, _p, headers, _b in (first, second)
        ]
        self.assertGreater(times[1], times[0])
        webhook_signature.verify(
            self.webhook.auth_secret, second[2], second[3], times[1]
        )

    def test_attempts_follow_the_schedule_then_the_webhook_is_disabled(self):
        self.simulator.faults = ["500"] * 20
        self.webhook.breaker_failure_count = 1000
        self._publish()
        self.assertEqual(self._send(1), 1)
        seconds, gaps = 1, []
        for wait in (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400):
            early = self._send(seconds + wait - 1)
            seconds += wait + 2
            gaps.append((early, self._send(seconds)))
        self.assertEqual(gaps, [(0, 1)] * 9)
        self.assertEqual(self.webhook.call_ids.state, "dead")
        self.assertEqual(self.webhook.state, "disabled")
        self.assertIn("10 attempts", self.webhook.disabled_reason)
        self.assertTrue(self.webhook.activity_ids)
        self.assertEqual(self._publish(), 0)

    def test_receiver_that_is_gone_is_disabled_at_once(self):
        self.simulator.faults = ["410"]
        self._publish()
        self._send(1)
        self.assertEqual(self.webhook.call_ids.state, "dead")
        self.assertEqual(self.webhook.state, "disabled")
        self.assertIn("410", self.webhook.disabled_reason)
        self.assertEqual((self._publish(), len(self.webhook.call_ids)), (0, 1))
        self.webhook.action_enable()
        self.assertEqual(self._publish(), 1)

    def test_redirect_is_a_failure_that_is_tried_again(self):
        self.simulator.faults = ["redirect"]
        self._publish()
        self._send(1)
        self.assertEqual(self.webhook.call_ids.state, "pending")

    def test_new_secret_signs_with_the_last_one_for_a_day(self):
        old = self.webhook.auth_secret
        with self._clock(0):
            action = self.webhook.action_rotate_secret()
        new = self.webhook.auth_secret
        self.assertNotEqual(new, old)
        self.assertEqual(action["params"]["message"], new)
        for seconds, signers in ((1, [new, old]), (86_500, [new])):
            self._publish(seconds)
            self._send(seconds)
            _method, _path, headers, body = self.simulator.requests[-1]
            now = int(headers["webhook-timestamp"])
            self.assertEqual(len(headers["webhook-signature"].split()), len(signers))
            for secret in signers:
                webhook_signature.verify(secret, headers, body, now)

    def test_message_of_done_work_may_be_replayed_under_its_id(self):
        self._publish()
        self._send(1)
        with self._clock(2):
            self.webhook.call_ids.replay("They lost a day")
        self._send(3)
        self.assertEqual(len(set(self.simulator.keys)), 1)
        self.assertEqual(len(self.simulator.requests), 2)

    def test_life_of_a_subscription_is_told_event_by_event(self):
        self.offering_mobile_large.default_code = "LARGE"
        with self._clock(0):
            subscription = self._create_subscription()
            subscription.activate()
            subscription.suspend(self.reason_suspend)
            subscription.resume()
            subscription.change_offering(self.offering_mobile_large, "2026-11-01")
            subscription.terminate(self.reason_terminate)
        messages = self._messages()
        self.assertEqual(
            [
                (kind.removeprefix("subscription."), data["state"])
                for kind, data in messages
            ],
            [
                ("activated", "active"),
                ("suspended", "suspended"),
                ("resumed", "active"),
                ("changed", "active"),
                ("terminated", "terminated"),
            ],
        )
        self.assertEqual(
            {data["code"] for _kind, data in messages}, {subscription.code}
        )
        self.assertEqual(messages[1][1]["reason"], self.reason_suspend.code)
        changed = messages[3][1]
        self.assertEqual(
            (changed["offering"], changed["effective_date"]), ("LARGE", "2026-11-01")
        )
        self.assertEqual(set(self.webhook.call_ids.mapped("res_id")), {subscription.id})

    def test_agent_causes_events_without_seeing_who_listens(self):
        agent = new_test_user(
            self.env, "test_agent", "somconnexio_base.group_telecom_agent"
        )
        subscription = self._create_subscription()
        subscription.with_user(agent).activate()
        self.env.cr.precommit.run()
        self.assertEqual(len(self.webhook.call_ids), 1)
        with self.assertRaises(AccessError):
            self.webhook.with_user(agent).read(["name"])

    def test_event_of_a_transaction_that_is_rolled_back_is_never_told(self):
        subscription = self._create_subscription()
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            subscription.activate()
            self.assertTrue(self.webhook.call_ids)
            raise ZeroDivisionError
        self.env.invalidate_all()
        self.assertFalse(self.webhook.call_ids)

    def test_nobody_listening_costs_no_query(self):
        self.Webhook._publish("member.joined", self.partner)
        queries = self._count_queries(
            lambda: self.Webhook._publish("member.joined", self.partner)
        )
        self.assertEqual(queries, 0)

    def test_listener_is_told_from_its_creation_on(self):
        self.assertEqual(self.Webhook._publish("member.joined", self.partner), 0)
        webhook = self._create_webhook("member.joined")
        self.assertEqual(self.Webhook._publish("member.joined", self.partner), 1)
        webhook.event_type_ids = False
        self.assertEqual(self.Webhook._publish("member.joined", self.partner), 0)

    def test_webhook_of_another_company_is_not_told(self):
        company = self.env["res.company"].create({"name": "Islands"})
        other = self._create_webhook("subscription.activated", company_id=company.id)
        shared = self._create_webhook("subscription.activated", company_id=False)
        self._create_subscription(state="active")
        self.assertFalse(other.call_ids)
        self.assertEqual(len(shared.call_ids), 1)
        self.assertEqual(len(self.webhook.call_ids), 1)

    def test_ten_thousand_bills_are_published_by_few_queries(self):
        journal = self.env["account.journal"].create(
            {"name": "Test", "type": "general", "code": "TSTWH"}
        )
        account = self._create_billing_account()
        rows = self.env.execute_query(
            SQL(
                INSERT_BILLS,
                journal.id,
                self.company.id,
                self.company.currency_id.id,
                self.partner.id,
                account.id,
                10_000,
            )
        )
        bills = self.env["account.move"].browse(row[0] for row in rows)
        started = time.perf_counter()
        queries = self._count_queries(
            lambda: self.Webhook._publish("bill.posted", bills)
        )
        seconds = time.perf_counter() - started
        self.assertLessEqual(queries, 40, f"{seconds:.1f} s")
        self.assertEqual(len(self.webhook.call_ids), 10_000)
        data = self._messages()[0][1]
        self.assertEqual(
            (data["kind"], data["amount_total"], data["billing_account"]),
            ("bill", "12.50", account.code),
        )

    def test_payment_says_whose_and_how_much(self):
        journal = self.env["account.journal"].create(
            {"name": "Bank", "type": "bank", "code": "TSTBK"}
        )
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_id": self.partner.id,
                "amount": 12.5,
                "date": "2026-10-15",
                "journal_id": journal.id,
            }
        )
        self.Webhook._publish("payment.received", payment, {"method": "transfer"})
        ((kind, data),) = self._messages()
        self.assertEqual(kind, "payment.received")
        self.assertEqual(
            (data["amount"], data["date"], data["customer_id"], data["method"]),
            ("12.50", "2026-10-15", self.partner.id, "transfer"),
        )

    def test_message_that_is_too_long_is_refused(self):
        with self.assertRaisesRegex(UserError, "20000 bytes"):
            self.Webhook._publish("bill.posted", self.partner, {"text": "x" * 20_001})

    def test_ping_says_whether_it_arrived(self):
        for fault, kind, message in (
            ("ok", "success", "HTTP 200"),
            ("500", "danger", "HTTP 500"),
        ):
            with self.subTest(fault), self._clock(0), self.enter_registry_test_mode():
                self.simulator.faults = [fault]
                action = self.webhook.action_ping()
                self.assertEqual(action["params"]["type"], kind)
                self.assertIn(message, action["params"]["message"])
        types = [
            json.loads(body)["type"] for _m, _p, _h, body in self.simulator.requests
        ]
        self.assertEqual(types, ["webhook.ping"] * 2)

    def test_form_makes_a_secret_and_asks_for_tls(self):
        form = Form(self.Webhook)
        form.name, form.base_url = "Shop", "https://shop.example.org/hook"
        form.event_type_ids.add(self._ref("webhook_event_bill_posted"))
        webhook = form.save()
        self.assertTrue(webhook.auth_secret.startswith("whsec_"))
        self.assertEqual(webhook.endpoint_id.auth_kind, "webhook")
        with self.assertRaisesRegex(ValidationError, "https"):
            webhook.base_url = "http://shop.example.org/hook"

    def test_only_administrators_see_the_secret(self):
        technician = new_test_user(
            self.env, "test_tech", "somconnexio_base.group_telecom_technician"
        )
        webhook = self.webhook.with_user(technician)
        self.assertEqual(webhook.name, "Warehouse")
        for action in ("action_show_secret", "action_rotate_secret", "action_ping"):
            with self.subTest(action), self.assertRaises(AccessError):
                getattr(webhook, action)()
        with self.assertRaises(AccessError):
            webhook.read(["auth_secret"])
        self.assertIn("whsec_", self.webhook.action_show_secret()["params"]["message"])

    def test_webhook_with_messages_is_kept_and_without_goes_with_its_endpoint(self):
        self._publish()
        with self.assertRaisesRegex(UserError, "kept as proof"):
            self.webhook.unlink()
        unused = self._create_webhook("bill.posted")
        endpoint = unused.endpoint_id
        unused.unlink()
        self.assertFalse(endpoint.exists())

    def test_event_code_that_the_standard_does_not_know_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "bill.posted"):
            self.env["telecom.webhook.event.type"].create(
                {"name": "Bad", "code": "bill posted"}
            )
