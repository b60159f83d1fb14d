# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from freezegun import freeze_time
from openpyxl import load_workbook
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import NOW, TODAY
from .membership_common import MembershipCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCooperativeBooks(MembershipCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-09-01 10:00:00"):
            cls.anna = cls._create_member("Anna Roca")
            cls.berta = cls._create_member("Berta Pou", instalment_count=10)
            cls.sponsored = cls._create_member(
                "Sam", kind="sponsored", sponsor_code=cls.anna.sponsor_code
            )
            cls._subscribe(cls.anna, 2).instalment_paid("2026-09-01")
        with freeze_time(NOW):
            leaving = cls.env["cooperative.leaving"].create(
                {"membership_id": cls.berta.id, "resolution_date": TODAY}
            )
            leaving.action_resolve()

    def _wizard(self, book, **vals):
        return self.env["cooperative.register"].create(
            {"book": book, "company_id": self.company.id, **vals}
        )

    def _rows(self, book, **vals):
        """Return the rows of a book's spreadsheet as dicts by title."""
        wizard = self._wizard(book, file_format="xlsx", **vals)
        with TemporaryDirectory() as folder:
            path = Path(folder, "book.xlsx")
            count = wizard.write_book(path)
            sheet = load_workbook(path).active
        titles, *rows = [[cell.value for cell in row] for row in sheet.rows]
        self.assertEqual(len(rows), count)
        return [dict(zip(titles, row, strict=True)) for row in rows]

    def _text(self, content):
        return "\n".join(page.extract_text() for page in PdfReader(content).pages)

    def _mine(self, rows):
        numbers = (self.anna | self.berta | self.sponsored).mapped("number")
        return {row["Member"]: row for row in rows if row["No."] in numbers}

    def test_book_of_members_is_that_of_any_day(self):
        rows = self._mine(self._rows("member_book", date=TODAY))
        self.assertEqual(set(rows), {"Anna Roca", "Berta Pou"})
        anna, berta = rows["Anna Roca"], rows["Berta Pou"]
        self.assertEqual((anna["Shares"], anna["Paid"]), (3, 200))
        self.assertEqual(anna["Address"], "Carrer Major 1, 08820 el Prat de Llobregat")
        self.assertEqual(anna["Kind"], "Member")
        self.assertEqual(str(berta["Left"].date()), TODAY)
        self.assertEqual(berta["Why"], "By own wish")
        earlier = self._mine(self._rows("member_book", date="2026-10-14"))
        self.assertIsNone(earlier["Berta Pou"]["Left"])
        self.assertEqual(earlier["Berta Pou"]["Subscribed"], 100)
        self.assertFalse(self._mine(self._rows("member_book", date="2026-08-31")))

    def test_book_of_members_may_list_sponsored_people(self):
        rows = self._mine(self._rows("member_book", date=TODAY, has_users=True))
        self.assertEqual(rows["Sam"]["Kind"], "Sponsored")

    def test_capital_book_holds_balances_of_each_class(self):
        rows = self._rows("capital_book", date="2026-10-14")
        anna = [row for row in rows if row["No."] == self.anna.number]
        self.assertEqual([row["Subscribed"] for row in anna], [100, 100])
        berta = [row for row in rows if row["No."] == self.berta.number]
        self.assertEqual([(row["Paid"], row["Not paid"]) for row in berta], [(10, 90)])
        after = self._rows("capital_book", date=TODAY)
        berta = [row for row in after if row["No."] == self.berta.number]
        self.assertEqual(berta[0]["To be refunded"], 10)

    def test_movements_sum_up_to_the_accounts(self):
        everything = self._rows("movements", date=TODAY)
        rows = [row for row in everything if row["Journal entry"]]
        paid = sum(row["Paid"] for row in rows)
        refundable = sum(row["To be refunded"] for row in rows)
        lines = self.env["account.move.line"].search(
            [("account_id", "=", self.company.cooperative_liquidity_account_id.id)]
        )
        self.assertTrue(rows)
        self.assertEqual(paid + refundable, sum(lines.mapped("balance")))

    def test_census_counts_each_member_once_and_shows_delegations(self):
        with freeze_time(NOW):
            carla = self._create_member("Carla")
            assembly = self.env["cooperative.assembly"].create(
                {"name": "Assembly", "date": TODAY}
            )
            self.env["cooperative.assembly.delegation"].create(
                {
                    "assembly_id": assembly.id,
                    "giver_id": carla.id,
                    "holder_id": self.anna.id,
                }
            )
        rows = self._rows("census", date=TODAY, assembly_id=assembly.id)
        by_number = {row["No."]: row for row in rows}
        self.assertEqual(by_number[self.anna.number]["Votes"], 2)
        self.assertEqual(by_number[carla.number]["Votes"], 0)
        self.assertIn("Anna Roca", by_number[carla.number]["Vote delegated to"])
        self.assertNotIn(self.berta.number, by_number)
        self.assertEqual(sum(row["Votes"] for row in rows), len(rows))
        self.assertEqual(len(rows), assembly.voter_count)

    def test_books_are_printed_as_pdf(self):
        for book in ("member_book", "capital_book", "movements", "census"):
            with self.subTest(book), TemporaryDirectory() as folder:
                path = Path(folder, "book.pdf")
                self._wizard(book, date=TODAY).write_book(path)
                text = self._text(path)
                self.assertIn("Anna Roca", text)
                self.assertIn("Page 1 of 1", text)

    def test_wizard_hands_out_the_file(self):
        action = self._wizard("census", date=TODAY, file_format="xlsx").action_make()
        attachment_id = int(action["url"].split("/")[3].split("?")[0])
        attachment = self.env["ir.attachment"].browse(attachment_id)
        self.assertEqual(attachment.name, f"Census of voters {TODAY}.xlsx")
        self.assertTrue(load_workbook(BytesIO(attachment.raw)).active.max_row > 1)

    def test_certificate_says_who_holds_what(self):
        text = self._text(BytesIO(self.anna.certificate_pdf()))
        for words in ("Anna Roca", self.anna.number, "September 1, 2026", "€100.00"):
            self.assertIn(words, text)
        action = self.anna.action_certificate()
        self.assertIn("/web/content/", action["url"])

    def test_certificate_is_in_the_language_of_the_member(self):
        self.env["res.lang"]._activate_lang("ca_ES")
        self.anna.partner_id.lang = "ca_ES"
        text = self._text(BytesIO(self.anna.certificate_pdf()))
        self.assertIn("1 de setembre del 2026", text.replace("\n", " "))

    def test_certificate_of_who_left_is_refused(self):
        with self.assertRaisesRegex(UserError, "memberships in force"):
            self.berta.certificate_pdf()

    def test_statement_lists_movements_and_their_balance(self):
        text = self._text(BytesIO(self.berta.statement_pdf()))
        for words in ("Subscription", "Payment", "Cancelled on leaving", "€10.00"):
            self.assertIn(words, text)

    def test_book_takes_the_same_queries_for_one_member_as_for_many(self):
        wizard = self._wizard("member_book", date=TODAY)
        with TemporaryDirectory() as folder:
            path = Path(folder, "book.pdf")
            wizard.write_book(path)
            before = self._count_queries(lambda: wizard.write_book(path))
            for number in range(3):
                self._create_member(f"More {number}")
            after = self._count_queries(lambda: wizard.write_book(path))
        self.assertEqual(before, after)

    def test_balances_of_many_members_take_one_query(self):
        members = self.anna | self.berta
        members.invalidate_recordset()
        members.mapped("state")
        with self.assertQueryCount(1):
            members.mapped("paid_amount")

    def test_books_of_other_companies_and_for_employees_are_refused(self):
        other = self.env["res.company"].create({"name": "Other"})
        wizard = self._wizard("census", date=TODAY)
        wizard.company_id = other
        user = new_test_user(
            self.env, "test_books", "somconnexio_base.group_telecom_agent"
        )
        employee = new_test_user(self.env, "test_books_employee", "base.group_user")
        with self.assertRaisesRegex(AccessError, "not among the companies"):
            wizard.with_user(user).write_book("unused")
        with self.assertRaises(AccessError):
            wizard.with_user(employee).write_book("unused")
