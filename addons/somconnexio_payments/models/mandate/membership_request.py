# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Who asks to join on the web agrees to the debit of the contribution at once."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.somconnexio_base.models.membership import membership_request

#: What a form tells of a consent, by the names of ``_keep_consent``.
CONSENT_KEYS = ("signer", "ip", "lang", "version")
#: The proof, which nobody writes by hand.
CONSENT_FIELDS = frozenset(
    {f"mandate_{key}" for key in CONSENT_KEYS}
    | {"mandate_iban", "mandate_text", "mandate_agreed_at"}
)


class CooperativeMembershipRequest(models.Model):
    _inherit = "cooperative.membership.request"

    _guarded_fields = (
        membership_request.CooperativeMembershipRequest._guarded_fields | CONSENT_FIELDS
    )

    mandate_signer = fields.Char(string="Mandate agreed by", readonly=True, copy=False)
    mandate_iban = fields.Char(string="Agreed for IBAN", readonly=True, copy=False)
    mandate_ip = fields.Char(string="From address", readonly=True, copy=False)
    mandate_lang = fields.Char(string="Language shown", readonly=True, copy=False)
    mandate_version = fields.Char(
        string="Version of the text", readonly=True, copy=False
    )
    mandate_text = fields.Text(string="Text shown", readonly=True, copy=False)
    mandate_agreed_at = fields.Datetime(string="Agreed at", readonly=True, copy=False)

    @api.model
    def submit(self, values, source="web"):
        """Override of base: the consent to a mandate may come along, with its proof.

        Once the request is approved, it is the mandate in force of the membership.

        :param dict values: see base; ``mandate`` is a dict of ``signer`` (name of who
            agrees), ``ip`` (address of the visitor), ``lang`` (in which the text was
            shown, such as ca_ES) and ``version`` (of the text shown)
        :raise UserError: for a consent without IBAN or proof, or to an outdated text
        """
        if not isinstance(values, dict):
            return super().submit(values, source)
        values = dict(values)
        consent = values.pop("mandate", None)
        if consent is not None:
            self._check_mandate_consent(consent, values)
        answer = super().submit(values, source)
        request = self.browse(answer["id"])
        if consent and not request.mandate_signer:
            request._note_mandate_consent(consent)
        return answer

    def _note_mandate_consent(self, consent):
        """Write down who agreed to which text, now, until the request is decided."""
        Mandate = self.env["account.banking.mandate"].sudo()
        self._write_guarded(
            **{f"mandate_{key}": consent[key] for key in CONSENT_KEYS},
            mandate_iban=self.iban,
            mandate_text=Mandate.text_to_agree(consent["lang"])["text"],
            mandate_agreed_at=fields.Datetime.now(),
        )

    def _check_mandate_consent(self, consent, values):
        """Raise unless a consent has its IBAN and its whole proof."""
        if not isinstance(consent, dict) or set(consent) != set(CONSENT_KEYS):
            raise UserError(
                self.env._("A consent to a mandate has: %s.", ", ".join(CONSENT_KEYS))
            )
        if not values.get("iban"):
            raise UserError(
                self.env._("A consent to a mandate needs the IBAN that it is for.")
            )
        if not isinstance(consent["lang"], str):
            raise UserError(
                self.env._("The language that was shown is a code such as ca_ES.")
            )
        self.env["telecom.billing.account"]._check_consent(
            consent["signer"], consent["ip"], consent["version"]
        )

    def _create_membership(self, partner):
        """Override of base: the mandate that was agreed comes into force."""
        membership = super()._create_membership(partner)
        # With another IBAN than was agreed on, the mandate has to be signed anew.
        if self.mandate_signer and self.iban == self.mandate_iban:
            self._create_agreed_mandate(membership)
        return membership

    def _create_agreed_mandate(self, membership):
        """Make the mandate of a new membership, with the proof of the consent.

        :raise UserError: when the company has no identifier of the creditor
        """
        bank_account = membership.partner_bank_id
        Mandate = self.env["account.banking.mandate"]._passed()
        mandate = Mandate.create(
            {
                "state": "valid",
                "origin": "web",
                "format": "sepa_core",
                "partner_id": bank_account.partner_id.id,
                "partner_bank_id": bank_account.id,
                "membership_id": membership.id,
                "company_id": self.company_id.id,
                "signature_date": self.company_id._telecom_civil_date(
                    self.mandate_agreed_at
                ),
            }
        )
        mandate._keep_consent(
            self.mandate_signer,
            self.mandate_ip,
            self.mandate_lang,
            self.mandate_version,
            agreed_at=self.mandate_agreed_at,
            text=self.mandate_text,
        )
