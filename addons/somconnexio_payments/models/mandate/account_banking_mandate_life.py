# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A mandate's life: signed, used for the last time, stopped."""

from odoo import api, models
from odoo.exceptions import UserError

from .account_banking_mandate import USABLE


class AccountBankingMandate(models.Model):
    _inherit = "account.banking.mandate"

    def validate(self):
        """Override of OCA: a signed mandate comes into force and is told of.

        :raise UserError: without a signature date, an IBAN or an identifier of the
            creditor
        """
        for mandate in self:
            mandate._check_signable()
        result = super(AccountBankingMandate, self._passed()).validate()
        self.env["telecom.notice"]._announce("mandate_signed", self)
        return result

    def cancel(self):
        """Override of OCA: ask why the mandate is stopped, as it is not undone."""
        self.ensure_one()
        if self.state == "draft":
            return super(AccountBankingMandate, self._passed()).cancel()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Stop the mandate"),
            "res_model": "telecom.mandate.stop",
            "view_mode": "form",
            "target": "new",
            "context": {"default_mandate_id": self.id},
        }

    def valid2final(self):
        """Override of OCA: the next debit under the mandate is its last."""
        return super(AccountBankingMandate, self._passed()).valid2final()

    def final2valid(self):
        """Override of OCA: the next debit under the mandate is not its last."""
        return super(AccountBankingMandate, self._passed()).final2valid()

    def back2draft(self):
        """Override of OCA: what was revoked stays so (the payer's bank may know)."""
        raise UserError(
            self.env._(
                "A mandate that was stopped is not used again: have another one signed."
            )
        )

    @api.private
    def _stop(self, reason, day=None):
        """End mandates: revoked by the payer, refused by the bank, replaced.

        Mandates that ended before stay as they are. What has gone to the bank is not
        called back; a proposal leaves the payer out from now on.

        :param str reason: why, in people's words or the bank's code
        :param date day: civil day, today by default
        :return: the mandates that ended by this call
        """
        ending = self.filtered(lambda mandate: mandate.state in ("draft", *USABLE))
        for company, mandates in ending.grouped("company_id").items():
            mandates._passed().write(
                {
                    "state": "cancel",
                    "stop_reason": reason,
                    "stopped_date": day or company._telecom_today(),
                }
            )
        used = ending.filtered("signature_date")
        self.env["telecom.notice"]._announce("mandate_stopped", used)
        return ending

    def _check_signable(self):
        """Raise when something that a mandate must say is missing."""
        missing = []
        if not self.signature_date:
            missing.append(self.env._("the day on which it was signed"))
        if not self.partner_bank_id:
            missing.append(self.env._("the IBAN"))
        if not self.creditor_identifier:
            missing.append(
                self.env._(
                    "the creditor's identifier (Settings, Telecom, Direct debit)"
                )
            )
        if missing:
            raise UserError(
                self.env._(
                    "%(mandate)s lacks %(missing)s.",
                    mandate=self.unique_mandate_reference,
                    missing=", ".join(missing),
                )
            )

    def _is_usable(self, day):
        """Tell whether money may be drawn under a mandate on a civil day."""
        self.ensure_one()
        is_used_up = self.type == "oneoff" and self.last_debit_date
        return bool(
            self.state in USABLE
            and not is_used_up
            and self.signature_date <= day < self.lapse_date
        )

    def action_stop(self):
        """Ask why a mandate is stopped."""
        return self.cancel()

    def action_view_debits(self):
        """Open the debits made under this mandate."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_payments.action_telecom_debit_line"
        )
        return action | {"domain": [("mandate_id", "=", self.id)], "context": {}}
