# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import HttpCase, tagged
from odoo.tools import config, mute_logger

from odoo.addons.somconnexio_base.tests.common import NOW

from ..controllers.gateway_dispatcher import MOST_BODY_BYTES
from ..models.gateway.payment_gateway import PATH
from .gateway_common import NIF, TOKEN, GatewayCommon, url_of

BEARER = {"Authorization": f"Bearer {TOKEN}"}
JSON = {"Content-Type": "application/json", **BEARER}
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">'
    '<!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'
)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestGatewayHttp(GatewayCommon, HttpCase):
    """What arrives over HTTP is answered in the protocol's words, whatever it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gateway = cls._create_profile("plain")
        cls.osmp = cls._create_profile("osmp", auth_kind="bearer")

    def _call(self, path, **kwargs):
        headers = kwargs.pop("headers", BEARER)
        return self.url_open(f"{PATH}/{path}", headers=headers, **kwargs)

    def _assert_refused(self, response, status=200):
        self.assertEqual(response.status_code, status)
        text = response.text
        if response.headers["Content-Type"].startswith("application/json"):
            self.assertNotIn(response.json()["code"], (0, 99))
        else:
            self.assertIn("<result>", text)
            self.assertNotIn("<result>0<", text)
        for word in ("Traceback", "psycopg2", "odoo", "werkzeug", "<html"):
            self.assertNotIn(word, text)

    def test_answer_sets_no_cookie_and_is_not_kept_on_the_way(self):
        response = self._call(f"plain-test/GetCustomerInfo?iin={NIF}")
        self.assertEqual(response.json()["sum"], "50.00")
        self.assertNotIn("Set-Cookie", response.headers)
        self.assertEqual(response.headers["Cache-Control"], "no-store")

    def test_unknown_path_says_nothing(self):
        for path in (
            "nobody",
            "nobody/GetCustomerInfo",
            "PLAIN-TEST/GetCustomerInfo",
            "plain-test%00",
            "%ff%fe/GetCustomerInfo",
            "plain%25",
        ):
            response = self._call(path)
            self.assertEqual(
                (response.status_code, response.text[:7]), (404, "unknown")
            )

    def test_wrong_methods_are_refused(self):
        for method in ("POST", "PUT", "DELETE", "PATCH", "HEAD"):
            response = self._call(
                "plain-test/GetCustomerInfo", method=method, data="{}"
            )
            self.assertEqual(response.status_code, 405, method)
        self._assert_refused(self._call("plain-test/PostCustomersInfo"), 405)
        self._assert_refused(self._call("osmp-test", method="PUT"), 405)

    def test_body_that_is_too_long_is_refused_in_the_protocol_s_words(self):
        long = b'{"iin": "' + b"1" * MOST_BODY_BYTES + b'"}'
        path = "plain-test/PostCustomersInfo"
        self._assert_refused(self._call(path, data=long, headers=JSON), 413)
        chunked = self._call(path, data=iter([long[:100], long[100:]]), headers=JSON)
        self._assert_refused(chunked)
        form = {"Content-Type": "application/x-www-form-urlencoded", **BEARER}
        response = self._call("osmp-test", data=b"a=" + long, headers=form)
        self._assert_refused(response, 413)

    def test_hostile_bodies_are_refused(self):
        path = "plain-test/PostCustomersInfo"
        for body in (
            BOMB.encode(),
            b"",
            b"[]",
            b"\x00\x01\x02",
            b"\xff\xfe{}",
            b'{"iin": "x' + b"\\u0000" + b'"}',
            b"[" * 60_000,
            b'{"iin": {"$ne": 1}}',
        ):
            with self.subTest(body[:20]):
                response = self._call(path, data=body, headers=JSON, method="POST")
                self._assert_refused(response)
        for kind in ("text/xml", "multipart/form-data; boundary=x", "text/plain", ""):
            headers = {"Content-Type": kind, **BEARER}
            response = self._call(path, data=BOMB.encode(), headers=headers)
            self._assert_refused(response, 415)

    def test_hostile_parameters_are_refused(self):
        for query in (
            "command=check&account=%00",
            "command=check&account=%ff%fe",
            "command=check&account=' OR '1'='1",
            "command=check&account=1;DROP TABLE res_partner",
            "command=check&account=<script>alert(1)</script>",
            "command=check&account=../../etc/passwd%0a",
            "command=check&account=" + "9" * 5000,
            "command=check&account=1&account=2",
            "command=__class__&account=1",
            "command=pay&txn_id=1&account=1&sum=NaN&txn_date=20261015120000",
            "&".join(f"p{number}=1" for number in range(60)),
            "%",
            "",
        ):
            with self.subTest(query[:40]):
                self._assert_refused(self._call(f"osmp-test?{query}"))

    def test_failure_inside_is_told_without_its_words(self):
        broken = "%(x)s' -- <&"
        self.osmp.code_ids.filtered(lambda c: c.outcome == "ok").bank_code = broken
        response = self._call(f"osmp-test?command=check&account={NIF}&txn_id=1")
        self.assertIn("<result>%(x)s' -- &lt;&amp;</result>", response.text)
        Gateway = self.env.registry["telecom.payment.gateway"]
        with (
            patch.object(Gateway, "_do_check", side_effect=ValueError("inner words")),
            mute_logger("odoo.addons.somconnexio_payments.models.gateway.serving"),
        ):
            response = self._call(f"plain-test/GetCustomerInfo?iin={NIF}")
        self.assertEqual(response.json(), {"code": 99, "message": "Internal error"})

    def test_address_that_a_caller_gives_itself_counts_only_behind_a_proxy(self):
        self.gateway.networks = "192.0.2.0/24"
        forged = {
            "X-Forwarded-For": "192.0.2.9",
            "X-Forwarded-Host": "erp.example",
            **BEARER,
        }
        path = f"plain-test/GetCustomerInfo?iin={NIF}"
        self.assertEqual(self._call(path, headers=forged).status_code, 403)
        with patch.dict(config.options, {"proxy_mode": True}):
            self.assertEqual(self._call(path, headers=forged).status_code, 200)
            # The proxy adds whom it saw; what stands before is the caller's own.
            seen = {**forged, "X-Forwarded-For": "192.0.2.9, 203.0.113.5"}
            self.assertEqual(self._call(path, headers=seen).status_code, 403)

    def test_every_call_is_kept_with_its_answer(self):
        self._call(f"plain-test/GetCustomerInfo?iin={NIF}")
        self._call(f"plain-test/GetCustomerInfo?iin={NIF}", headers={})
        kept = self.Message.search([("gateway_id", "=", self.gateway.id)])
        self.assertEqual(kept.mapped("outcome"), ["forbidden", "ok"])
        self.assertEqual(kept.mapped("status"), [401, 200])
        self.assertEqual(set(kept.mapped("client")), {"127.0.0.1"})

    def test_payment_over_http_is_booked_once(self):
        call = self._bank_call(
            self.gateway,
            "pay",
            identifier=NIF,
            transaction_id="1",
            amount="20.00",
            paid_at="2026-10-15T11:00:00",
        )
        bodies = {
            self.url_open(url_of(self.gateway, call), data=call.body, headers=JSON).text
            for _time in range(2)
        }
        self.assertEqual(len(bodies), 1)
        self.assertEqual(self._owed(), 30)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestGatewayReplica(GatewayCommon):
    """Calls that read are answered by a database that cannot be written to."""

    def test_reading_calls_are_known_before_a_cursor_is_chosen(self):
        for name in ("plain", "osmp", "kaspi", "aggregator", "sberbank", "kassa24"):
            gateway = self._create_profile(name)
            asked = {"identifier": NIF, "transaction_id": "1"}
            asked = {key: asked[key] for key in gateway._layout().asks.keys() & asked}
            check = self._bank_call(gateway, "check", **asked)
            paid_at = gateway._layout().write_instant(gateway._local_now())
            paid = {"paid_at": paid_at} if "paid_at" in gateway._layout().asks else {}
            pay = self._bank_call(gateway, "pay", amount="1.00", **asked, **paid)
            with self.subTest(name):
                self.assertTrue(gateway._is_reading(check))
                self.assertFalse(gateway._is_reading(pay))

    def test_check_is_answered_by_a_read_only_transaction(self):
        gateway = self._create_profile("plain")
        call = self._bank_call(gateway, "check", identifier=NIF)
        self.env.flush_all()
        understood = gateway._understand(call)
        with self.env.cr.savepoint():
            self.env.cr.execute("SET TRANSACTION READ ONLY")
            reply = self.Gateway._by_slug(gateway.slug)._answer(understood)
            reply_ok = reply.outcome.value
        self.assertEqual(reply_ok, "ok")
