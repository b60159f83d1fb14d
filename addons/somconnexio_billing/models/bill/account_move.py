# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.misc import file_path

from ... import sql_steps
from ...bill import render
from .bill_builder import BillBuilder
from .bill_head import BillHead, decimal

PDF_FIELD = "invoice_pdf_report_file"


class AccountMove(models.Model):
    """The customer bill as a PDF: built in batches, stored once per bill.

    It is kept where Odoo keeps an invoice's legal document, so that the portal and
    "Send" hand out the very same file.
    """

    _inherit = "account.move"

    def action_telecom_bill_pdf(self):
        """Open the bill as a PDF: the stored one, or a preview of a draft."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/telecom/bill/{self.id}",
            "target": "new",
        }

    def action_print_pdf(self):
        """Override of ``account`` to open telecom bills as they are printed."""
        self.ensure_one()
        if self._telecom_is_bill():
            return self.action_telecom_bill_pdf()
        return super().action_print_pdf()

    def action_telecom_replace_bill_pdf(self):
        """Print posted bills again, for instance after the template changed."""
        self.check_access("write")
        self._telecom_generate_bill_pdf(replace=True)

    @api.private
    def _telecom_is_bill(self):
        """Return the bills of billing accounts, without Odoo's other entries."""
        return self.filtered(
            lambda move: move.telecom_billing_account_id and move.is_sale_document()
        )

    @api.private
    def _telecom_bill_documents(self):
        """Return the document of each bill, whatever their number in few queries.

        :return: dict of account.move to ``bill.document.BillDocument``
        :raise AccessError: when the user may not read one of the bills
        """
        self.check_access("read")
        # A bill shows nothing that its reader may not know, but it is put together
        # from usage, contracts and settings that a reader of bills may not browse.
        bills = self.sudo()._telecom_is_bill()
        documents = {}
        for company, moves in bills.grouped("company_id").items():
            heads = [move._telecom_bill_head() for move in moves]
            moves.env.flush_all()
            builder = BillBuilder(
                moves.env(context={**moves.env.context, "active_test": False}),
                company,
                heads,
                sql_steps.fetch(moves.env, "70_list_bill_charges", move_ids=moves.ids),
                sql_steps.fetch(moves.env, "71_list_bill_taxes", move_ids=moves.ids),
            )
            for move, head in zip(moves, heads, strict=True):
                documents[self.browse(move.id)] = builder.document(head)
        return documents

    def _telecom_bill_head(self):
        """Return number, dates and amounts of one bill; a refund's are negative."""
        self.ensure_one()
        sign = -1 if self.move_type == "out_refund" else 1
        run = self.telecom_bill_run_id
        billed = run or self.reversed_entry_id.telecom_bill_run_id
        currency = self.currency_id
        is_draft = self.state != "posted"
        return BillHead(
            id=self.id,
            company=self.company_id,
            account=self.telecom_billing_account_id,
            partner=self.partner_id,
            run_id=run.id,
            number=self.name if self.name and self.name != "/" else "",
            bill_date=self.invoice_date or self.date,
            due_date=self.invoice_date_due or None,
            period_start=billed.period_start or None,
            period_end=billed.period_end or None,
            amount_untaxed=sign * decimal(self.amount_untaxed, currency),
            amount_tax=sign * decimal(self.amount_tax, currency),
            amount_total=sign * decimal(self.amount_total, currency),
            currency=currency.name,
            is_draft=is_draft,
            is_credit_note=self.move_type == "out_refund",
            corrected_number=self.reversed_entry_id.name or "",
            correction_reason=self.telecom_correction_reason or "",
            mandate_reference=self._telecom_bill_mandate_reference(),
            pay_to_iban=self.partner_bank_id.acc_number or "",
        )

    def _telecom_bill_mandate_reference(self):
        """Return the reference of the SEPA mandate, if mandates are installed."""
        if "mandate_id" not in self._fields:
            return ""
        return self.mandate_id.unique_mandate_reference or ""

    @api.private
    def _telecom_bill_pdfs(self):
        """Return {bill: PDF as bytes}, drawn now and not stored.

        :raise UserError: names the bill that can't be drawn, and why
        """
        documents = self._telecom_bill_documents()
        return {move: move._telecom_draw_bill(documents[move]) for move in documents}

    def _telecom_draw_bill(self, document):
        """Return the PDF of one document."""
        try:
            return render(document, (file_path("web/static/fonts"),))
        except ValueError as error:
            raise UserError(
                self.env._(
                    "Bill %(bill)s cannot be printed. %(error)s",
                    bill=self.display_name,
                    error=error,
                )
            ) from error

    @api.private
    def _telecom_generate_bill_pdf(self, replace=False):
        """Store the PDF of each posted bill that has none: one attachment a bill.

        Safe to call again, and from several workers: what is stored stays, and two
        transactions that print the same bill collide on its journal entry.

        :param bool replace: print again what is stored, in the same attachment
        :return: the bills printed now
        :raise LockError: when another transaction is at work on one of the bills
        """
        bills = self._telecom_is_bill().filtered(lambda move: move.state == "posted")
        bills.lock_for_update(allow_referencing=True)
        stored = bills._telecom_stored_bill_pdfs()
        done = bills.filtered(lambda move: move in stored)
        todo = bills if replace else bills - done
        pdfs = todo._telecom_bill_pdfs()
        self.env["ir.attachment"].sudo().create(
            [
                move._prepare_telecom_bill_attachment_vals(content)
                for move, content in pdfs.items()
                if move not in stored
            ]
        )
        for move in todo & done:
            stored[move].raw = pdfs[move]
        if todo:
            sql_steps.run(self.env, "77_link_bill_pdf", move_ids=todo.ids)
            todo.invalidate_recordset(["message_main_attachment_id", PDF_FIELD])
            todo.invalidate_recordset(["invoice_pdf_report_id"])
        return todo

    def _telecom_stored_bill_pdfs(self):
        """Return {bill: ir.attachment} of the bills whose PDF is stored."""
        attachments = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("res_field", "=", PDF_FIELD),
                ]
            )
        )
        return {self.browse(stored.res_id): stored for stored in attachments}

    def _prepare_telecom_bill_attachment_vals(self, content):
        """Return the values of the attachment that holds the bill's PDF."""
        self.ensure_one()
        return {
            "name": self._telecom_bill_filename(),
            "raw": content,
            "mimetype": "application/pdf",
            "res_model": self._name,
            "res_id": self.id,
            "res_field": PDF_FIELD,
            "company_id": self.company_id.id,
        }

    def _telecom_bill_filename(self):
        """Return the bill's number as a file name."""
        self.ensure_one()
        number = self.name if self.name and self.name != "/" else self.env._("Draft")
        return f"{number.replace('/', '_')}.pdf"
