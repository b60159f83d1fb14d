# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models


class TelecomMandateSign(models.TransientModel):
    """Make a mandate for a billing account: to print, or signed already."""

    _name = "telecom.mandate.sign"
    _description = "New mandate"

    billing_account_id = fields.Many2one("telecom.billing.account", required=True)
    partner_id = fields.Many2one(related="billing_account_id.partner_id")
    company_id = fields.Many2one(related="billing_account_id.company_id")
    iban = fields.Char(
        string="IBAN",
        compute="_compute_iban",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    kind = fields.Selection(
        [("recurrent", "Recurrent"), ("oneoff", "One debit only")],
        string="Type",
        default="recurrent",
        required=True,
    )
    is_signed = fields.Boolean(
        string="It is signed already", help="Otherwise the form is printed first."
    )
    signature_date = fields.Date(string="Signed on")
    scan = fields.Binary(attachment=False)
    prenotice_days = fields.Integer(
        string="Days of notice", help="0: as set for the company."
    )
    replaced_id = fields.Many2one(
        "account.banking.mandate",
        string="Replaces",
        compute="_compute_replaced_id",
        help="The mandate in force, which ends when the new one begins.",
    )

    @api.depends("billing_account_id")
    def _compute_iban(self):
        for wizard in self:
            wizard.iban = wizard.billing_account_id.partner_bank_id.acc_number

    @api.depends("billing_account_id")
    def _compute_replaced_id(self):
        for wizard in self:
            account = wizard.billing_account_id
            today = (account.company_id or self.env.company)._telecom_today()
            wizard.replaced_id = account and account._usable_mandate(today)

    def action_make(self):
        """Make the mandate; put it in force if it is signed, else print its form."""
        self.ensure_one()
        account = self.billing_account_id
        bank_account = account.partner_id._telecom_bank_account(self.iban)
        replaced = self.replaced_id
        if self.is_signed:
            replaced._stop(self.env._("Replaced by a new mandate."))
        mandate = self.env["account.banking.mandate"].create(
            self._mandate_vals(bank_account)
        )
        if not self.is_signed:
            return mandate.action_print_form()
        account.write(
            {"partner_bank_id": bank_account.id, "collection_method": "direct_debit"}
        )
        mandate.validate()
        return {
            "type": "ir.actions.act_window",
            "res_model": mandate._name,
            "res_id": mandate.id,
            "view_mode": "form",
        }

    def _mandate_vals(self, bank_account):
        """Return the values of the new mandate."""
        return {
            "telecom_billing_account_id": self.billing_account_id.id,
            "partner_id": bank_account.partner_id.id,
            "partner_bank_id": bank_account.id,
            "company_id": self.billing_account_id.company_id.id,
            "type": self.kind,
            "origin": "paper",
            "prenotice_days": self.prenotice_days,
            "signature_date": self.is_signed and self.signature_date,
            "scan": self.scan,
        }
