# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    telecom_tells_payments = fields.Boolean(
        string="Thank for payments",
        default=True,
        help="The payer is told by a notice that the money has come. Direct debits "
        "have been announced before and are not told.",
    )
