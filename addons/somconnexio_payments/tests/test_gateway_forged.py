# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from dataclasses import replace
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.somconnexio_base.tests.common import NOW

from ..gateway_protocols import authentication
from ..gateway_protocols.outcome import Outcome
from .gateway_common import KEY, NIF, TOKEN, GatewayCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestGatewayForged(GatewayCommon):
    """Calls that are not the bank's, and the bank's that somebody changed."""

    def _outcome_of(self, gateway, call, client="127.0.0.1"):
        return self._serve(gateway, call, client).outcome

    def _pay_call(self, gateway, **values):
        given = {
            "identifier": NIF,
            "transaction_id": "1",
            "amount": "20.00",
            **values,
        }
        if "paid_at" in gateway._layout().asks:
            given["paid_at"] = gateway._layout().write_instant(gateway._local_now())
        return self._bank_call(gateway, "pay", **given)

    def test_wrong_missing_and_other_kinds_of_tokens_are_refused(self):
        gateway = self._create_profile("plain")
        call = self._bank_call(gateway, "check", identifier=NIF)
        for header in (
            "",
            "Bearer",
            "Bearer ",
            f"Bearer {TOKEN}x",
            f"Bearer {TOKEN[:-1]}",
            f"Basic {TOKEN}",
            f"Bearer {authentication.hash_secret(TOKEN)}",
        ):
            with self.subTest(header):
                forged = replace(call, headers=(("Authorization", header),))
                reply = self._serve(gateway, forged)
                self.assertEqual(reply.outcome, Outcome.FORBIDDEN)
                self.assertEqual(reply.status, 401)
                self.assertIn("WWW-Authenticate", reply.headers)
        self.assertEqual(self._outcome_of(gateway, call), Outcome.OK)

    def test_call_from_outside_the_network_is_refused_even_with_the_token(self):
        gateway = self._create_profile("plain", networks="192.0.2.0/24")
        call = self._bank_call(gateway, "check", identifier=NIF)
        self.assertEqual(self._outcome_of(gateway, call, "192.0.2.9"), Outcome.OK)
        for client in ("192.0.3.1", "", "192.0.2.9, 192.0.3.1", "::1"):
            self.assertEqual(self._outcome_of(gateway, call, client), Outcome.FORBIDDEN)

    def test_profile_without_secret_and_network_lets_nobody_in(self):
        gateway = self._create_profile("kaspi", networks=False)
        self.assertTrue(gateway.warning)
        call = self._bank_call(gateway, "check", identifier=NIF)
        self.assertEqual(self._outcome_of(gateway, call), Outcome.FORBIDDEN)
        plain = self._create_profile("plain")
        plain.secret_ids.unlink()
        self.assertTrue(plain.warning)
        call = self._bank_call(plain, "check", identifier=NIF)
        self.assertEqual(self._outcome_of(plain, call), Outcome.FORBIDDEN)

    def test_md5_signature_covers_account_and_amount(self):
        gateway = self._create_profile("aggregator")
        call = self._pay_call(gateway)
        self.assertEqual(self._outcome_of(gateway, call), Outcome.OK)
        for true, false in (
            (b'"20.00"', b'"2.00"'),
            (b'"20.00"', b'"20.0"'),
            (NIF.encode(), b"40005555E"),
            (b'"1"', b'"2"'),
        ):
            forged = replace(call, body=call.body.replace(true, false))
            self.assertNotEqual(forged.body, call.body)
            self.assertEqual(self._outcome_of(gateway, forged), Outcome.FORBIDDEN)
        unsigned = replace(call, headers=())
        self.assertEqual(self._outcome_of(gateway, unsigned), Outcome.FORBIDDEN)
        self.assertEqual(self._owed(), 30)

    def test_md5_signature_agrees_with_the_published_vector(self):
        gateway = self._create_profile("aggregator")
        call = self._bank_call(gateway, "check", identifier="79012345678")
        self.assertEqual(call.header("Sign"), "dd32ecdcef74640cad316dc8b24c83c1")

    def test_hmac_signature_covers_each_byte_of_the_body(self):
        gateway = self._create_profile(
            "plain", auth_kind="hmac_sha256", signature_header="X-Signature"
        )
        call = self._pay_call(gateway)
        for place in range(len(call.body)):
            changed = bytearray(call.body)
            changed[place] ^= 1
            forged = replace(call, body=bytes(changed))
            understood = gateway._understand(forged)
            refusal = gateway._let_in(forged, "", understood)
            self.assertIn(refusal.outcome, (Outcome.FORBIDDEN, Outcome.BUSY))
        self.assertEqual(self._outcome_of(gateway, call), Outcome.OK)

    def test_hmac_signature_over_chosen_fields_agrees_with_the_vector(self):
        gateway = self._create_profile(
            "plain",
            auth_kind="hmac_sha256",
            signature_scope="fields",
            signature_separator="|",
        )
        self.env["telecom.payment.gateway.field"].create(
            {
                "gateway_id": gateway.id,
                "direction": "signs",
                "name": "pay",
                "bank_name": "transaction_id paid_at amount",
            }
        )
        call = self._pay_call(gateway)
        signed = b"1|2026-10-15T12:00:00|20.00"
        signature = authentication.hmac_signature(signed, KEY)
        good = replace(call, headers=(("Sign", signature.upper()),))
        self.assertEqual(self._outcome_of(gateway, good), Outcome.OK)
        self.assertEqual(self._outcome_of(gateway, call), Outcome.FORBIDDEN)

    def test_old_and_new_secret_work_side_by_side_while_one_changes(self):
        gateway = self._create_profile("plain")
        new = self.env["telecom.payment.gateway.secret"]._make(gateway, old_hours=2)
        old_call = self._bank_call(gateway, "check", identifier=NIF)
        new_call = replace(old_call, headers=(("Authorization", f"Bearer {new}"),))
        for call in (old_call, new_call):
            self.assertEqual(self._outcome_of(gateway, call), Outcome.OK)
        with freeze_time(fields.Datetime.now() + timedelta(hours=3)):
            self.assertEqual(self._outcome_of(gateway, old_call), Outcome.FORBIDDEN)
            self.assertEqual(self._outcome_of(gateway, new_call), Outcome.OK)

    def test_tokens_are_kept_as_hashes_and_keys_are_for_administrators(self):
        plain = self._create_profile("plain")
        self.assertEqual(plain.secret_ids.value, authentication.hash_secret(TOKEN))
        signed = self._create_profile("aggregator")
        accountant = new_test_user(
            self.env, "gw_acc", groups="somconnexio_base.group_telecom_accountant"
        )
        secret = signed.secret_ids.with_user(accountant)
        self.assertEqual(secret.hint, "…")
        with self.assertRaises(AccessError):
            secret.read(["value"])
        self._add_secret(signed, text="a-key-that-is-long-enough")
        self.assertIn("…ugh", signed.secret_ids.mapped("hint"))
        with self.assertRaisesRegex(UserError, "can be guessed"):
            self._add_secret(signed, text="1234567")

    def test_who_has_no_secret_uses_up_no_persons_limit(self):
        gateway = self._create_profile("plain", calls_per_identifier=2)
        call = self._bank_call(gateway, "check", identifier=NIF)
        forged = replace(call, headers=(("Authorization", "Bearer wrong"),))
        for _attempt in range(4):
            outcome = self._outcome_of(gateway, forged, "192.0.2.66")
            self.assertEqual(outcome, Outcome.FORBIDDEN)
        for _attempt in range(2):
            self.assertEqual(self._outcome_of(gateway, call), Outcome.OK)
        self.assertEqual(self._outcome_of(gateway, call), Outcome.BUSY)

    def test_call_that_cannot_be_read_is_kept_without_the_identifier(self):
        gateway = self._create_profile("plain")
        call = self._bank_call(gateway, "pay", identifier=NIF, transaction_id="1")
        name = gateway._layout().asks["identifier"]
        for broken in (
            replace(call, body=call.body[:-1]),
            replace(call, body=f"{name} = {NIF}".encode()),
            replace(call, content_type="text/xml", body=f"<{name}>{NIF}<".encode()),
        ):
            with self.subTest(broken.body):
                kept = gateway._masked(broken.body.decode(), broken)
                self.assertNotIn(NIF, kept)

    def test_other_way_of_proof_forgets_the_secrets(self):
        gateway = self._create_profile("aggregator")
        gateway.auth_kind = "bearer"
        self.assertFalse(gateway.secret_ids)

    def test_what_is_kept_of_a_call_has_no_secret_and_masked_identifiers(self):
        gateway = self._create_profile("osmp")
        call = self._bank_call(gateway, "check", identifier=NIF)
        call = replace(call, query=f"{call.query}&password=hidden")
        reply = self._serve(gateway, call)
        by_slug = self.Gateway._by_slug(gateway.slug)
        by_slug._note(call, "127.0.0.1", reply, fields.Datetime.now(), 12)
        message = self.Message.search([("gateway_id", "=", gateway.id)])
        self.assertEqual(message.outcome, "ok")
        self.assertEqual(message.duration_ms, 12)
        for text in (message.request, message.reply):
            for hidden in (NIF, "hidden", TOKEN, "Soler"):
                self.assertNotIn(hidden, text)
        self.assertIn("******11V", message.request)
