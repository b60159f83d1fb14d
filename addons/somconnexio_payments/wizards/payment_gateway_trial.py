# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from ..gateway_protocols.messages import Action

TRIED = (Action.CHECK, Action.PAY, Action.STATUS)


class TelecomPaymentGatewayTrial(models.TransientModel):
    """Try a call without a bank: the very texts that go in and out; nothing stays."""

    _name = "telecom.payment.gateway.trial"
    _description = "Try a Call of a Bank App"

    gateway_id = fields.Many2one(
        "telecom.payment.gateway",
        string="Bank app",
        required=True,
        ondelete="cascade",
    )
    currency_id = fields.Many2one(related="gateway_id.currency_id")
    action = fields.Selection(
        [(item.value, item.name.capitalize()) for item in TRIED],
        required=True,
        default="check",
    )
    identifier = fields.Char(help="As a person would type it into the app.")
    amount = fields.Monetary()
    transaction_id = fields.Char(string="Bank's number", default="1")
    request = fields.Text(string="Call", readonly=True)
    reply = fields.Text(string="Answer", readonly=True)
    outcome = fields.Char(readonly=True)

    def action_try(self):
        """Answer the call and take back all that it did."""
        self.ensure_one()
        self.gateway_id.check_access("write")
        gateway = self.env["telecom.payment.gateway"]._by_slug(self.gateway_id.slug)
        gateway = gateway.with_context(telecom_gateway_trial=True)
        call = self._call(gateway)
        with self.env.cr.savepoint() as savepoint:
            understood = gateway._understand(call)
            if understood.refusal:
                reply = gateway._refuse(understood.refusal, understood)
            else:
                reply = gateway._answer(understood)
            savepoint.rollback()
        self.env.invalidate_all()
        self.write(
            {
                "request": self._shown(call),
                "reply": reply.body.decode(),
                "outcome": reply.outcome.value,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Try a call"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    @api.model
    def _shown(self, call):
        address = f"/{call.action}?{call.query}" if call.query else f"/{call.action}"
        return f"{call.method} {address}\n{call.body.decode()}".strip()

    def _call(self, gateway):
        """Return the Call that the bank would make."""
        layout, protocol = gateway._layout(), gateway._protocol()
        given = {
            "identifier": self.identifier,
            "transaction_id": self.transaction_id,
            "currency": gateway.currency_id.name,
        }
        if self.action == Action.STATUS.value:
            given["status"] = "YES"
        if self.action == Action.PAY.value:
            given["amount"] = layout.write_amount(gateway._exact(self.amount))
            given["paid_at"] = layout.write_instant(gateway._local_now())
        word = layout.words.get(self.action, "")
        if not protocol.action_is_path:
            given["action"] = word
        values = {
            layout.asks[ours]: text
            for ours, text in given.items()
            if text and layout.asks.get(ours)
        }
        path = word if protocol.action_is_path else ""
        return protocol.make_call(Action(self.action), values, path, layout)
