# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import timedelta

from odoo import api, fields, models

from ...gateway_protocols.messages import Action
from ...gateway_protocols.outcome import COMMENTS, Outcome


class TelecomPaymentGatewayMessage(models.Model):
    """A call of a bank and what it was answered: without secrets, identifiers masked.

    Written after the answer's transaction and without a link to its rows, so that a
    call that failed is here too.
    """

    _name = "telecom.payment.gateway.message"
    _description = "Call of a Bank App"
    _order = "id desc"
    _rec_name = "action"
    _log_access = False

    gateway_id = fields.Many2one(
        "telecom.payment.gateway",
        string="Bank app",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    received_at = fields.Datetime(string="Received at", required=True, readonly=True)
    client = fields.Char(string="From", readonly=True)
    action = fields.Selection(
        [(item.value, item.name.capitalize()) for item in Action], readonly=True
    )
    outcome = fields.Selection(
        [(item.value, COMMENTS[item]) for item in Outcome], readonly=True
    )
    status = fields.Integer(string="HTTP status", readonly=True, aggregator=None)
    transaction_id = fields.Char(string="Bank's number", readonly=True)
    duration_ms = fields.Integer(string="Took (ms)", readonly=True, aggregator="avg")
    request = fields.Text(string="Call", readonly=True)
    reply = fields.Text(string="Answer", readonly=True)

    _received_idx = models.Index("(gateway_id, received_at)")
    _transaction_idx = models.Index(
        "(gateway_id, transaction_id) WHERE transaction_id IS NOT NULL"
    )

    @api.autovacuum
    def _gc_messages(self):
        """Delete calls that are older than their bank app keeps them."""
        for gateway in self.env["telecom.payment.gateway"].search([]):
            limit = fields.Datetime.now() - timedelta(days=gateway.message_days)
            old = [("gateway_id", "=", gateway.id), ("received_at", "<", limit)]
            self.search(old, limit=50_000).unlink()
