# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import json
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import SomconnexioCommon
from .operation_common import DOCUMENTS, IBAN


@tagged("post_install", "-at_install")
class TestOperationApi(HttpCase, SomconnexioCommon):
    """What the manual of the API shows, asked by another program over HTTP."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keys = {
            role: cls._key_of(
                new_test_user(
                    cls.env, f"api_{role}", f"somconnexio_base.group_telecom_{role}"
                )
            )
            for role in ("agent", "technician")
        }
        cls.subscription = cls._create_subscription(
            account=cls._create_billing_account(collection_method="transfer"),
            state="active",
        )
        cls.offering_mobile_large.default_code = "API_LARGE"

    @classmethod
    def _key_of(cls, user):
        until = fields.Datetime.now() + timedelta(days=1)
        keys = cls.env["res.users.apikeys"].with_user(user)
        return keys._generate("rpc", "test", until)

    def _call(self, method, role="agent", **params):
        """Return (HTTP status, answer) of a call about the subscription."""
        answer = self.url_open(
            f"/json/2/contract.contract/{method}",
            data=json.dumps({"ids": self.subscription.ids, **params}),
            headers={
                "Authorization": f"bearer {self.keys[role]}",
                "Content-Type": "application/json",
            },
        )
        return answer.status_code, answer.json()

    def test_change_of_tariff_asked_twice_with_a_key_is_planned_once(self):
        request = {
            "offering": "API_LARGE",
            "when": "next_month",
            "request_key": "web-2026-000123",
        }
        status, rows = self._call("request_tariff_change", **request)
        self.assertEqual((status, rows[0]["state"]), (200, "planned"))
        self.assertEqual(rows[0]["subscription"], self.subscription.code)
        _status, again = self._call("request_tariff_change", **request)
        self.assertEqual(again[0]["id"], rows[0]["id"])
        _status, pending = self._call("pending_operations")
        self.assertEqual([row["id"] for row in pending], [rows[0]["id"]])

    def test_holder_and_termination_are_asked_for_as_the_manual_shows(self):
        status, preview = self._call(
            "preview_operation",
            kind="terminate",
            when="2099-12-31",
            terms={"reason_id": "price"},
        )
        self.assertEqual(status, 200)
        self.assertEqual(preview[0]["subscription"], self.subscription.code)
        partner = self._create_partner("Pere Pons", email="pere@example.org")
        status, rows = self._call(
            "request_holder_change",
            partner=partner.id,
            when="now",
            terms={"iban": IBAN, "documents": DOCUMENTS},
        )
        self.assertEqual((status, rows[0]["state"]), (200, "done"))
        self.assertTrue(rows[0]["new_subscription"])
        self.assertIs(rows[0]["together_with"], False)

    @mute_logger("odoo.http")
    def test_refusals_say_why_over_http(self):
        cases = (
            (403, "Your role", "technician", "request_suspension", {"reason": "fraud"}),
            (422, "no day", "agent", "request_resumption", {"when": "tomorrow"}),
            (403, "Private", "agent", "suspend", {"reason": 1}),
        )
        for status, text, role, method, params in cases:
            with self.subTest(method):
                found, answer = self._call(method, role, **params)
                self.assertEqual(found, status)
                self.assertIn(text, answer["message"])
