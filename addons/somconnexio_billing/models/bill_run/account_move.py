# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    telecom_bill_run_id = fields.Many2one(
        "telecom.bill.run",
        string="Bill run",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The bill run that made this bill.",
    )

    _telecom_one_bill_per_run = models.UniqueIndex(
        "(telecom_bill_run_id, telecom_billing_account_id)"
        " WHERE move_type = 'out_invoice' AND telecom_bill_run_id IS NOT NULL",
        "This billing account already has its bill of this bill run.",
    )
