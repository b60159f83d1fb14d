# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import json
from uuid import uuid4

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import ormcache

from .telecom_webhook_event_type import PING

#: The standard asks for less than 20 KB: messages say what happened, not everything.
MAX_BODY_BYTES = 20_000


class TelecomWebhook(models.Model):
    """Tell those who listen, in the transaction of what happened."""

    _inherit = "telecom.webhook"

    @api.model
    def _publish(self, event_type, records, details=None):
        """Tell every webhook that listens to an event what happened to records.

        One message a record and webhook, inserted as a set in this transaction: it
        goes out if the transaction is committed and not at all otherwise. Nobody
        listens: nothing is made, nothing is asked of the database.

        :param str event_type: code of a telecom.webhook.event.type
        :param records: what it happened to; of any number and company
        :param dict details: added to the data of each message
        :return: int, number of messages
        """
        listeners = self._listeners(event_type)
        if not listeners or not records:
            return 0
        # The event is told whoever caused it and whatever that person may see.
        records = records.sudo()
        bodies = self._bodies(event_type, records, details or {})
        companies = self._companies_of(records)
        count = 0
        for endpoint_id, company_id in listeners:
            endpoint = self.env["telecom.outbox.endpoint"].sudo().browse(endpoint_id)
            chosen = [
                row
                for row, company in zip(bodies, companies, strict=True)
                if company_id in (False, company)
            ]
            count += self._send_to(endpoint, chosen, event_type)
        return count

    @api.model
    @ormcache("event_type")
    def _listeners(self, event_type):
        """Return who listens to an event.

        :return: tuple of (endpoint id, company id or False)
        """
        webhooks = self.sudo().search(
            [("event_type_ids.code", "=", event_type), ("state", "=", "enabled")]
        )
        return tuple((hook.endpoint_id.id, hook.company_id.id) for hook in webhooks)

    @api.model
    def _bodies(self, event_type, records, details):
        """Return one row per record: what is sent, and what it is about."""
        timestamp = f"{fields.Datetime.now().isoformat()}Z"
        return [
            {
                "body": self._encode(event_type, timestamp, {**data, **details}),
                "res_model": record._name,
                "res_id": record.id,
            }
            for record, data in zip(records, records._webhook_payload(), strict=True)
        ]

    @api.model
    def _encode(self, event_type, timestamp, data):
        """Return the text of a message.

        :raise UserError: when it is longer than receivers take
        """
        message = {"type": event_type, "timestamp": timestamp, "data": data}
        body = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
        if len(body.encode()) > MAX_BODY_BYTES:
            raise UserError(
                self.env._(
                    "The message of %(event)s is longer than %(max)s bytes: leave out "
                    "what receivers can ask for by its id.",
                    event=event_type,
                    max=MAX_BODY_BYTES,
                )
            )
        return body

    @api.model
    def _companies_of(self, records):
        """Return the id of the company of each record."""
        if "company_id" not in records._fields:
            return [self.env.company.id] * len(records)
        return [(record.company_id or self.env.company).id for record in records]

    @api.model
    def _send_to(self, endpoint, rows, event_type):
        """Enqueue messages for one webhook, each under an id of its own."""
        if not rows:
            return 0
        messages = [
            {
                **row,
                "idempotency_key": f"msg_{uuid4().hex}",
                "method": "POST",
                "path": "",
                "event_type": event_type,
            }
            for row in rows
        ]
        company = endpoint.company_id or self.env.company
        count = self.env["telecom.outbox"]._insert(endpoint, messages, company)
        self.env["telecom.outbox"]._wake(endpoint)
        return count

    def action_ping(self):
        """Send a test message now and say what came of it."""
        self.ensure_one()
        self.check_access("write")
        self.env.flush_all()
        Outbox = self.env["telecom.outbox"]
        call_id = Outbox._commit_apart(lambda outbox: self._ping_apart(outbox.env))
        Outbox._send_next([self.endpoint_id.id], call_id)
        call = Outbox._commit_apart(lambda outbox: outbox.browse(call_id).read())[0]
        return self._notify_ping(call)

    def _ping_apart(self, env):
        """Enqueue a test message in another transaction; return its id."""
        webhook = self.with_env(env)
        timestamp = f"{fields.Datetime.now().isoformat()}Z"
        body = self._encode(PING, timestamp, {"webhook_id": self.id})
        webhook._send_to(webhook.endpoint_id, [{"body": body}], PING)
        found = env["telecom.outbox"].search(
            [("endpoint_id", "=", webhook.endpoint_id.id), ("event_type", "=", PING)],
            limit=1,
        )
        return found.id

    def _notify_ping(self, call):
        """Return the message that says what became of a ping."""
        is_done = call["state"] == "done"
        if is_done:
            message = self.env._("It arrived: HTTP %s.", call["status_code"])
        else:
            message = self.env._(
                "It has not arrived: %s. It is tried again later.",
                call["error"] or self.env._("the endpoint rests"),
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if is_done else "danger",
                "title": self.env._("Test message to %s", self.name),
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
