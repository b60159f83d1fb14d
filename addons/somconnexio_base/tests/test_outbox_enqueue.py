# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .outbox_common import OutboxCommon


@tagged("post_install", "-at_install")
class TestOutboxEnqueue(OutboxCommon):
    def test_call_is_kept_with_all_that_is_sent(self):
        call = self._enqueue(
            payload={"name": "Núria"}, subject="S1", record=self.partner
        )
        self.assertEqual(
            (call.method, call.path, call.body, call.state, call.subject),
            ("POST", "/orders", '{"name":"Núria"}', "pending", "S1"),
        )
        self.assertEqual(
            (call.res_model, call.res_id), ("res.partner", self.partner.id)
        )
        self.assertEqual(call.company_id, self.company)

    def test_known_key_returns_the_call_that_is_there(self):
        call = self._enqueue()
        self.assertEqual(self._enqueue(), call)
        self.assertEqual(len(self.endpoint.call_ids), 1)

    def test_known_key_with_another_content_is_refused(self):
        self._enqueue()
        with self.assertRaisesRegex(ValidationError, "K1 with another content"):
            self._enqueue(payload={"id": 2})

    def test_same_key_for_two_endpoints_makes_two_calls(self):
        self._create_endpoint("crm")
        self.assertNotEqual(self._enqueue(), self._enqueue(code="crm"))

    @mute_logger("odoo.sql_db")
    def test_database_keeps_one_call_per_key(self):
        call = self._enqueue()
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            call.sudo().copy({"idempotency_key": call.idempotency_key})

    def test_unknown_endpoint_is_told_where_to_make_it(self):
        with self.assertRaisesRegex(UserError, "nowhere.*Integrations, Endpoints"):
            self._enqueue(code="nowhere")

    def test_endpoint_of_the_company_goes_before_the_shared_one(self):
        own = self._create_endpoint(company_id=self.company.id)
        self.assertEqual(self._enqueue().endpoint_id, own)
        other = self.env["res.company"].create({"name": "Islands"})
        shared = self.env["telecom.outbox.endpoint"].with_company(other)
        self.assertEqual(shared._by_code("erp"), self.endpoint)

    def test_bad_method_path_and_key_are_refused(self):
        for method, path, key, message in (
            ("BREW", "/", "K", "no method"),
            ("POST", "orders", "K", "no path"),
            ("POST", "//evil.example/", "K", "no path"),
            ("POST", "/a/../b", "K", "no path"),
            ("POST", "/", "", "cannot be the key"),
            ("POST", "/", "clau única", "cannot be the key"),
            ("POST", "/", "K" * 256, "cannot be the key"),
            ("POST", "/", "K\r\nX: 1", "cannot be the key"),
        ):
            with (
                self.subTest(method=method, path=path, key=key),
                self.assertRaisesRegex(ValidationError, message),
            ):
                self.Outbox._enqueue("erp", method, path, None, key)

    def test_bad_settings_of_an_endpoint_are_refused(self):
        for vals, message in (
            ({"base_url": "http://example.org", "is_private_allowed": False}, "https"),
            ({"base_url": "https://me:secret@example.org"}, "holds a login"),
            ({"base_url": "nowhere"}, "must begin with https"),
            ({"retry_schedule": "5s soon"}, "soon is no wait"),
            ({"status_path": False}, "status page"),
            ({"status_path": "status/{key}"}, "no path"),
            ({"key_header": "Key: x"}, "name of a header"),
            ({"auth_secret": "a\nb"}, "line break"),
            ({"auth_kind": "webhook", "auth_secret": "short"}, "whsec_"),
        ):
            with (
                self.subTest(**vals),
                self.assertRaisesRegex(ValidationError, message),
                self.env.cr.savepoint(),
            ):
                self.endpoint.write(vals)

    def test_form_of_an_endpoint_saves_with_its_least(self):
        form = Form(self.env["telecom.outbox.endpoint"])
        form.name, form.code, form.base_url = "SMS", "sms", "https://sms.example.org"
        endpoint = form.save()
        self.assertEqual((endpoint.state, endpoint.health), ("enabled", "healthy"))

    def test_thousands_of_calls_are_one_statement(self):
        rows = [
            {"method": "POST", "path": "/", "body": "{}", "idempotency_key": f"B{n}"}
            for n in range(5000)
        ]
        self.env.flush_all()
        queries = self._count_queries(lambda: self.Outbox._insert(self.endpoint, rows))
        self.assertLessEqual(queries, 4)
        self.assertEqual(len(self.endpoint.call_ids), 5000)
        self.assertEqual(self.Outbox._insert(self.endpoint, rows), 0)

    def test_enqueueing_wakes_the_sender_once_when_it_is_committed(self):
        cron = self._ref("cron_outbox_send")
        triggers = self.env["ir.cron.trigger"]
        before = triggers.search_count([("cron_id", "=", cron.id)])
        self._enqueue("K1")
        self._enqueue("K2")
        self.env.cr.precommit.run()
        after = triggers.search_count([("cron_id", "=", cron.id)])
        self.assertEqual(after, before + 1)
