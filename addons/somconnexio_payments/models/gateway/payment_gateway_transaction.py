# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError


class TelecomPaymentGatewayTransaction(models.Model):
    """A payment as a bank told it: booked once, answered always the same.

    The row is inserted before anything is booked; its UNIQUE key lets one of several
    calls through. Calls that were refused leave no row: the bank may repeat them.
    """

    _name = "telecom.payment.gateway.transaction"
    _description = "Payment by Bank App"
    _order = "id desc"
    _rec_names_search = ["transaction_id", "identifier"]
    _check_company_auto = True

    gateway_id = fields.Many2one(
        "telecom.payment.gateway",
        string="Bank app",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    is_sandbox = fields.Boolean(string="Trial", readonly=True)
    transaction_id = fields.Char(
        string="Bank's number", required=True, readonly=True, index="trigram"
    )
    identifier = fields.Char(readonly=True, index=True)
    fingerprint = fields.Char(required=True, readonly=True)
    billing_account_id = fields.Many2one(
        "telecom.billing.account",
        readonly=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(related="billing_account_id.partner_id")
    payment_ids = fields.One2many(
        "account.payment", "gateway_transaction_id", string="Payments", readonly=True
    )
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    amount = fields.Monetary(required=True, readonly=True, aggregator="sum")
    paid_at = fields.Datetime(string="Paid at", readonly=True, help="As the bank says.")
    booked_at = fields.Datetime(
        string="Booked at", required=True, readonly=True, index=True
    )
    state = fields.Selection(
        [("booked", "Booked"), ("cancelled", "Cancelled")],
        required=True,
        readonly=True,
        default="booked",
    )
    cancelled_at = fields.Datetime(string="Cancelled at", readonly=True)
    reply = fields.Text(string="Answer", readonly=True, help="Repeated word for word.")
    cancel_reply = fields.Text(string="Answer to the cancelling", readonly=True)
    register_state = fields.Selection(
        [
            ("waiting", "Not compared yet"),
            ("equal", "The bank has it too"),
            ("amount_differs", "Another amount at the bank"),
            ("missing_there", "The bank does not have it"),
        ],
        string="Register",
        required=True,
        readonly=True,
        default="waiting",
        index=True,
    )

    # A trial is another world: its numbers may come again in earnest.
    _once = models.Constraint(
        "UNIQUE (gateway_id, is_sandbox, transaction_id)",
        "This transaction of the bank app has been booked already.",
    )

    @api.depends("gateway_id", "transaction_id")
    def _compute_display_name(self):
        for transaction in self:
            transaction.display_name = (
                f"{transaction.gateway_id.name} {transaction.transaction_id}"
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_booked(self):
        """Keep what says that money has been booked."""
        if self.filtered(lambda t: not t.is_sandbox):
            raise UserError(
                self.env._(
                    "Payments of bank apps are kept: cancel the payment instead."
                )
            )

    def action_view_payments(self):
        """Open the payments of this transaction."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Payments"),
            "res_model": "account.payment",
            "view_mode": "list,form",
            "domain": [("gateway_transaction_id", "=", self.id)],
            "context": {"create": False},
        }

    def action_view_messages(self):
        """Open the calls in which the bank spoke of this transaction."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Calls"),
            "res_model": "telecom.payment.gateway.message",
            "view_mode": "list,form",
            "domain": [
                ("gateway_id", "=", self.gateway_id.id),
                ("transaction_id", "=", self.transaction_id),
            ],
        }
