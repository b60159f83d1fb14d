# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import json
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from odoo.addons.somconnexio_base.tests.common import NOW

from ..gateway_protocols.outcome import Outcome
from .gateway_common import ACCOUNT_CODE, NIF, STRANGER_NIF, GatewayCommon

KZ_NUMBER = "880101300000"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestGatewayFinding(GatewayCommon):
    """Whom an identifier names, what is told, and how often one may ask."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gateway = cls._create_profile("plain")

    def _found(self, identifier):
        return json.loads(self._check(self.gateway, identifier).body)

    def test_person_is_found_by_each_identifier(self):
        subscription = self._service_with_phone()
        member = self.env["cooperative.membership"]._create_guarded(
            [
                {
                    "partner_id": self.maria.id,
                    "company_id": self.company.id,
                    "kind": "member",
                    "number": "4711",
                    "state": "active",
                    "joined_date": "2026-01-01",
                }
            ]
        )
        for identifier in (
            NIF,
            f"ES{NIF}",
            NIF.lower(),
            "699123456",
            "+34 699 12 34 56",
            subscription.code,
            ACCOUNT_CODE,
            member.number,
        ):
            with self.subTest(identifier):
                self.assertEqual(self._found(identifier)["sum"], "50.00")

    def test_identifiers_that_the_profile_does_not_take_are_refused(self):
        self._set_identifiers(self.gateway, ["phone"])
        self.assertEqual(self._check(self.gateway).outcome, Outcome.BAD_ACCOUNT)

    def test_first_identifier_in_order_decides(self):
        other = self._create_billing_account(
            self._create_partner("Joan Vidal"), code="699123456"
        )
        self._service_with_phone()
        self._set_identifiers(self.gateway, ["phone", "account"])
        self.assertEqual(self._found("699123456")["sum"], "50.00")
        self._set_identifiers(self.gateway, ["account", "phone"])
        self.assertEqual(self._found("699123456")["sum"], "0.00")
        self.assertTrue(other)

    def test_phone_counts_for_who_has_it_now(self):
        subscription = self._service_with_phone()
        with freeze_time("2026-10-15 11:00:00"):
            subscription.terminate(self.reason_terminate, "2026-10-15")
        with freeze_time("2026-10-17 10:00:00"):
            outcome = self._check(self.gateway, "699123456").outcome
        self.assertEqual(outcome, Outcome.NOT_FOUND)

    def test_number_of_kazakhstan_is_taken_with_its_check_digit_only(self):
        self._set_identifiers(self.gateway, ["kz"])
        self.maria.with_context(no_vat_validation=True).write(
            {"country_id": self.env.ref("base.kz").id, "vat": KZ_NUMBER}
        )
        self.assertEqual(self._found(KZ_NUMBER)["sum"], "50.00")
        wrong = f"{KZ_NUMBER[:-1]}1"
        outcome = self._check(self.gateway, wrong).outcome
        self.assertEqual(outcome, Outcome.BAD_ACCOUNT)

    def test_name_is_masked_and_told_only_where_wanted(self):
        self.assertEqual(self._found(NIF)["name"], "Mar*** S.")
        self.gateway.write({"tells_name": False, "tells_bills": False})
        found = self._found(NIF)
        self.assertNotIn("name", found)
        self.assertEqual(found["bills"], [])

    def test_closed_account_is_inactive(self):
        self.account.active = False
        self.assertEqual(self._check(self.gateway).outcome, Outcome.INACTIVE)

    def test_stranger_and_nobody_get_the_same_answer_by_the_same_queries(self):
        company = self.env["res.company"].create({"name": "Other cooperative"})
        foreign = self._create_partner("Eva Vila", vat=STRANGER_NIF)
        self.env["telecom.billing.account"].create(
            {"partner_id": foreign.id, "company_id": company.id}
        )
        nobody = "40001112H"
        self._check(self.gateway, nobody)
        replies, counts = [], []
        for identifier in (STRANGER_NIF, nobody):
            self.env.invalidate_all()
            counts.append(
                self._count_queries(
                    lambda who=identifier: replies.append(
                        self._check(self.gateway, who)
                    )
                )
            )
        self.assertEqual(replies[0].body, replies[1].body)
        self.assertEqual(replies[0].outcome, Outcome.NOT_FOUND)
        self.assertEqual(*counts)

    def test_too_many_calls_from_one_address_are_refused_for_a_while(self):
        self.gateway.calls_per_minute = 3
        outcomes = [self._check(self.gateway).outcome for _time in range(4)]
        self.assertEqual(outcomes, [Outcome.OK] * 3 + [Outcome.BUSY])
        reply = self._check(self.gateway)
        self.assertEqual((reply.status, reply.headers["Retry-After"]), (429, "30"))
        self.assertEqual(json.loads(reply.body)["code"], 2)
        elsewhere = self._check(self.gateway, client="192.0.2.7")
        self.assertEqual(elsewhere.outcome, Outcome.OK)
        later = fields.Datetime.to_datetime(NOW) + timedelta(seconds=21)
        with freeze_time(later):
            outcomes = [self._check(self.gateway).outcome for _time in range(2)]
        self.assertEqual(outcomes, [Outcome.OK, Outcome.BUSY])

    def test_one_identifier_cannot_be_asked_for_over_and_over(self):
        self.gateway.calls_per_identifier = 2
        outcomes = [
            self._check(self.gateway, client=f"192.0.2.{number}").outcome
            for number in range(3)
        ]
        self.assertEqual(outcomes[-1], Outcome.BUSY)
        self.assertEqual(self._check(self.gateway, ACCOUNT_CODE).outcome, Outcome.OK)

    def test_guessing_stops_finding_but_not_paying(self):
        self.gateway.failures_per_minute = 2
        gateway = self.Gateway._by_slug(self.gateway.slug)
        for _time in range(2):
            reply = self._check(self.gateway, STRANGER_NIF)
            call = self._bank_call(self.gateway, "check", identifier=STRANGER_NIF)
            gateway._note(call, "127.0.0.1", reply, fields.Datetime.now(), 1)
        self.assertEqual(self._check(self.gateway).outcome, Outcome.BUSY)
        self.assertEqual(self._pay(self.gateway).outcome, Outcome.OK)
