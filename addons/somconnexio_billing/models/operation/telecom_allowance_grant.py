# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class TelecomAllowanceGrant(models.Model):
    _inherit = "telecom.allowance.grant"

    contract_line_id = fields.Many2one(
        "contract.line",
        string="Bought as",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The charge that it came with.",
    )
