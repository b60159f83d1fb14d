# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    is_given_back_on_withdrawal = fields.Boolean(
        string="Given back on withdrawal",
        help="A single charge that a customer who withdraws within the legal period "
        "does not owe: an installation, the SIM by courier.",
    )
