# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models


class TelecomPaymentGatewaySecretWizard(models.TransientModel):
    """Make a secret and show it once."""

    _name = "telecom.payment.gateway.secret.wizard"
    _description = "New Secret of a Bank App"

    gateway_id = fields.Many2one(
        "telecom.payment.gateway",
        string="Bank app",
        required=True,
        ondelete="cascade",
    )
    auth_kind = fields.Selection(related="gateway_id.auth_kind")
    user = fields.Char()
    text = fields.Char(
        string="The bank's own", help="Empty: a secret is made of 256 random bits."
    )
    old_hours = fields.Integer(
        string="Others end after (hours)",
        default=48,
        help="So long both are taken, while the bank changes.",
    )
    made = fields.Char(
        string="Secret",
        compute="_compute_made",
        help="Copy it now: it is not shown again.",
    )

    @api.depends_context("telecom_made_secret")
    def _compute_made(self):
        """Show what the window was opened with: it is kept nowhere."""
        self.made = self.env.context.get("telecom_made_secret", False)

    def action_make(self):
        """Make the secret and stay open to show it."""
        self.ensure_one()
        self.gateway_id.check_access("write")
        made = self.env["telecom.payment.gateway.secret"]._make(
            self.gateway_id, self.user or "", self.text or "", self.old_hours
        )
        self.text = False
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New secret"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"telecom_made_secret": made},
        }
