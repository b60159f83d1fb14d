# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    telecom_debit_journal_id = fields.Many2one(
        related="company_id.telecom_debit_journal_id", readonly=False
    )
    telecom_debit_capital_journal_id = fields.Many2one(
        related="company_id.telecom_debit_capital_journal_id", readonly=False
    )
    telecom_debit_due_rule = fields.Selection(
        related="company_id.telecom_debit_due_rule", readonly=False
    )
    telecom_debit_booking = fields.Selection(
        related="company_id.telecom_debit_booking", readonly=False
    )
    telecom_debit_version = fields.Selection(
        related="company_id.telecom_debit_version", readonly=False
    )
    telecom_debit_after_bills = fields.Boolean(
        related="company_id.telecom_debit_after_bills", readonly=False
    )
