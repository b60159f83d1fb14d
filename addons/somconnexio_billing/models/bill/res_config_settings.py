# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    telecom_bill_logo = fields.Binary(
        related="company_id.telecom_bill_logo", readonly=False
    )
    telecom_bill_color = fields.Char(
        related="company_id.telecom_bill_color", readonly=False, required=True
    )
    telecom_bill_accent_color = fields.Char(
        related="company_id.telecom_bill_accent_color", readonly=False, required=True
    )
    telecom_bill_message = fields.Text(
        related="company_id.telecom_bill_message", readonly=False
    )
    telecom_bill_footer = fields.Text(
        related="company_id.telecom_bill_footer", readonly=False
    )
    telecom_bill_phone = fields.Char(
        related="company_id.telecom_bill_phone", readonly=False
    )
    telecom_bill_email = fields.Char(
        related="company_id.telecom_bill_email", readonly=False
    )
    telecom_bill_website = fields.Char(
        related="company_id.telecom_bill_website", readonly=False
    )
    telecom_bill_itemisation = fields.Selection(
        related="company_id.telecom_bill_itemisation", readonly=False, required=True
    )
    telecom_bill_free_calls = fields.Selection(
        related="company_id.telecom_bill_free_calls", readonly=False, required=True
    )
    telecom_bill_has_claims = fields.Boolean(
        related="company_id.telecom_bill_has_claims", readonly=False
    )
    telecom_bill_claims = fields.Text(
        related="company_id.telecom_bill_claims", readonly=False
    )
    telecom_bill_sections = fields.Char(
        related="company_id.telecom_bill_sections", readonly=False, required=True
    )
    telecom_bill_history_months = fields.Integer(
        related="company_id.telecom_bill_history_months", readonly=False, required=True
    )
