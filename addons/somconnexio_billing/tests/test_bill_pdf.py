# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.account.models.ir_actions_report import (
    IrActionsReport as AccountReport,
)

from .bill_common import BillCommon


@tagged("post_install", "-at_install")
class TestBillPdf(BillCommon):
    def test_posted_bill_gets_one_attachment(self):
        bill = self._create_bill()
        self.assertEqual(bill._telecom_generate_bill_pdf(), bill)
        attachment = self._stored(bill)
        self.assertEqual(len(attachment), 1)
        self.assertEqual(attachment.name, f"{bill.name.replace('/', '_')}.pdf")
        self.assertEqual(attachment.mimetype, "application/pdf")
        self.assertEqual(bill.invoice_pdf_report_id, attachment)
        self.assertEqual(bill.message_main_attachment_id, attachment)
        self.assertIn("14,52", self._text(attachment.raw).replace(".", ","))

    def test_generating_again_keeps_the_stored_pdf(self):
        bill = self._create_bill()
        bill._telecom_generate_bill_pdf()
        before = self._stored(bill)
        self.account.partner_id.name = "Somebody else"
        self.assertFalse(bill._telecom_generate_bill_pdf())
        self.assertEqual(self._stored(bill), before)
        self.assertNotIn("Somebody else", self._text(before.raw))

    def test_generating_continues_where_it_was_interrupted(self):
        first = self._create_bill()
        first._telecom_generate_bill_pdf()
        joan = self._create_account("Joan")
        second = self._create_bill(joan, self._create_subscription(joan))
        self.assertEqual((first + second)._telecom_generate_bill_pdf(), second)
        self.assertEqual(len(self._stored(first + second)), 2)

    def test_replacing_writes_into_the_same_attachment(self):
        bill = self._create_bill()
        bill._telecom_generate_bill_pdf()
        before = self._stored(bill)
        self.company.telecom_bill_message = "Read this now"
        bill.action_telecom_replace_bill_pdf()
        self.assertEqual(self._stored(bill), before)
        self.assertIn("Read this now", self._text(before.raw))

    def test_draft_is_drawn_with_a_mark_and_never_stored(self):
        bill = self._create_bill(post=False)
        self.assertFalse(bill._telecom_generate_bill_pdf())
        self.assertFalse(self._stored(bill))
        self.assertIn("DRAFT", self._text(bill._telecom_bill_pdfs()[bill]))

    def test_bill_that_cannot_be_drawn_is_named(self):
        bill = self._create_bill()
        self.env.cr.execute("UPDATE res_company SET telecom_bill_color = 'green'")
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, f"{bill.name}.*#rrggbb"):
            bill._telecom_generate_bill_pdf()

    def test_invoice_without_billing_account_is_left_to_odoo(self):
        invoice = self._create_invoice_one_line(price_unit=5.0, post=True)
        self.assertFalse(invoice._telecom_generate_bill_pdf())
        self.assertFalse(self._stored(invoice))

    def test_bill_in_catalan_writes_dates_and_amounts_the_catalan_way(self):
        self.env["res.lang"]._activate_lang("ca_ES")
        self.account.lang = "ca_ES"
        bill = self._create_bill()
        text = self._text(bill._telecom_bill_pdfs()[bill])
        self.assertIn("14,52 €", text)
        self.assertIn("5 de novembre", text)
        self.assertIn("1–31 d’oct. 2026", text)

    def test_preview_prints_the_amounts_the_bill_will_have(self):
        self._rate()
        run_account = self._create_run_account(self.account, self.subscription)
        text = self._text(run_account._telecom_preview_pdf())
        for expected in ("DRAFT", "Monthly fee", "€14.52", "€2.52", "IVA 21%"):
            self.assertIn(expected, text)
        self.assertIn("+33199005555", text)

    def test_number_of_queries_does_not_grow_with_the_bills(self):
        bills = self.env["account.move"]
        for index in range(50):
            account = self._create_account(f"Member {index}")
            subscription = self._create_subscription(account)
            bills += self._create_bill(account, subscription, post=False)
            self._rate(subscription=subscription)
        bills.action_post()
        self.env.flush_all()

        def queries(moves):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            moves._telecom_bill_documents()
            return self.env.cr.sql_log_count - before

        queries(bills[:2])  # fills the caches of the registry
        self.assertEqual(queries(bills), queries(bills[:10]))
        self.env.invalidate_all()
        with self.assertQueryCount(45):
            bills._telecom_generate_bill_pdf()

    def test_odoos_report_prints_telecom_bills_and_leaves_other_invoices(self):
        bill = self._create_bill()
        invoice = self._create_invoice_one_line(price_unit=5.0, post=True)
        theirs = {invoice.id: {"stream": None, "attachment": None}}
        with patch.object(
            AccountReport, "_render_qweb_pdf_prepare_streams", return_value=theirs
        ) as core:
            streams = self.env["ir.actions.report"]._render_qweb_pdf_prepare_streams(
                "account.account_invoices", {}, res_ids=(bill + invoice).ids
            )
        (call,) = core.call_args_list
        self.assertIn(invoice.ids, (*call.args, *call.kwargs.values()))
        self.assertEqual(list(streams), [bill.id, invoice.id])
        content = streams[bill.id]["stream"].getvalue()
        self.assertIn("Maria Puigdemunt", self._text(content))

    def test_sending_stores_the_telecom_bill(self):
        bill = self._create_bill()
        data = {bill: {"pdf_report": self.env.ref("account.account_invoices")}}
        self.env["account.move.send"].with_context(
            force_report_rendering=True
        )._prepare_invoice_pdf_report(data)
        values = data[bill]["pdf_attachment_values"]
        self.assertEqual(values["res_field"], "invoice_pdf_report_file")
        self.assertIn("Maria Puigdemunt", self._text(values["raw"]))

    def test_portal_download_of_an_unsent_bill_is_the_telecom_bill(self):
        bill = self._create_bill().with_context(force_report_rendering=True)
        (document,) = bill._get_invoice_legal_documents_all(allow_fallback=True)
        self.assertIn("Maria Puigdemunt", self._text(document["content"]))

    def test_print_button_opens_the_telecom_bill(self):
        bill = self._create_bill()
        self.assertEqual(bill.action_print_pdf()["url"], f"/telecom/bill/{bill.id}")
        invoice = self._create_invoice_one_line(price_unit=5.0, post=True)
        self.assertNotEqual(invoice.action_print_pdf()["type"], "ir.actions.act_url")

    def test_agent_may_read_the_bill_and_not_print_it_again(self):
        bill = self._create_bill()
        self._rate()
        agent = new_test_user(
            self.env, "bill_agent", "somconnexio_base.group_telecom_agent"
        )
        as_agent = bill.with_user(agent)
        self.assertIn("Maria", self._text(as_agent._telecom_bill_pdfs()[as_agent]))
        with self.assertRaises(AccessError):
            as_agent.action_telecom_replace_bill_pdf()

    def test_outsider_may_not_read_the_bill_nor_its_preview(self):
        bill = self._create_bill()
        outsider = new_test_user(self.env, "bill_outsider", "base.group_user")
        with self.assertRaises(AccessError):
            bill.with_user(outsider)._telecom_bill_documents()
        run_account = self.env["telecom.bill.run.account"].search(
            [("move_id", "=", bill.id)]
        )
        with self.assertRaises(AccessError):
            run_account.with_user(outsider)._telecom_preview_pdf()

    def test_account_without_bills_says_so(self):
        with self.assertRaisesRegex(UserError, "has no bill yet"):
            self.account.action_last_bill_pdf()

    def test_account_opens_its_latest_bill(self):
        self._create_invoice_one_line(
            price_unit=5.0,
            invoice_date=date(2026, 1, 1),
            partner_id=self.account.partner_id.id,
            telecom_billing_account_id=self.account.id,
        )
        bill = self._create_bill()
        action = self.account.action_last_bill_pdf()
        self.assertEqual(action["url"], f"/telecom/bill/{bill.id}")

    def test_run_opens_its_largest_bill(self):
        with self.assertRaisesRegex(UserError, "no bill to show"):
            self.bill_run.action_preview_bill_pdf()
        run_account = self._create_run_account(self.account, self.subscription)
        url = self.bill_run.action_preview_bill_pdf()["url"]
        self.assertEqual(url, f"/telecom/bill/preview/{run_account.id}")


