# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""From a call to its answer: who calls, what is meant, what becomes of it."""

from collections import namedtuple
from urllib.parse import quote, quote_plus

from psycopg2 import OperationalError
from psycopg2.errors import UniqueViolation

from odoo import api, models

from ...gateway_protocols import masking
from ...gateway_protocols.messages import READ_ACTIONS, Action, Answer
from ...gateway_protocols.outcome import HTTP_STATUSES, Outcome, Refusal
from ...gateway_protocols.values import read_transaction_id
from .payment_gateway import SLUG

#: Outcomes that somebody gets who guesses.
GUESSES = frozenset({Outcome.NOT_FOUND, Outcome.BAD_ACCOUNT, Outcome.FORBIDDEN})
RETRY_AFTER_SECONDS = 30
LONGEST_TEXT = 20_000
#: What one of two simultaneous calls gets from the database.
CONCURRENCY_ERRORS = (OperationalError, UniqueViolation)

#: A call as it was understood: the parameters as sent, what is meant by them, and why
#: that could not be read.
Understood = namedtuple("Understood", "values action command refusal")
#: What goes back: the bytes, how, and what the log keeps.
Reply = namedtuple("Reply", "body status content_type headers action outcome command")
NOTHING = Understood({}, None, None, None)


class TelecomPaymentGateway(models.Model):
    _inherit = "telecom.payment.gateway"

    @api.model
    def _by_slug(self, slug):
        """Return the bank app of a path with its company's rights; empty for none."""
        gateway = self.sudo().browse()
        if SLUG.fullmatch(slug or ""):
            gateway = gateway.search([("slug", "=", slug)])
        company = gateway.company_id
        return gateway.with_company(company).with_context(
            allowed_company_ids=company.ids, lang=company.partner_id.lang
        )

    def _understand(self, call):
        """Read a call; why it cannot be read is kept until the caller is known."""
        protocol, layout = self._protocol(), self._layout()
        values, action, command = {}, None, None
        try:
            values = protocol.parameters(call, layout)
            action = protocol.action(call, values, layout)
            command = protocol.command(call, values, layout)
        except Refusal as refusal:
            return Understood(values, action, None, refusal)
        return Understood(values, action, command, None)

    def _is_reading(self, call):
        """Tell whether a call can be answered by a replica."""
        understood = self._understand(call)
        return not understood.command or understood.command.action in READ_ACTIONS

    def _let_in(self, call, client, understood):
        """Return why a call is not let in, None when it is.

        Limits are charged whether or not a secret fits, and say “busy” before that
        is told, so that nothing can be guessed. Who has no secret uses up no
        identifier's limit: else anybody could keep a person from paying. All are
        charged once, however often the call is tried.
        """
        stranger = self._why_stranger(call, understood)
        is_named = understood.command and not stranger
        identifier = understood.command.identifier if is_named else ""
        try:
            self._check_network(client)
            self._check_limits(client, understood.action, identifier)
        except Refusal as refusal:
            return refusal
        return stranger or understood.refusal

    def _why_stranger(self, call, understood):
        """Return why a caller is not the bank, None when it is."""
        try:
            self._check_caller(
                call, understood.action, understood.values, self._layout()
            )
        except Refusal as refusal:
            return refusal
        return None

    def _answer(self, understood):
        """Do what a call asks for and return the Reply to it.

        :raise psycopg2.Error: when another call is at the same; then try again
        """
        command = understood.command
        try:
            known = self._known_transaction_of(command)
            if known:
                return self._repeat(known, command)
            facts = getattr(self, f"_do_{command.action.value}")(command)
        except Refusal as refusal:
            return self._refuse(refusal, understood)
        transaction = facts.pop("transaction", None)
        reply = self._reply(Outcome.OK, command, facts)
        if transaction and command.action in (Action.PAY, Action.CANCEL):
            transaction._keep_reply(command.action, reply.body)
            transaction._settle_register(command.action)
        self.env.flush_all()
        return reply

    def _known_transaction_of(self, command):
        """Return the transaction that a paying or cancelling call repeats."""
        if command.action is Action.PAY:
            return self._known_transaction(command.transaction_id)
        if command.action is Action.CANCEL:
            known = self._known_transaction(command.transaction_id, command.receipt)
            return known.filtered("cancel_reply")
        return self.env["telecom.payment.gateway.transaction"]

    def _repeat(self, transaction, command):
        """Return the reply to a call that was answered before.

        :raise Refusal: conflict or cancelled
        """
        if command.action is Action.CANCEL:
            return self._stored(transaction.cancel_reply, command)
        if not transaction._is_told_by(command):
            raise Refusal(Outcome.CONFLICT)
        if transaction.state == "cancelled":
            raise Refusal(Outcome.CANCELLED)
        facts = transaction._facts()
        facts.pop("transaction")
        if not transaction.reply:
            reply = self._reply(Outcome.OK, command, facts)
            transaction.fingerprint = self._fingerprint(command)
            transaction._keep_reply(command.action, reply.body)
            self.env.flush_all()
            return reply
        if self.duplicate_rule == "replay":
            return self._stored(transaction.reply, command)
        return self._reply(Outcome.DUPLICATE, command, facts)

    def _stored(self, text, command):
        body = text.encode()
        content_type = self._protocol().content_type
        return Reply(body, 200, content_type, {}, command.action, Outcome.OK, command)

    def _refuse(self, refusal, understood):
        """Return the reply to a call that is not carried out."""
        command = understood.command
        facts = {"comment": refusal.comment}
        facts["transaction_id"] = self._named_transaction(understood)
        reply = self._reply(refusal.outcome, command, facts, understood.action)
        headers = {}
        if refusal.outcome is Outcome.BUSY:
            headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
        if refusal.status == 401:
            scheme = "Basic" if self.auth_kind == "basic" else "Bearer"
            headers["WWW-Authenticate"] = f'{scheme} realm="payments"'
        return reply._replace(status=refusal.status, headers=headers)

    def _named_transaction(self, understood):
        """Return the bank's number of a call, empty when it cannot be one."""
        name = self._layout().asks.get("transaction_id")
        text = understood.values.get(name, "")
        try:
            return read_transaction_id(text, self._protocol().transaction_is_number)
        except Refusal:
            return ""

    def _reply(self, outcome, command, facts, action=None):
        """Return the Reply of an outcome and facts."""
        protocol, layout = self._protocol(), self._layout()
        action = command.action if command else action
        answer = Answer(outcome=outcome, now=self._local_now(), action=action, **facts)
        return Reply(
            body=protocol.write(answer, layout),
            status=HTTP_STATUSES.get(outcome, 200),
            content_type=protocol.content_type,
            headers={},
            action=action,
            outcome=outcome,
            command=command,
        )

    def _note(self, call, client, reply, received_at, duration_ms):
        """Keep a call and its answer; a guess is counted."""
        if reply.outcome in GUESSES:
            self._count_failure(client)
        self.env["telecom.payment.gateway.message"]._keep(
            self, call, client, reply, received_at, duration_ms
        )

    def _masked(self, text, call):
        """Return a text without secrets and without what names a person."""
        name = self._layout().asks["identifier"]
        named = self._understand(call).values.get(name, "")
        for written in {named, quote(named), quote_plus(named), quote(named, safe="")}:
            text = masking.mask_secrets(text, written)
        if not named:
            text = masking.mask_field(text, name)
        return text.replace("\x00", "")[:LONGEST_TEXT]


