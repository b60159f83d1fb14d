# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    telecom_tells_payments = fields.Boolean(
        related="company_id.telecom_tells_payments", readonly=False
    )
