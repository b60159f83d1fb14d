# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models

#: Files may tell of usage that is so old: what is younger must stay.
MIN_RETENTION_MONTHS = 12


class ResCompany(models.Model):
    _inherit = "res.company"

    telecom_usage_retention_months = fields.Integer(
        string="Keep usage for (months)",
        default=0,
        help="Usage of months before that is removed once it is billed. 0: never.",
    )
    telecom_is_usage_held = fields.Boolean(
        string="Legal hold on all usage",
        help="No usage of the company is removed while this is on.",
    )

    _telecom_retention_long_enough = models.Constraint(
        f"CHECK(telecom_usage_retention_months = 0"
        f" OR telecom_usage_retention_months >= {MIN_RETENTION_MONTHS})",
        "Keep usage for 12 months at least: files may still tell of it.",
    )
