# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import io
from collections import OrderedDict

from odoo import models


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        """Override of ``base`` to print telecom bills without wkhtmltopdf.

        Whatever prints an invoice (the menus, "Send", the portal) comes through here.
        """
        bills = self.env["account.move"]
        if res_ids and self._is_invoice_report(report_ref):
            bills = bills.browse(res_ids)._telecom_is_bill()
        others = [res_id for res_id in res_ids or () if res_id not in bills._ids]
        streams = {}
        if others or not bills:
            streams = super()._render_qweb_pdf_prepare_streams(
                report_ref, data, res_ids=others or res_ids
            )
        for bill, content in bills._telecom_bill_pdfs().items():
            streams[bill.id] = {"stream": io.BytesIO(content), "attachment": None}
        return OrderedDict((res_id, streams[res_id]) for res_id in res_ids or streams)
