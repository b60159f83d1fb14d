# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    telecom_dunning_is_automatic = fields.Boolean(
        string="Dunning by the scheduler",
        help="Every day the list is made and carried out. Off: people do it.",
    )
    telecom_plan_agent_amount = fields.Monetary(
        string="Plans by agents up to",
        default=300,
        help="Larger debts are parted by accountants.",
    )
    telecom_plan_agent_count = fields.Integer(
        string="Instalments by agents up to", default=6
    )
    telecom_plan_max_count = fields.Integer(
        string="Instalments up to", default=24, help="Whoever agrees."
    )
    telecom_plan_grace_days = fields.Integer(
        string="Plan broken after",
        default=5,
        help="So many days after an instalment that was not paid.",
    )

    _telecom_plan_limits = models.Constraint(
        "CHECK (telecom_plan_agent_amount >= 0 AND telecom_plan_agent_count >= 0"
        " AND telecom_plan_max_count >= 1 AND telecom_plan_grace_days >= 0)",
        "Limits of payment plans are zero or more.",
    )