class TelecomPaymentGatewayTransaction(models.Model):
    _inherit = "telecom.payment.gateway.transaction"

    def _is_told_by(self, command):
        """Tell whether a call is about this payment.

        One that was booked from the bank's register has not been answered yet: there
        the bank's number and the amount are all that is known.
        """
        gateway = self.gateway_id
        if not self.reply:
            return command.amount == gateway._exact(self.amount)
        return self.fingerprint == gateway._fingerprint(command)

    def _keep_reply(self, action, body):
        """Keep what was answered, to say the same again."""
        name = "reply" if action is Action.PAY else "cancel_reply"
        self[name] = body.decode()

    def _settle_register(self, action):
        """Close differences of registers that this call explains."""
        if self.is_sandbox:
            return
        if action is Action.PAY:
            self._settle_told()
        else:
            self._settle_cancelled()


class TelecomPaymentGatewayMessage(models.Model):
    _inherit = "telecom.payment.gateway.message"

    @api.model
    def _keep(self, gateway, call, client, reply, received_at, duration_ms):
        """Write down a call and its answer, masked."""
        text = call.body.decode("utf-8", "replace") or call.query
        self.create(
            {
                "gateway_id": gateway.id,
                "company_id": gateway.company_id.id,
                "received_at": received_at,
                "client": client,
                "action": reply.action and reply.action.value,
                "outcome": reply.outcome.value,
                "status": reply.status,
                "transaction_id": reply.command and reply.command.transaction_id,
                "duration_ms": duration_ms,
                "request": gateway._masked(
                    f"{call.method} /{call.action}\n{text}", call
                ),
                "reply": gateway._masked(reply.body.decode(), call),
            }
        )
