# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Who may call for a bank: by which secret, from where."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...gateway_protocols import authentication


class TelecomPaymentGateway(models.Model):
    _inherit = "telecom.payment.gateway"

    auth_kind = fields.Selection(
        [
            ("none", "Network only"),
            ("basic", "User and password (Basic)"),
            ("bearer", "Token (Bearer)"),
            ("hmac_sha256", "Signature HMAC-SHA256"),
            ("md5", "Signature md5"),
        ],
        string="Who may call",
        required=True,
        default="bearer",
        tracking=True,
    )
    networks = fields.Text(
        tracking=True,
        help="Addresses that may call, such as 79.142.16.0/20; empty: all of them.",
    )
    signature_header = fields.Char(string="Header", default="Sign")
    signature_scope = fields.Selection(
        [("body", "Body, or address after the ?"), ("fields", "Fields of the action")],
        string="Signed",
        required=True,
        default="body",
    )
    signature_separator = fields.Char(string="Between signed fields")
    secret_ids = fields.One2many("telecom.payment.gateway.secret", "gateway_id")
    warning = fields.Char(compute="_compute_warning")

    @api.depends("auth_kind", "networks", "secret_ids", "secret_ids.valid_until_at")
    def _compute_warning(self):
        for gateway in self:
            gateway.warning = gateway._why_closed()

    def _why_closed(self):
        """Say why nobody can call, or anybody may; False when all is well."""
        if self.auth_kind == "none" and not (self.networks or "").strip():
            return self.env._("Nobody can call: name the networks that may.")
        if self.auth_kind != "none" and not self.secret_ids._in_force():
            return self.env._("Nobody can call: there is no secret in force.")
        return False

    @api.constrains("networks")
    def _check_networks(self):
        for gateway in self:
            try:
                authentication.read_networks(gateway.networks or "")
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "A network of %(gateway)s cannot be read: %(error)s. Write "
                        "such as 79.142.16.0/20, one in a line.",
                        gateway=gateway.name,
                        error=error,
                    )
                ) from error

    def action_new_secret(self):
        """Open the window that makes a secret and shows it once."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New secret"),
            "res_model": "telecom.payment.gateway.secret.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_gateway_id": self.id},
        }
