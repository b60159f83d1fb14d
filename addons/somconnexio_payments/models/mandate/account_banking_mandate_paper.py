# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The form to sign, as PDF."""

from odoo import api, models

from odoo.addons.somconnexio_base.models.pdf_document import (
    font_folders,
    open_document,
)

from ...mandate_paper import MandateForm, write_form


class AccountBankingMandate(models.Model):
    _inherit = "account.banking.mandate"

    def action_print_form(self):
        """Make the form to sign, attach it to the mandate and open it."""
        self.ensure_one()
        name = f"{self.unique_mandate_reference.replace('/', '-')}.pdf"
        return open_document(self, name, self.form_pdf())

    @api.private
    def form_pdf(self):
        """Return the form to sign as PDF, in the payer's language.

        :return: bytes
        """
        self.ensure_one()
        lang = self.telecom_billing_account_id.lang or self.partner_id.lang
        owner = self.company_id.partner_id
        form = MandateForm(
            lang=lang or self.env.lang or "en_US",
            reference=self.unique_mandate_reference,
            creditor=self.creditor_name or self.company_id.name,
            creditor_id=self.creditor_identifier or "",
            creditor_address=tuple(_address_lines(owner)),
            debtor=self.partner_bank_id.acc_holder_name or self.partner_id.name,
            debtor_address=", ".join(_address_lines(self.partner_id)),
            iban=self.partner_bank_id.acc_number or "",
            bic=self.partner_bank_id.bank_bic or "",
            is_oneoff=self.type == "oneoff",
        )
        return write_form(form, font_folders())


def _address_lines(partner):
    """Return the address of a partner in the order it is written."""
    town = " ".join(filter(None, (partner.zip, partner.city)))
    lines = (partner.street, partner.street2, town, partner.country_id.name)
    return [line for line in lines if line]
