# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import http
from odoo.http import request

from .file_response import file_response

PDF = "application/pdf"


class BillController(http.Controller):
    """Hands out bills as PDF to whoever may read them."""

    @http.route("/telecom/bill/<int:move_id>", type="http", auth="user", readonly=True)
    def bill(self, move_id):
        """Return the stored PDF of a bill, or draw one that is not stored."""
        bill = request.env["account.move"].browse(move_id).exists()
        bill.check_access("read")
        if not bill._telecom_is_bill():
            raise request.not_found()
        stored = bill._telecom_stored_bill_pdfs().get(bill)
        content = stored.raw if stored else bill._telecom_bill_pdfs()[bill]
        return file_response(content, bill._telecom_bill_filename(), PDF, "inline")

    @http.route(
        "/telecom/bill/preview/<int:run_account_id>",
        type="http",
        auth="user",
        readonly=True,
    )
    def preview(self, run_account_id):
        """Return the PDF of a bill that a bill run has only previewed."""
        account = request.env["telecom.bill.run.account"].browse(run_account_id)
        if not account.exists():
            raise request.not_found()
        filename = f"{account.billing_account_id.code}.pdf"
        content = account._telecom_preview_pdf()
        return file_response(content, filename, PDF, "inline")
