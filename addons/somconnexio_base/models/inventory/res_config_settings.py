# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    telecom_reservation_hours = fields.Integer(
        related="company_id.telecom_reservation_hours", readonly=False
    )
