# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Consent given on the web, with its proof."""

import ipaddress
from hashlib import sha256

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...mandate_paper import texts


class AccountBankingMandate(models.Model):
    _inherit = "account.banking.mandate"

    def _consent_fingerprint(self):
        """Return the SHA-256 of the proof, as hexadecimal text."""
        self.ensure_one()
        parts = (
            self.consent_iban,
            self.consent_name,
            fields.Datetime.to_string(self.consent_at),
            self.consent_ip,
            self.consent_lang,
            self.consent_version,
            self.consent_text,
        )
        return sha256("\n".join(part or "" for part in parts).encode()).hexdigest()

    def _keep_consent(self, signer, ip, lang, version, agreed_at=None, text=None):
        """Store who agreed to what, when and from where, with its fingerprint.

        :param datetime agreed_at: UTC instant; now by default
        :param str text: that was shown; that of today by default
        """
        self._check_signable()
        self._passed().write(
            {
                "consent_iban": self.partner_bank_id.sanitized_acc_number,
                "consent_name": signer,
                "consent_at": agreed_at or fields.Datetime.now(),
                "consent_ip": ip,
                "consent_lang": lang,
                "consent_version": version,
                "consent_text": text or self._legal_text(lang),
            }
        )
        self._passed().write({"consent_hash": self._consent_fingerprint()})
        self.env["telecom.notice"]._announce("mandate_signed", self)

    @api.model
    def text_to_agree(self, lang="ca_ES"):
        """Return what a form shows before somebody agrees to a mandate on the web.

        :param str lang: such as ca_ES
        :return: dict: ``version``, ``text``, ``creditor`` and ``creditor_identifier``
        """
        self.check_access("read")
        company = self.env.company
        return {
            "version": texts.VERSION,
            "text": texts.legal_text(lang, company.name),
            "creditor": company.name,
            "creditor_identifier": company.sudo().sepa_creditor_identifier or "",
        }

    def _legal_text(self, lang):
        """Return title and clauses of the mandate in a language, as shown."""
        return texts.legal_text(lang, self.creditor_name or self.company_id.name)


def _is_address(text):
    """Tell whether a text is an address of the internet, IPv4 or IPv6."""
    try:
        return isinstance(text, str) and bool(ipaddress.ip_address(text))
    except ValueError:
        return False


class TelecomBillingAccount(models.Model):
    _inherit = "telecom.billing.account"

    @api.private
    def sign_mandate_online(self, iban, *, signer, ip, lang, version, membership=None):
        """Take down that somebody agreed to a mandate on the web.

        A mandate in force for the same IBAN is returned as it is; one for another
        account is replaced.

        :param str iban: as typed
        :param str signer: name of who agrees
        :param str ip: address of the visitor
        :param str lang: language in which the text was shown, such as ca_ES
        :param str version: of the text shown, see ``mandate_paper.texts.VERSION``
        :param membership: cooperative.membership whose capital it is for too
        :return: account.banking.mandate in force, with its proof
        :raise UserError: for a wrong IBAN, a missing proof, or an outdated text
        """
        self.ensure_one()
        self._check_consent(signer, ip, version)
        bank_account = self.partner_id._telecom_bank_account(iban)
        current = self._usable_mandate(self.company_id._telecom_today())
        if current.partner_bank_id == bank_account:
            return current
        current._stop(self.env._("Replaced by a mandate agreed on the web."))
        self.write(
            {"partner_bank_id": bank_account.id, "collection_method": "direct_debit"}
        )
        mandate = self._create_signed_mandate(membership)
        mandate._keep_consent(signer, ip, lang, version)
        return mandate.with_env(self.env)

    def _check_consent(self, signer, ip, version):
        """Raise when the proof of a consent lacks something, or cannot be one."""
        is_named = isinstance(signer, str) and signer.strip() and len(signer) <= 200
        if not (is_named and _is_address(ip)):
            raise UserError(
                self.env._(
                    "A consent needs the name of who agrees and the internet address "
                    "from which they did."
                )
            )
        if version != texts.VERSION:
            raise UserError(
                self.env._(
                    "The text of the mandate has changed since it was shown: show"
                    " version %s and ask again.",
                    texts.VERSION,
                )
            )

    def _create_signed_mandate(self, membership):
        """Return a new mandate in force, agreed today."""
        Mandate = self.env["account.banking.mandate"]._passed()
        return Mandate.create(
            {
                "state": "valid",
                "origin": "web",
                "format": "sepa_core",
                "partner_id": self.partner_bank_id.partner_id.id,
                "partner_bank_id": self.partner_bank_id.id,
                "telecom_billing_account_id": self.id,
                "membership_id": membership.id if membership else False,
                "company_id": self.company_id.id,
                "signature_date": self.company_id._telecom_today(),
            }
        )
