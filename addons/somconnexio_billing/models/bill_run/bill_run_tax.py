# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class TelecomBillRunTax(models.Model):
    """Base and amount of one tax on one bill, before any journal entry exists."""

    _name = "telecom.bill.run.tax"
    _description = "Tax of a previewed bill"
    _order = "run_account_id, tax_id"
    _rec_name = "tax_id"

    run_id = fields.Many2one(
        "telecom.bill.run", required=True, index=True, ondelete="cascade"
    )
    run_account_id = fields.Many2one(
        "telecom.bill.run.account", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    tax_id = fields.Many2one("account.tax", required=True, ondelete="restrict")
    amount_base = fields.Monetary("Base")
    amount_tax = fields.Monetary("Tax amount")

    _account_tax_unique = models.Constraint(
        "UNIQUE (run_account_id, tax_id)", "A bill has one total for each tax."
    )
