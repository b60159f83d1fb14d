# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A cooperative whose bills can be paid in banks' apps, one profile per protocol."""

import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

from odoo.addons.somconnexio_base.tests.common import START_DATE

from ..gateway_protocols import authentication
from ..gateway_protocols.messages import Action, Call
from ..models.gateway.payment_gateway import PATH
from .payments_common import PaymentsCommon

TOKEN = "a-token-for-tests-only"
KEY = "Qwerty123"
NIF = "40001111V"
STRANGER_NIF = "40005555E"
ACCOUNT_CODE = "B900001"
IDENTIFIERS = ("vat", "phone", "contract", "account", "member")
#: The banks of the golden transcripts: fields of their records, then the lines of names
#: and codes that differ from the protocol's.
PROFILES = json.loads(
    (Path(__file__).parent / "golden" / "gateway_profiles.json").read_text()
)


class GatewayCommon(PaymentsCommon):
    """``cls.account`` of Maria owes 20 since September and 30 since October."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Limits and calls are written in transactions of their own, also when the
        # call itself only reads.
        if not cls._registry_patched:
            cls.registry_enter_test_mode_cls()
        cls.set_registry_readonly_mode(False)
        cls.Gateway = cls.env["telecom.payment.gateway"]
        cls.Transaction = cls.env["telecom.payment.gateway.transaction"]
        cls.Message = cls.env["telecom.payment.gateway.message"]
        cls.company.telecom_tells_payments = False
        cls.maria = cls._create_partner("Maria Soler", vat=NIF)
        cls._set_up_address(cls.maria)
        cls.account = cls._create_billing_account(cls.maria, code=ACCOUNT_CODE)
        cls.september = cls._create_bill(cls.account, 20, "2026-09-03", "2026-09-10")
        cls.october = cls._create_bill(cls.account, 30)

    @classmethod
    def _create_profile(cls, name, **vals):
        """Return a bank app in earnest, with its secret in force."""
        profile = {
            "name": name.capitalize(),
            "slug": f"{name}-test",
            "journal_id": cls.bank_journal.id,
            "is_sandbox": False,
            **PROFILES[name]["record"],
            **vals,
        }
        gateway = cls.Gateway.create(profile)
        cls._set_wording(gateway, **PROFILES[name])
        cls._set_identifiers(gateway)
        cls._add_secret(gateway)
        return gateway

    @classmethod
    def _set_wording(cls, gateway, names=None, codes=None, **_record):
        """Write what a bank calls things, as its record's lines."""
        for line in gateway.field_ids:
            named = (names or {}).get(line.direction, {})
            line.bank_name = named.get(line.name, line.bank_name)
        for line in gateway.code_ids:
            line.bank_code = (codes or {}).get(line.outcome, line.bank_code)

    @classmethod
    def _set_identifiers(cls, gateway, kinds=IDENTIFIERS):
        gateway.identifier_ids.unlink()
        cls.env["telecom.payment.gateway.identifier"].create(
            [
                {"gateway_id": gateway.id, "kind": kind, "sequence": place}
                for place, kind in enumerate(kinds)
            ]
        )

    @classmethod
    def _add_secret(cls, gateway, text=None, **kwargs):
        Secret = cls.env["telecom.payment.gateway.secret"]
        if gateway.auth_kind == "none":
            return None
        hashed = gateway.auth_kind in authentication.HASHED_KINDS
        own = text or (TOKEN if hashed else KEY)
        return Secret._make(gateway, user="bank", text=own, **kwargs)

    def _service_with_phone(self, msisdn="34699123456"):
        """Return a mobile service of Maria's account."""
        return self._create_subscription(
            account=self.account, state="active", start=START_DATE, msisdn=msisdn
        )

    # A bank's side: calls as it would make them.

    @classmethod
    def _bank_call(cls, gateway, action, signed=True, **values):
        """Return the Call by which a bank asks for an action.

        :param str action: of Action
        :param values: our names → texts in the bank's formats
        """
        protocol, layout = gateway._protocol(), gateway._layout()
        word = layout.words.get(action, action)
        if not protocol.action_is_path and word:
            values["action"] = word
        named = {layout.asks[ours]: text for ours, text in values.items()}
        path = word if protocol.action_is_path else ""
        known = action in {item.value for item in Action}
        call = protocol.make_call(
            Action(action) if known else Action.PAY, named, path, layout
        )
        return cls._signed(gateway, call, action, named) if signed else call

    @classmethod
    def _signed(cls, gateway, call, action, named):
        """Return a call with the bank's proof of who it is."""
        headers = {
            "none": {},
            "basic": {"Authorization": "Basic YmFuazphLXRva2VuLWZvci10ZXN0cy1vbmx5"},
            "bearer": {"Authorization": f"Bearer {TOKEN}"},
            "md5": {gateway.signature_header: cls._md5(gateway, action, named)},
            "hmac_sha256": {
                gateway.signature_header: authentication.hmac_signature(
                    call.body or call.query.encode(), KEY
                )
            },
        }[gateway.auth_kind]
        return replace(call, headers=tuple(headers.items()))

    @classmethod
    def _md5(cls, gateway, action, named):
        layout = gateway._layout()
        signs = layout.signs.get(action, "").split()
        values = [named.get(layout.asks[name], "") for name in signs]
        return authentication.md5_signature(values, KEY)

    def _serve(self, gateway, call, client="127.0.0.1"):
        """Return the Reply to a call, in this transaction; nothing is committed."""
        gateway = self.Gateway._by_slug(gateway.slug)
        understood = gateway._understand(call)
        refusal = gateway._let_in(call, client, understood)
        if refusal:
            return gateway._refuse(refusal, understood)
        return gateway._answer(understood)

    def _pay(self, gateway, transaction_id="1", amount="20.00", **values):
        """Pay as the bank would; return the Reply."""
        given = {"identifier": NIF, "transaction_id": transaction_id, "amount": amount}
        if "paid_at" in gateway._layout().asks:
            given["paid_at"] = gateway._layout().write_instant(gateway._local_now())
        return self._serve(gateway, self._bank_call(gateway, "pay", **given | values))

    def _check(self, gateway, identifier=NIF, client="127.0.0.1", **values):
        call = self._bank_call(gateway, "check", identifier=identifier, **values)
        return self._serve(gateway, call, client)

    def _owed(self):
        return self.september.amount_residual + self.october.amount_residual


def url_of(gateway, call):
    """Return the path and query of a call."""
    path = f"{PATH}/{gateway.slug}" + (f"/{call.action}" if call.action else "")
    return f"{path}?{call.query}" if call.query else path


def form(**values):
    """Return a call by POST of a form."""
    body = urlencode(values).encode()
    return Call("POST", "", "application/x-www-form-urlencoded", body)
