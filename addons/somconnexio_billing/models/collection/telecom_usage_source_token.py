# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import secrets
from hashlib import sha256

from odoo import api, fields, models

TOKEN_BYTES = 32


class TelecomUsageSource(models.Model):
    """The token by which a provider uploads files."""

    _inherit = "telecom.usage.source"

    token_hash = fields.Char(
        readonly=True,
        copy=False,
        groups="somconnexio_base.group_telecom_admin",
        help="SHA-256 of the token: who reads the database cannot upload by it.",
    )
    token_hint = fields.Char(
        string="Token", readonly=True, copy=False, help="How the token begins."
    )
    max_upload_megabytes = fields.Integer(
        string="Upload limit (MB)", default=200, required=True
    )

    _token_unique = models.UniqueIndex("(token_hash)", "This token is taken.")
    _upload_positive = models.Constraint(
        "CHECK(max_upload_megabytes > 0)", "The upload limit must be 1 MB or more."
    )

    def action_make_token(self):
        """Make a new token, show it once, and let the one before end."""
        self.ensure_one()
        self.check_access("write")
        token = secrets.token_urlsafe(TOKEN_BYTES)
        self.write({"token_hash": token_digest(token), "token_hint": f"{token[:4]}…"})
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._("Copy the token now: it is shown this once."),
                "message": token,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.model
    @api.private
    def find_by_token(self, token):
        """Return the source that a token opens, with the machine's rights.

        :return: one source, or none when the token opens nothing
        """
        # The token is all that the caller has: no rule can speak for a stranger.
        return self.sudo().search(
            [("kind", "=", "upload"), ("token_hash", "=", token_digest(token))], limit=1
        )


def token_digest(token):
    """Return what is stored of a token: 256 random bits need no salt."""
    return sha256(token.encode()).hexdigest()
