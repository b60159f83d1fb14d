# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import consteq, hmac

TOKEN_SCOPE = "telecom.notice.refusal"


class TelecomNoticeRefusal(models.Model):
    """A person who wants no notices of a purpose; to want them again, delete it."""

    _name = "telecom.notice.refusal"
    _description = "Refusal of notices"
    _order = "id desc"
    _rec_name = "purpose_id"

    partner_id = fields.Many2one(
        "res.partner", required=True, ondelete="cascade", index=True
    )
    purpose_id = fields.Many2one(
        "telecom.notice.purpose",
        required=True,
        ondelete="cascade",
        domain=[("is_mandatory", "!=", True)],
    )
    source = fields.Selection(
        [("link", "Link of a notice"), ("agent", "Noted by us")],
        required=True,
        readonly=True,
        default="agent",
    )
    refused_at = fields.Datetime(
        required=True, readonly=True, default=fields.Datetime.now
    )

    _once = models.Constraint(
        "UNIQUE (partner_id, purpose_id)", "This purpose is refused already."
    )

    @api.constrains("purpose_id")
    def _check_purpose(self):
        for refusal in self:
            if refusal.purpose_id.is_mandatory:
                raise ValidationError(
                    self.env._(
                        "“%s” cannot be refused: the law or the contract asks for"
                        " these notices.",
                        refusal.purpose_id.name,
                    )
                )

    @api.model
    def _token(self, partner, purpose):
        """Return the token that lets whoever has a notice refuse its purpose."""
        return hmac(self.env(su=True), TOKEN_SCOPE, (partner.id, purpose.id))

    @api.model
    def _url(self, partner, purpose, base_url=None):
        """Return the address of the page where a person refuses a purpose."""
        base_url = base_url or partner.get_base_url()
        token = self._token(partner, purpose)
        return f"{base_url}/telecom/notice/refuse/{partner.id}/{purpose.id}/{token}"

    @api.model
    def _check_token(self, partner_id, purpose_id, token):
        """Return the pair (partner, purpose) of a link, or None when it is forged.

        :return: records with the machine's rights, as the token is the permission
        """
        partner = self.env["res.partner"].sudo().browse(partner_id)
        purpose = self.env["telecom.notice.purpose"].sudo().browse(purpose_id)
        if not consteq(token, self._token(partner, purpose)):
            return None
        if not (partner.exists() and purpose.exists()) or purpose.is_mandatory:
            return None
        return partner, purpose

    @api.model
    def _refuse(self, partner, purpose, source="link"):
        """Note that a person refuses a purpose; a second time changes nothing."""
        known = self.search(
            [("partner_id", "=", partner.id), ("purpose_id", "=", purpose.id)]
        )
        return known or self.create(
            {"partner_id": partner.id, "purpose_id": purpose.id, "source": source}
        )

    @api.model
    def _want_again(self, partner, purpose):
        """Note that a person wants the notices of a purpose after all."""
        self.search(
            [("partner_id", "=", partner.id), ("purpose_id", "=", purpose.id)]
        ).unlink()
