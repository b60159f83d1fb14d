# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class AccountBankStatement(models.Model):
    _inherit = "account.bank.statement"

    telecom_bank_file_id = fields.Many2one(
        "telecom.bank.file",
        string="Bank file",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    telecom_from_date = fields.Date(string="From", readonly=True, copy=False)
    telecom_to_date = fields.Date(string="To", readonly=True, copy=False)
    telecom_number = fields.Char(
        string="Bank's number", readonly=True, copy=False, help="ElctrncSeqNb."
    )
