# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import json

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.somconnexio_base.tests.common import NOW

from ..gateway_protocols.messages import Call
from .gateway_common import ACCOUNT_CODE, NIF, GatewayCommon

#: A bank that nobody has programmed: what its agreement says, as data.
NEW_BANK = {
    "name": "Banc Nou",
    "slug": "banc-nou",
    "protocol": "osmp_json",
    "transport": "form",
    "amount_format": "cents",
    "date_format": "%d/%m/%Y %H:%M",
    "duplicate_rule": "tell",
    "auth_kind": "none",
    "networks": "127.0.0.1",
    "is_sandbox": False,
}
NAMES = {
    "asks": {
        "action": "operacio",
        "transaction_id": "id_pagament",
        "identifier": "nif",
        "amount": "centims",
        "paid_at": "quan",
    },
    "tells": {
        "transaction_id": "id_pagament",
        "receipt": "rebut",
        "code": "estat",
        "comment": "text",
        "owed": "deute",
        "amount": "centims",
    },
    "words": {"check": "consulta", "pay": "cobrament"},
}
CODES = {"ok": "CORRECTE", "not_found": "DESCONEGUT", "duplicate": "REPETIT"}
TRANSCRIPT = [
    (
        "operacio=consulta&nif=40001111V",
        {"estat": "CORRECTE", "centims": "5000", "text": "OK"},
    ),
    (
        "operacio=consulta&nif=40005555E",
        {"estat": "DESCONEGUT", "text": "Not found"},
    ),
    (
        "operacio=cobrament&id_pagament=9&nif=40001111V&centims=1045"
        "&quan=15/10/2026+11:00",
        {"id_pagament": "9", "rebut": "RECEIPT", "estat": "CORRECTE"}
        | {"centims": "1045", "text": "OK"},
    ),
    (
        "operacio=cobrament&id_pagament=9&nif=40001111V&centims=1045"
        "&quan=15/10/2026+11:00",
        {"id_pagament": "9", "rebut": "RECEIPT", "estat": "REPETIT"}
        | {"centims": "1045", "text": "This transaction has been taken before"},
    ),
]


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestGatewayProfile(GatewayCommon):
    """A bank is a record: what it takes, and what it does not let be written."""

    def _create_new_bank(self):
        gateway = self.Gateway.create(
            {
                **NEW_BANK,
                "journal_id": self.bank_journal.id,
                "identifier_ids": [Command.create({"kind": "vat"})],
            }
        )
        for line in gateway.field_ids:
            named = NAMES.get(line.direction, {})
            line.bank_name = named.get(line.name, line.bank_name)
        for line in gateway.code_ids:
            line.bank_code = CODES.get(line.outcome, line.bank_code)
        return gateway

    def test_new_bank_is_added_by_data_alone(self):
        gateway = self._create_new_bank()
        gateway.tells_name = False
        form = "application/x-www-form-urlencoded"
        for body, expected in TRANSCRIPT:
            call = Call("POST", "", form, body.replace("/", "%2F").encode())
            reply = json.loads(self._serve(gateway, call).body)
            if "rebut" in reply:
                self.assertTrue(reply["rebut"].isdigit())
                reply["rebut"] = "RECEIPT"
            self.assertEqual(reply, expected)
        self.assertEqual(self._owed(), 39.55)

    def test_names_and_codes_of_the_protocol_are_written_down(self):
        gateway = self._create_profile("sberbank")
        layout = gateway._layout()
        wanted = gateway._protocol().layout
        for name in ("asks", "tells", "words", "signs", "codes"):
            self.assertEqual(getattr(layout, name), getattr(wanted, name))
        self.assertEqual(gateway.date_format, "%d.%m.%Y_%H:%M:%S")
        self.assertEqual(gateway.duplicate_rule, "tell")

    def test_other_protocol_brings_its_own_names_and_formats(self):
        gateway = self._create_profile("sberbank")
        gateway.protocol = "kassa24"
        self.assertEqual(gateway._layout().asks["identifier"], "number")
        self.assertEqual(gateway.date_format, "%Y-%m-%d %H:%M:%S")
        self.assertEqual(gateway.transport, "get")

    def test_name_that_the_protocol_does_not_know_is_refused(self):
        gateway = self._create_profile("osmp")
        with self.assertRaisesRegex(ValidationError, "has no “colour” there"):
            gateway.write(
                {"field_ids": [Command.create({"direction": "asks", "name": "colour"})]}
            )

    def test_profile_that_cannot_work_is_refused(self):
        gateway = self._create_profile("osmp")
        for vals, words in (
            ({"networks": "10.0.0.1/8"}, "cannot be read"),
            ({"networks": "the bank"}, "cannot be read"),
            ({"slug": "Näme"}, "cannot be a path"),
            ({"date_format": "%Y"}, "cannot be the format"),
            ({"date_format": "today"}, "cannot be the format"),
        ):
            with self.subTest(vals), self.assertRaisesRegex(ValidationError, words):
                gateway.write(vals)

    def test_copy_begins_as_a_trial_with_the_same_names_and_no_secret(self):
        gateway = self._create_new_bank()
        copy = gateway.copy()
        self.assertTrue(copy.is_sandbox)
        self.assertNotEqual(copy.slug, gateway.slug)
        self.assertEqual(copy._layout(), gateway._layout())
        self.assertEqual(copy.identifier_ids.mapped("kind"), ["vat"])
        self.assertFalse(copy.secret_ids)

    def test_trial_window_shows_both_texts_and_leaves_nothing(self):
        for name in ("plain", "osmp", "aggregator"):
            gateway = self._create_profile(name)
            for action, outcome in (
                ("check", "ok"),
                ("pay", "ok"),
                ("status", "not_found"),
            ):
                trial = self.env["telecom.payment.gateway.trial"].create(
                    {
                        "gateway_id": gateway.id,
                        "action": action,
                        "identifier": ACCOUNT_CODE,
                        "amount": 20,
                        "transaction_id": "5",
                    }
                )
                trial.action_try()
                with self.subTest(f"{name} {action}"):
                    self.assertEqual(trial.outcome, outcome)
                    self.assertTrue(trial.request and trial.reply)
        self.assertFalse(self.Transaction.search([]))
        self.assertEqual(self._owed(), 50)

    def test_new_secret_is_shown_once_and_kept_nowhere(self):
        gateway = self._create_profile("plain")
        wizard = self.env["telecom.payment.gateway.secret.wizard"].create(
            {"gateway_id": gateway.id, "old_hours": 2}
        )
        action = wizard.action_make()
        shown = wizard.with_context(**action["context"]).made
        self.assertGreater(len(shown), 40)
        self.assertFalse(wizard.made)
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT to_jsonb(w)::text || (SELECT string_agg(to_jsonb(s)::text, '')"
            " FROM telecom_payment_gateway_secret AS s)"
            " FROM telecom_payment_gateway_secret_wizard AS w"
        )
        self.assertNotIn(shown, self.env.cr.fetchone()[0])
        self.assertEqual(len(gateway.secret_ids._in_force()), 2)
        call = self._bank_call(gateway, "check", identifier=NIF)
        self.assertEqual(self._serve(gateway, call).outcome.value, "ok")

    def test_payment_in_earnest_is_not_deleted(self):
        gateway = self._create_profile("plain")
        self._pay(gateway)
        with self.assertRaisesRegex(UserError, "are kept"):
            self.Transaction.search([]).unlink()
