# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class TelecomUsageFile(models.Model):
    _inherit = "telecom.usage.file"

    telecom_bill_run_id = fields.Many2one(
        "telecom.bill.run",
        string="Bill run",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        help="The bill run that counts this file in its control totals.",
    )
