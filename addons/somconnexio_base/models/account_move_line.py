# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    telecom_subscription_id = fields.Many2one(
        "contract.contract",
        string="Subscription",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
