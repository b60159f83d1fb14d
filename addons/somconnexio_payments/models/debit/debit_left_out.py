# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

#: Code -> words; the first block is found by SQL, the second by the scheme's rules.
REASONS = [
    ("nothing_due", "Nothing to collect"),
    ("in_open_run", "In another open run"),
    ("not_euro", "Not in euros"),
    ("blocked", "Debits of the account are blocked"),
    ("payment_plan", "In a payment plan"),
    ("disputed", "Disputed"),
    ("came_back", "Came back: ask for a new debit"),
    ("no_iban", "No IBAN"),
    ("no_mandate", "No mandate"),
    ("mandate_unsigned", "Mandate not signed"),
    ("mandate_lapsed", "Mandate lapsed"),
    ("mandate_stopped", "Mandate stopped"),
    ("mandate_used", "One-off mandate used already"),
    ("paid_meanwhile", "Paid since the proposal"),
    ("amount_changed", "Amount changed since the proposal"),
    ("iban_changed", "IBAN changed since the proposal"),
    ("other_method", "Pays by transfer now"),
    ("by_hand", "Left out by hand"),
    ("amount_out_of_range", "Amount must be 0.01 to 999,999,999.99"),
    ("iban_missing", "IBAN missing"),
    ("iban_invalid", "IBAN not valid: compare each digit"),
    ("iban_outside_sepa", "IBAN of a country outside the SEPA"),
    ("name_missing", "Name of the account holder missing"),
    ("address_missing", "Address missing: town and country are needed"),
    ("mandate_reference_invalid", "Mandate reference has forbidden characters"),
    ("amendment_invalid", "Change of the mandate is incomplete"),
    ("end_to_end_id_invalid", "Reference of the debit has forbidden characters"),
    ("due_date_past", "The day of the debit has passed"),
    ("due_date_closed", "Banks are closed on the day of the debit"),
    ("batch_id_invalid", "Name of the batch has forbidden characters"),
]


class TelecomDebitLeftOut(models.Model):
    """A bill or instalment that a debit run could not take, and why."""

    _name = "telecom.debit.left.out"
    _description = "Left out of a debit run"
    _order = "reason, label, id"
    _rec_name = "label"
    _check_company_auto = True

    run_id = fields.Many2one(
        "telecom.debit.run", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    move_id = fields.Many2one(
        "account.move", string="Bill", index="btree_not_null", ondelete="cascade"
    )
    capital_call_id = fields.Many2one(
        "cooperative.capital.call",
        string="Instalment",
        index="btree_not_null",
        ondelete="cascade",
    )
    telecom_billing_account_id = fields.Many2one(
        "telecom.billing.account", string="Billing account", ondelete="cascade"
    )
    partner_id = fields.Many2one("res.partner", string="Payer", ondelete="cascade")
    mandate_id = fields.Many2one("account.banking.mandate", ondelete="set null")
    amount = fields.Monetary()
    due_date = fields.Date()
    label = fields.Char(string="What")
    end_to_end_id = fields.Char()
    reason = fields.Selection(REASONS, required=True, index=True)
    detail = fields.Char()

    @api.model
    def _reason_text(self, code):
        """Return a reason in the user's words, as a sentence."""
        labels = dict(self._fields["reason"]._description_selection(self.env))
        return f"{labels.get(code, code)}."

    def action_debit_again(self):
        """Have the bills that came back debited once more."""
        return self.move_id.action_debit_again()

    def action_view_cause(self):
        """Open what has to be corrected: account, mandate, bill or instalment."""
        self.ensure_one()
        for record in (
            self.telecom_billing_account_id,
            self.mandate_id,
            self.move_id,
            self.capital_call_id,
        ):
            if record:
                return {
                    "type": "ir.actions.act_window",
                    "res_model": record._name,
                    "res_id": record.id,
                    "view_mode": "form",
                }
        return False
