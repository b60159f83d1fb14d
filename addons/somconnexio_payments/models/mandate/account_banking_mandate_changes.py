# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What changes in a signed mandate: the bank is told once, with the next debit."""

from odoo import api, models
from odoo.exceptions import UserError

from ... import sql_steps
from .account_banking_mandate import USABLE


class AccountBankingMandate(models.Model):
    _inherit = "account.banking.mandate"

    def _amend_account(self, bank_account):
        """Draw the money from another account of the same payer from now on.

        :param bank_account: res.partner.bank
        """
        for mandate in self.filtered(lambda one: one.partner_bank_id != bank_account):
            owner = bank_account.partner_id
            if owner.commercial_partner_id != mandate.partner_id.commercial_partner_id:
                mandate._stop(self.env._("The account is somebody else's."))
                continue
            mandate._note_amendment(
                "account",
                mandate.partner_bank_id.sanitized_acc_number,
                bank_account.sanitized_acc_number,
            )
            mandate._passed().write(
                {"partner_id": owner.id, "partner_bank_id": bank_account.id}
            )

    @api.private
    def amend_reference(self, reference):
        """Give a mandate another reference; the bank is told with the next debit.

        :param str reference: unique in the company, up to 35 characters
        :raise UserError: when the mandate is not in force
        """
        self.ensure_one()
        if self.state not in USABLE:
            raise UserError(
                self.env._("Only a mandate in force is amended: %s.", self.display_name)
            )
        self._note_amendment("reference", self.unique_mandate_reference, reference)
        self._passed().write({"unique_mandate_reference": reference})

    @api.model
    def _amend_creditor(self, company):
        """Let all mandates of a company name its creditor as it is now, in one go."""
        self.env.flush_all()
        sql_steps.run(
            self.env,
            "mandate/10_amend_creditor",
            company_id=company.id,
            creditor_identifier=company.sepa_creditor_identifier,
            creditor_name=company.name,
            today=company._telecom_today(),
            user_id=self.env.uid,
        )
        sql_steps.run(
            self.env,
            "mandate/11_set_creditor",
            company_id=company.id,
            creditor_identifier=company.sepa_creditor_identifier,
            creditor_name=company.name,
        )
        self.env.invalidate_all()

    def _note_amendment(self, kind, old_value, new_value):
        """Remember what the bank knows; a mandate that it never saw needs none."""
        if self.last_debit_date and old_value != new_value:
            self.env["telecom.mandate.amendment"]._note(
                self, kind, old_value, new_value
            )
