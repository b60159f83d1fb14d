# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...gateway_protocols import authentication

SECRET_GROUP = "somconnexio_base.group_telecom_admin"
#: A bank's own secret has so many signs; of shorter ones than the second nothing is
#: shown.
LEAST_SIGNS, LEAST_SHOWN_SIGNS = 8, 16


class TelecomPaymentGatewaySecret(models.Model):
    """A password, token or key of a bank; several may be in force while one changes.

    Passwords and tokens are kept as their hash, keys of signatures as they are:
    signatures cannot be checked otherwise.
    """

    _name = "telecom.payment.gateway.secret"
    _description = "Secret of a Bank App"
    _order = "gateway_id, id desc"
    _rec_name = "hint"

    gateway_id = fields.Many2one(
        "telecom.payment.gateway",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="gateway_id.company_id", store=True)
    user = fields.Char(readonly=True)
    value = fields.Char(required=True, readonly=True, copy=False, groups=SECRET_GROUP)
    hint = fields.Char(string="Ends in", readonly=True)
    valid_until_at = fields.Datetime(
        string="In force until", help="Empty: until it is taken away."
    )

    def _in_force(self):
        """Return those that may still be used."""
        now = fields.Datetime.now()
        return self.filtered(lambda s: not s.valid_until_at or s.valid_until_at > now)

    @api.model
    def _make(self, gateway, user="", text="", old_hours=None):
        """Add a secret; the others end after some hours.

        :param str text: the bank's own; made here when empty
        :param int old_hours: how long the others stay in force; None: as they are
        :return: str, the secret: it cannot be shown again if it is kept as a hash
        :raise UserError: for one that can be guessed
        """
        if text and len(text) < LEAST_SIGNS:
            raise UserError(
                self.env._(
                    "A secret of less than %s signs can be guessed: ask the bank for a "
                    "longer one.",
                    LEAST_SIGNS,
                )
            )
        if old_hours is not None:
            end_at = fields.Datetime.now() + timedelta(hours=old_hours)
            gateway.secret_ids._in_force().valid_until_at = end_at
        text = text or secrets.token_urlsafe(32)
        is_hashed = gateway.auth_kind in authentication.HASHED_KINDS
        self.create(
            {
                "gateway_id": gateway.id,
                "user": user,
                "value": authentication.hash_secret(text) if is_hashed else text,
                "hint": f"…{text[-3:]}" if len(text) >= LEAST_SHOWN_SIGNS else "…",
            }
        )
        return text
