# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import json

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ... import sql_steps
from ...outbox import address
from ...outbox.errors import SettingError
from .messages import setting_error_text

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
MAX_KEY_LENGTH = 255
CHUNK_ROWS = 5000
CRON = "somconnexio_base.cron_outbox_send"


class TelecomOutbox(models.Model):
    """How calls get into the outbox: in the transaction of what causes them."""

    _inherit = "telecom.outbox"

    @api.model
    def _enqueue(
        self, endpoint_code, method, path, payload, key, subject=None, record=None
    ):
        """Keep a call to be made once this transaction is committed.

        :param str endpoint_code: code of a telecom.outbox.endpoint
        :param str method: GET, POST, PUT, PATCH or DELETE
        :param str path: below the endpoint's address, beginning with a slash
        :param payload: dict or list that JSON knows, or None
        :param str key: idempotency key, at most 255 printable ASCII characters;
            UNIQUE per endpoint
        :param str subject: calls about one subject go out in their order
        :param record: record the call is about, shown to people
        :return: telecom.outbox; the one that exists when the key is known
        :raise UserError: when no endpoint has the code
        :raise ValidationError: when method, path or key can't be used, or the key
            is known with another content
        """
        endpoint = self.env["telecom.outbox.endpoint"]._by_code(endpoint_code)
        row = {
            "method": self._checked_method(method),
            "path": self._checked_path(endpoint, path),
            "body": endpoint._encode_body(payload),
            "idempotency_key": self._checked_key(key),
            "subject": subject or None,
            "res_model": record._name if record else None,
            "res_id": record.id if record else None,
        }
        self._insert(endpoint, [row])
        call = self.sudo().search(
            [("endpoint_id", "=", endpoint.id), ("idempotency_key", "=", key)]
        )
        call._check_same_content(row)
        self._wake(endpoint)
        return call.sudo(self.env.su)

    @api.model
    def _insert(self, endpoint, rows, company=None):
        """Insert calls of one endpoint, as a set; known keys are left as they are.

        :param rows: list of dicts: method, path, body, idempotency_key and, where
            there are such, subject, event_type, res_model, res_id
        :return: int, how many are new
        """
        company = company or endpoint.company_id or self.env.company
        count = 0
        placed = [{**row, "position": place} for place, row in enumerate(rows)]
        for start in range(0, len(placed), CHUNK_ROWS):
            count += sql_steps.run(
                self.env,
                "outbox/10_insert_calls",
                rows=json.dumps(placed[start : start + CHUNK_ROWS]),
                endpoint_id=endpoint.id,
                company_id=company.id,
                user_id=self.env.uid,
                now=fields.Datetime.now(),
            )
        endpoint.invalidate_recordset(["call_ids"])
        endpoint.modified(["call_ids"])
        return count

    @api.model
    def _wake(self, endpoints):
        """Let the sender run as soon as this transaction is committed.

        Addons that have better means than the minute of a cron extend it; it runs
        once per transaction.

        :param endpoints: telecom.outbox.endpoint with new calls
        """
        waking = self.env.cr.precommit.data.setdefault("telecom.outbox.wake", set())
        if not waking:
            self.env.cr.precommit.add(self._wake_senders)
        waking.update(endpoints.ids)

    @api.model
    def _wake_senders(self):
        """Trigger the senders for the endpoints that got calls; before the commit."""
        endpoint_ids = self.env.cr.precommit.data.pop("telecom.outbox.wake", set())
        self._trigger_senders(sorted(endpoint_ids))

    @api.model
    def _trigger_senders(self, endpoint_ids):
        """Trigger the cron; where there is a job queue it does more."""
        self.env.ref(CRON).sudo()._trigger()

    @api.model
    def _checked_method(self, method):
        """Return the method in capitals.

        :raise ValidationError: when it is none
        """
        if (method or "").upper() not in METHODS:
            raise ValidationError(
                self.env._(
                    "%(method)s is no method of a call: use one of %(methods)s.",
                    method=method,
                    methods=", ".join(METHODS),
                )
            )
        return method.upper()

    @api.model
    def _checked_path(self, endpoint, path):
        """Return a path that stays below the endpoint.

        :raise ValidationError: when it doesn't
        """
        try:
            address.join(endpoint.base_url, path or "")
        except SettingError as error:
            raise ValidationError(setting_error_text(self.env, error)) from error
        return path or ""

    @api.model
    def _checked_key(self, key):
        """Return a key that fits into a header.

        :raise ValidationError: when it is empty, long or holds other characters
        """
        is_plain = isinstance(key, str) and key.isascii() and key.isprintable()
        if not key or not is_plain or len(key) > MAX_KEY_LENGTH or " " in key:
            raise ValidationError(
                self.env._(
                    "%(key)s cannot be the key of a call: give 1 to %(max)s ASCII "
                    "characters without blanks that say which call it is.",
                    key=key or self.env._("An empty text"),
                    max=MAX_KEY_LENGTH,
                )
            )
        return key

    def _check_same_content(self, row):
        """Raise when the key of a call is used for another one."""
        self.ensure_one()
        found = (self.method, self.path or "", self.body or "")
        if found != (row["method"], row["path"], row["body"]):
            raise ValidationError(
                self.env._(
                    "%(endpoint)s has a call %(key)s with another content: a key "
                    "stands for one call. Give the new call a key of its own.",
                    endpoint=self.endpoint_id.name,
                    key=self.idempotency_key,
                )
            )
