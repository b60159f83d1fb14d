# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    telecom_dunning_is_automatic = fields.Boolean(
        related="company_id.telecom_dunning_is_automatic", readonly=False
    )
    telecom_plan_agent_amount = fields.Monetary(
        related="company_id.telecom_plan_agent_amount", readonly=False
    )
    telecom_plan_agent_count = fields.Integer(
        related="company_id.telecom_plan_agent_count", readonly=False
    )
    telecom_plan_max_count = fields.Integer(
        related="company_id.telecom_plan_max_count", readonly=False
    )
    telecom_plan_grace_days = fields.Integer(
        related="company_id.telecom_plan_grace_days", readonly=False
    )
