# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, models


class AccountMoveSend(models.AbstractModel):
    _inherit = "account.move.send"

    @api.model
    def _prepare_invoice_pdf_report(self, invoices_data):
        """Override of ``account`` to send the telecom bill, not Odoo's report."""
        others = dict(invoices_data)
        moves = self.env["account.move"].browse(move.id for move in invoices_data)
        for move, content in moves._telecom_bill_pdfs().items():
            vals = move._prepare_telecom_bill_attachment_vals(content)
            others.pop(move)["pdf_attachment_values"] = vals
        if others:
            super()._prepare_invoice_pdf_report(others)
