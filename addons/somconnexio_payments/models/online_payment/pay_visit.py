# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.tools.misc import hmac

from ... import sql_steps
from ...gateway_protocols import authentication

#: Wrong links that one client may open within ten minutes.
MAX_WRONG = 20


class TelecomPayVisit(models.Model):
    """How many wrong pay links a client has opened lately, for a limit to them.

    A link's signature cannot be guessed; the limit keeps guessing from being work for
    the server. The client's address is kept as a keyed hash, for a day.
    """

    _name = "telecom.pay.visit"
    _description = "Wrong pay links of a client"
    _log_access = False

    client_hash = fields.Char(required=True, readonly=True)
    window_at = fields.Datetime(required=True, readonly=True)
    wrong_count = fields.Integer(required=True, readonly=True)

    _client_window_unique = models.Constraint(
        "UNIQUE (client_hash, window_at)", "A client is counted once in ten minutes."
    )

    @api.model
    def _client(self, address):
        """Return what a client is counted by."""
        client = authentication.client_of(address or "")
        return hmac(self.env(su=True), "telecom.pay.visit", client)

    @api.model
    def _is_too_many(self, address):
        """Tell whether a client has opened too many wrong links lately."""
        rows = sql_steps.fetch(
            self.env,
            "online_payment/10_count_wrong_links",
            client=self._client(address),
        )
        return rows[0]["wrong_count"] >= MAX_WRONG

    @api.model
    def _note_wrong(self, address):
        """Count a wrong link of a client."""
        sql_steps.run(
            self.env, "online_payment/20_note_wrong_link", client=self._client(address)
        )

    @api.autovacuum
    def _gc_visits(self):
        """Forget what is older than a day."""
        sql_steps.run(self.env, "online_payment/30_forget_visits")
