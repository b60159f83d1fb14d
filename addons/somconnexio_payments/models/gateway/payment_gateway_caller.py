# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Who is calling, and how often they may."""

from datetime import timezone
from zoneinfo import ZoneInfo

from odoo import fields, models

from ...gateway_protocols import authentication
from ...gateway_protocols.authentication import Secret
from ...gateway_protocols.messages import Action
from ...gateway_protocols.outcome import Outcome, Refusal


class TelecomPaymentGateway(models.Model):
    _inherit = "telecom.payment.gateway"

    def _check_network(self, client):
        """Raise unless a call comes from where it may.

        :raise Refusal: forbidden
        """
        networks = authentication.read_networks(self.networks or "")
        if networks and not authentication.is_inside(client, networks):
            raise Refusal(Outcome.FORBIDDEN)
        if self.auth_kind == "none" and not networks:
            raise Refusal(Outcome.FORBIDDEN)

    def _check_caller(self, call, action, values, layout):
        """Raise unless a call proves whose it is.

        :param action: Action, or None when that could not be read
        :param dict values: the parameters as they were sent
        :raise Refusal: forbidden
        """
        secrets = [
            Secret(secret.user or "", secret.value)
            for secret in self.secret_ids._in_force()
        ]
        proof = {
            "none": lambda: True,
            "basic": lambda: authentication.is_basic(
                call.header("Authorization"), secrets
            ),
            "bearer": lambda: authentication.is_bearer(
                call.header("Authorization"), secrets
            ),
            "md5": lambda: self._is_md5_signed(call, action, values, layout, secrets),
            "hmac_sha256": lambda: self._is_hmac_signed(
                call, action, values, layout, secrets
            ),
        }[self.auth_kind]
        if not proof():
            status = 401 if self.auth_kind in authentication.HASHED_KINDS else None
            raise Refusal(Outcome.FORBIDDEN, status=status)

    def _is_md5_signed(self, call, action, values, layout, secrets):
        signed = self._signed_values(action, values, layout)
        return authentication.is_signed(
            call.header(self.signature_header or ""),
            [authentication.md5_signature(signed, secret.value) for secret in secrets],
        )

    def _is_hmac_signed(self, call, action, values, layout, secrets):
        if self.signature_scope == "fields":
            separator = self.signature_separator or ""
            text = separator.join(self._signed_values(action, values, layout))
            signed = text.encode()
        else:
            signed = call.body if call.method == "POST" else call.query.encode()
        return authentication.is_signed(
            call.header(self.signature_header or "").lower(),
            [authentication.hmac_signature(signed, secret.value) for secret in secrets],
        )

    def _signed_values(self, action, values, layout):
        """Return the texts that a signature covers, as they were sent.

        :raise Refusal: forbidden, when nothing is signed in this action
        """
        names = layout.signs.get(action.value if action else "", "").split()
        if not names:
            raise Refusal(Outcome.FORBIDDEN)
        return [values.get(layout.asks.get(name, ""), "") for name in names]

    def _check_limits(self, client, action, identifier):
        """Count a call; payments are only limited by the number of calls.

        :raise Refusal: busy
        """
        client = authentication.client_of(client)
        charges = {self._bucket("client", client): (self.calls_per_minute, 1)}
        if action in (None, Action.CHECK):
            charges[self._bucket("failure", client)] = (self.failures_per_minute, 0)
            if identifier:
                key = self._bucket("identifier", identifier)
                charges[key] = (self.calls_per_identifier, 1)
        if self.env["telecom.payment.gateway.bucket"]._charge(charges):
            raise Refusal(Outcome.BUSY)

    def _count_failure(self, client):
        """Count somebody who guesses identifiers or secrets."""
        key = self._bucket("failure", authentication.client_of(client))
        self.env["telecom.payment.gateway.bucket"]._charge(
            {key: (self.failures_per_minute, 1)}
        )

    def _bucket(self, kind, whose):
        return f"{self.id}:{kind}:{authentication.hash_secret(whose)[:32]}"

    def _local_now(self):
        """Return the civil time of the company, without its zone."""
        return self._to_local(fields.Datetime.now())

    def _to_local(self, instant):
        """Return the civil time of a UTC instant."""
        zone = ZoneInfo(self.company_id.telecom_timezone)
        return (
            instant.replace(tzinfo=timezone.utc).astimezone(zone).replace(tzinfo=None)
        )

    def _to_utc(self, civil):
        """Return the UTC instant of a civil time."""
        zone = ZoneInfo(self.company_id.telecom_timezone)
        return civil.replace(tzinfo=zone).astimezone(timezone.utc).replace(tzinfo=None)