@tagged("post_install", "-at_install")
class TestBillController(BillCommon, HttpCase):
    def test_agent_downloads_bill_and_preview(self):
        bill = self._create_bill()
        new_test_user(self.env, "bill_agent", "somconnexio_base.group_telecom_agent")
        self.authenticate("bill_agent", "bill_agent")
        run_account = self.env["telecom.bill.run.account"].search(
            [("move_id", "=", bill.id)]
        )
        for url in (
            f"/telecom/bill/{bill.id}",
            f"/telecom/bill/preview/{run_account.id}",
        ):
            response = self.url_open(url)
            self.assertEqual(response.status_code, 200)
            self.assertEqual(response.headers["Content-Type"], "application/pdf")
            self.assertIn("Maria Puigdemunt", self._text(response.content))

    def test_outsider_and_stranger_download_nothing(self):
        bill = self._create_bill()
        new_test_user(self.env, "bill_outsider", "base.group_user")
        self.authenticate("bill_outsider", "bill_outsider")
        self.assertEqual(self.url_open(f"/telecom/bill/{bill.id}").status_code, 403)
        self.authenticate(None, None)
        response = self.url_open(f"/telecom/bill/{bill.id}", allow_redirects=False)
        self.assertEqual(response.status_code, 303)

    def test_unknown_bill_is_not_found(self):
        self.authenticate("admin", "admin")
        self.assertEqual(self.url_open("/telecom/bill/999999999").status_code, 404)
