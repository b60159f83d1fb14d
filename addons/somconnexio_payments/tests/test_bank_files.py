# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import base64
import gzip
from datetime import timedelta
from decimal import Decimal

from bank_simulator import norma43_writer
from bank_simulator.model import Day
from freezegun import freeze_time
from psycopg2.errors import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from .bank_common import DAY, BankCommon
from .payments_common import COMPANY_IBAN


@freeze_time("2026-10-21 09:00:00")
class TestBankFiles(BankCommon):
    """Files are kept once, checked whole, booked whole or refused."""

    def assertRefused(self, content, code):
        """Assert that a file is refused with words, and that nothing else is there."""
        before = self._count_rows()
        file = self._receive(content)
        self.assertEqual((file.state, file.error_code), ("refused", code))
        self.assertGreater(len(file.error_message), 20)
        self.assertNotIn("%(", file.error_message)
        self.assertEqual(self._count_rows(), before)
        with self.assertRaisesRegex(UserError, "refused"):
            file.book()

    def _count_rows(self):
        names = ("telecom.bank.entry", "telecom.bank.transaction")
        others = ("account.bank.statement.line", "account.move")
        return [self.env[name].search_count([]) for name in (*names, *others)]

    def test_same_content_again_is_the_same_file(self):
        content = self._bytes([self._movement("5.00", "x")])
        file = self._receive(content, "one.xml")
        self.assertEqual(self._receive(content, "two.xml"), file)
        self.assertEqual(self._receive(gzip.compress(content), "one.xml.gz"), file)

    def test_entries_sent_again_under_another_file_are_not_booked_twice(self):
        movements = [self._movement("5.00", "x"), self._movement("5.00", "x")]
        self._book(*movements)
        rows = self._count_rows()
        again = self._receive(self._bytes(movements))
        again.book()
        self.assertEqual((again.entry_count, again.duplicate_count), (2, 2))
        self.assertEqual(self._count_rows(), rows)
        self.assertEqual(again.state, "booked")

    def test_notification_is_booked_by_the_statement_that_follows(self):
        movement = self._movement("5.00", "x")
        told = self._book(movement, message="camt.054")
        self.assertFalse(told.statement_ids)
        part = self._parts(told)
        self.assertEqual(part.state, "waiting")
        file = self._book(movement)
        self.assertEqual(file.duplicate_count, 1)
        self.assertEqual(part.state, "exception")
        self.assertEqual(part.statement_line_id.statement_id, file.statement_ids)

    def _lines_of(self, *files):
        """Return the statement lines that files made."""
        found = self.File.browse().union(*files)
        return found.statement_ids.line_ids

    def test_entry_is_booked_once_whichever_file_tells_it_first(self):
        """Statement before notification, or reports of the day before the statement."""
        early, late = self._movement("5.00", "x"), self._movement("7.00", "y")
        for order in (
            [("camt.053", 2), ("camt.054", 2), ("camt.052", 1)],
            [("camt.052", 1), ("camt.052", 2), ("camt.054", 1), ("camt.053", 2)],
        ):
            with self.subTest(order=order), self.env.cr.savepoint() as savepoint:
                files = [
                    self._book(*[early, late][:count], message=message)
                    for message, count in order
                ]
                lines = self._lines_of(*files)
                self.assertEqual(sorted(lines.mapped("amount")), [5.0, 7.0])
                entries = self.env["telecom.bank.entry"].search_count(
                    [("file_id", "in", [file.id for file in files])]
                )
                self.assertEqual(entries, 2)
                savepoint.rollback()

    def test_statement_that_overlaps_brings_only_what_is_new(self):
        later = DAY + timedelta(days=1)
        first, second = self._movement("5.00", "x"), self._movement("7.00", "x")
        third = self._movement("9.00", "x", day=later)
        with freeze_time("2026-10-22 09:00:00"):
            one = self._book(first, second)
            two = self._book(second, third, opening="1005", day=later)
        self.assertEqual((two.entry_count, two.duplicate_count), (2, 1))
        self.assertEqual(self._lines_of(two).mapped("amount"), [9.0])
        self.assertEqual(len(self._lines_of(one, two)), 3)

    def test_norma43_again_with_a_day_more_books_that_day_only(self):
        movements = [self._movement("5.00", "alike"), self._movement("5.00", "alike")]
        later = DAY + timedelta(days=1)
        more = self._movement("9.00", "more", day=later)
        first = Day(COMPANY_IBAN, 1, DAY, Decimal(1000), movements)
        second = Day(COMPANY_IBAN, 2, later, Decimal(1010), [more])
        with freeze_time("2026-10-22 09:00:00"):
            one = self._receive(norma43_writer.write([first]), "one.n43")
            one.book()
            two = self._receive(norma43_writer.write([first, second]), "two.n43")
            two.book()
        self.assertEqual((two.entry_count, two.duplicate_count), (3, 2))
        self.assertEqual(self._lines_of(two).mapped("amount"), [9.0])

    def test_account_of_others_is_refused(self):
        iban = "ES7921000813610123456789"
        self.assertRefused(self._bytes([], iban=iban), "other_account")

    def test_foreign_currency_is_refused(self):
        content = self._bytes([self._movement("5.00", "x")])
        self.assertRefused(content.replace(b"EUR", b"USD"), "other_currency")

    def test_wrong_balance_is_refused(self):
        content = self._bytes([self._movement("5.00", "x")])
        self.assertRefused(content.replace(b">1005.00<", b">1006.00<"), "balance")

    def test_entry_of_the_future_is_refused(self):
        day = DAY + timedelta(days=30)
        content = self._bytes([self._movement("5.00", "x", day=day)], day=day)
        self.assertRefused(content, "future")

    def test_refused_file_says_what_it_is(self):
        content = self._bytes([self._movement("5.00", "x")])
        file = self._receive(content.replace(b">1005.00<", b">1006.00<"))
        self.assertEqual((file.kind, file.state), ("camt.053.001.08", "refused"))

    def test_document_type_is_refused(self):
        content = self._bytes([]).replace(b"<Document", b"<!DOCTYPE x><Document", 1)
        self.assertRefused(content, "xml_document_type")

    def test_file_that_breaks_off_is_refused(self):
        self.assertRefused(self._bytes([self._movement("5", "x")])[:-40], "xml_broken")

    def test_bomb_is_refused(self):
        self.assertRefused(gzip.compress(b"\0" * 2**25, 9), "gzip_ratio")

    def test_other_format_about_booked_days_is_refused(self):
        movement = self._movement("5.00", "x")
        self._book(movement)
        day = Day(COMPANY_IBAN, 1, DAY, Decimal(1000), [movement])
        self.assertRefused(norma43_writer.write([day]), "overlap")

    def test_norma43_is_booked_like_camt(self):
        bill = self._create_bill(self.payer, 24.2)
        movement = self._movement("24.20", f"Pago {bill.name}")
        day = Day(COMPANY_IBAN, 1, DAY, Decimal(1000), [movement])
        file = self._receive(norma43_writer.write([day]), "n43.txt")
        self.assertEqual(file.state, "checked", file.error_message)
        file.book()
        self.assertEqual(file.kind, "norma43")
        self.assertEqual(self._parts(file).rule, "bill")
        self.assertTrue(file.statement_ids.is_complete)

    def test_missing_statement_is_told(self):
        self._book(self._movement("5.00", "x"))
        later = DAY + timedelta(days=1)
        file = self._book(
            self._movement("6.00", "y", day=later), opening="1500", day=later
        )
        self.assertIn("missing", file.warning_message)
        self.assertFalse(file.statement_ids.is_valid)

    def test_number_left_out_is_told(self):
        self._book(self._movement("5.00", "x"), number=7)
        later = DAY + timedelta(days=1)
        file = self._book(
            self._movement("6.00", "y", day=later),
            opening="1005",
            day=later,
            number=9,
        )
        self.assertIn("number 9", file.warning_message)

    def test_statement_that_follows_is_told_nothing(self):
        self._book(self._movement("5.00", "x"), number=7)
        later = DAY + timedelta(days=1)
        file = self._book(
            self._movement("6.00", "y", day=later),
            opening="1005",
            day=later,
            number=8,
        )
        self.assertFalse(file.warning_message)
        self.assertTrue(file.statement_ids.is_valid)

    def test_api_takes_a_file_and_tells_what_became_of_it(self):
        content = base64.b64encode(self._bytes([self._movement("5.00", "x")])).decode()
        (answer,) = self.File.upload("api.xml", content)
        self.assertEqual(answer["state"], "booked")
        self.assertEqual((answer["entries"], answer["exceptions"]), (1, 1))
        (answer,) = self.File.upload("bad.xml", base64.b64encode(b"<x/>").decode())
        self.assertEqual(answer["error_code"], "unknown_format")
        with self.assertRaisesRegex(UserError, "base64"):
            self.File.upload("bad.xml", "%%%")

    def test_wizard_takes_several_files_at_once(self):
        contents = [self._bytes([self._movement("5.00", "x")]), b"<nonsense/>"]
        attachments = self.env["ir.attachment"].create(
            [
                {"name": f"{number}.xml", "raw": content}
                for number, content in enumerate(contents)
            ]
        )
        wizard = self.env["telecom.bank.upload"].create(
            {"attachment_ids": attachments.ids}
        )
        action = wizard.action_upload()
        files = self.File.search(action["domain"])
        self.assertEqual(sorted(files.mapped("state")), ["booked", "refused"])

    def test_upload_button_of_oca_goes_through_our_checks(self):
        content = self._bytes([self._movement("5.00", "x")])
        Import = self.env["account.statement.import"]
        vals = {"statement_filename": "oca.xml"}
        wizard = Import.create({**vals, "statement_file": base64.b64encode(content)})
        result = wizard._import_file()
        self.assertEqual(len(result["statement_ids"]), 1)
        with self.assertRaisesRegex(UserError, "imported already"):
            wizard._import_file()
        broken = Import.create(
            {**vals, "statement_file": base64.b64encode(content[:-40])}
        )
        with self.assertRaisesRegex(UserError, "well-formed"):
            broken._import_file()
        with self.assertRaisesRegex(UserError, "nothing else"):
            wizard._parse_file(content)

    def test_files_are_neither_made_nor_changed_by_hand(self):
        with self.assertRaisesRegex(UserError, "by hand"):
            self.File.create({"name": "x", "content_sha256": "0"})
        file = self._receive(self._bytes([]))
        for vals in ({"state": "booked"}, {"entry_count": 3}):
            with self.assertRaisesRegex(UserError, "cannot be written"):
                file.write(vals)

    def test_facts_of_the_bank_are_not_written_by_hand(self):
        user = new_test_user(
            self.env, "facts", groups="somconnexio_base.group_telecom_accountant"
        )
        file = self._book(self._movement("5.00", "x"))
        for record in (file.entry_ids, self._parts(file)):
            with self.assertRaisesRegex(UserError, "use the buttons"):
                record.with_user(user).write({"amount": 6})
        with self.assertRaisesRegex(UserError, "use the buttons"):
            self._parts(file).with_user(user).write({"state": "matched"})

    def test_booked_file_cannot_be_deleted(self):
        file = self._book(self._movement("5.00", "x"))
        with self.assertRaisesRegex(UserError, "kept"):
            file.unlink()

    def test_roles_do_what_is_theirs(self):
        content = self._bytes([self._movement("5.00", "x")])
        roles = {
            role: new_test_user(
                self.env, role, groups=f"somconnexio_base.group_telecom_{role}"
            )
            for role in ("agent", "accountant", "technician", "billing_manager")
        }
        for role in ("agent", "technician", "billing_manager"):
            with self.assertRaises(AccessError):
                self.File.with_user(roles[role]).receive(content, "x.xml")
        file = self.File.with_user(roles["accountant"]).receive(content, "x.xml")
        file.book()
        self.assertEqual(file.state, "booked")
        parts = self._parts(file)
        parts.with_user(roles["accountant"]).action_try_again()
        parts.with_user(roles["agent"]).read(["amount", "reason"])
        for user in (roles["agent"], roles["billing_manager"]):
            with self.assertRaises(AccessError):
                parts.with_user(user).action_try_again()
            with self.assertRaises(AccessError):
                file.with_user(user).read(["content"])
        for user in (roles["technician"],):
            with self.assertRaises(AccessError):
                parts.with_user(user).read(["amount"])

    def test_files_of_another_company_are_not_seen(self):
        file = self._book(self._movement("5.00", "x"))
        other = self.env["res.company"].create({"name": "Other cooperative"})
        user = new_test_user(
            self.env,
            "elsewhere",
            groups="somconnexio_base.group_telecom_accountant",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        for record in (file, file.entry_ids, self._parts(file)):
            with self.assertRaises(AccessError):
                record.with_user(user).read(["company_id"])

    def _assert_unique(self, model, vals):
        """Assert that the database refuses a second row."""
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            with self.env.cr.savepoint():
                self.env[model].sudo().create(vals)
                self.env.flush_all()

    def test_the_same_entry_is_refused_by_the_database(self):
        entry = self._book(self._movement("5.00", "x")).entry_ids
        self._assert_unique("telecom.bank.entry", entry.copy_data()[0])

    def test_the_same_return_is_refused_by_the_database(self):
        vals = {
            "company_id": self.company.id,
            "origin": "entry",
            "end_to_end_reference": "E1",
            "day": "2026-10-20",
            "bank_reference": "A",
        }
        first = self.env["telecom.returned.debit"].create(vals)
        self._assert_unique("telecom.returned.debit", {**vals, "bank_reference": "B"})
        first.state = "reversed"
        self.env.flush_all()
        self._assert_unique("telecom.returned.debit", vals)
        self.assertTrue(first.create({**vals, "bank_reference": "B"}))
