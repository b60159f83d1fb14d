# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from decimal import Decimal

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.somconnexio_base.spreadsheet import read_table
from odoo.addons.somconnexio_base.tests.common import NOW

from ..models.desk.board_tiles import TILES
from .desk_common import DeskCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestDesk(DeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.before = cls._board_counts()
        cls.account = cls._create_payer("Payer")
        cls.account.collection_method = "transfer"
        cls.old = cls._create_bill(
            cls.account, 30, bill_date="2026-08-03", due_date="2026-08-10"
        )
        cls.paid = cls._create_bill(
            cls.account, 20, bill_date="2026-09-03", due_date="2026-09-10"
        )
        cls.new = cls._create_bill(
            cls.account, 10, bill_date="2026-10-03", due_date="2026-10-20"
        )
        cls.account._receive_payment(
            Decimal("20.00"), "2026-09-12", cls.bank_journal, "T1", bills=cls.paid
        )

    @classmethod
    def _board_counts(cls):
        """Return {tile: (number, amount)} of the company."""
        rows = cls.env["telecom.payment.board"].search(
            [("company_id", "=", cls.company.id)]
        )
        return {row.code: (row.item_count, row.amount) for row in rows}

    def _close(self, month="2026-09-01"):
        return self._as("accountant", self.env["telecom.month.close"]).create(
            {"month_date": month, "company_id": self.company.id}
        )

    def _line(self, close, code):
        return close.line_ids.filtered(lambda line: line.code == code)

    def _all_accepted(self, close):
        for line in close.line_ids.filtered(lambda one: one.state == "look"):
            line.reason = "Known"
            line.action_accept()

    def test_ageing_puts_each_bill_into_its_month_and_age(self):
        Ageing = self._as("accountant", self.env["telecom.receivable.ageing"])
        rows = Ageing.search([("billing_account_id", "=", self.account.id)])
        found = {
            row.move_id: (row.bucket, row.open_amount, str(row.bill_month_date))
            for row in rows
        }
        self.assertEqual(found[self.old], ("4_90", 30, "2026-08-01"))
        self.assertEqual(found[self.paid], ("0_paid", 0, "2026-09-01"))
        self.assertEqual(found[self.new], ("1_not_due", 10, "2026-10-01"))
        groups = Ageing._read_group(
            [("billing_account_id", "=", self.account.id)],
            ["bill_month_date:month", "bucket"],
            ["billed_amount:sum", "settled_amount:sum"],
        )
        self.assertEqual(len(groups), 3)
        self.assertEqual(sum(group[3] for group in groups), 20)

    def test_ageing_is_one_query_for_any_number_of_bills(self):
        Ageing = self.env["telecom.receivable.ageing"]
        self.env.flush_all()
        with self.assertQueryCount(1):
            Ageing._read_group(
                [("company_id", "=", self.company.id)],
                ["bucket"],
                ["open_amount:sum"],
            )

    def test_expected_and_received_are_told_apart_by_day_and_way(self):
        Item = self._as("accountant", self.env["telecom.cash.item"])
        rows = Item.search([("billing_account_id", "=", self.account.id)])
        told = {
            (str(row.day), row.way): (row.expected_amount, row.received_amount)
            for row in rows
        }
        self.assertEqual(told[("2026-08-10", "transfer")], (30, 0))
        self.assertEqual(told[("2026-10-20", "transfer")], (10, 0))
        self.assertEqual(told[("2026-09-12", "other")], (0, 20))
        due = rows.filtered(lambda row: str(row.day) == "2026-08-10")
        action = due.action_open()
        self.assertEqual(action["res_id"], self.old.id)

    def test_board_counts_what_its_links_open(self):
        self._left_member(iban=None).action_refund()
        Board = self._as("accountant", self.env["telecom.payment.board"])
        rows = Board.search([("company_id", "=", self.company.id)])
        known = [tile.code for tile in TILES if tile.model in self.env]
        self.assertEqual(rows.mapped("code"), known)
        for row in rows:
            action = row.action_open()
            with self.subTest(row.code):
                found = self.env[action["res_model"]].search_count(action["domain"])
                self.assertEqual(row.item_count, found)
        for code, added in (
            ("bills_overdue", (1, 30)),
            ("refunds_to_approve", (1, 100)),
        ):
            number, amount = self.before[code]
            found = self._board_counts()[code]
            self.assertEqual(found, (number + added[0], amount + added[1]))

    def test_board_is_one_query(self):
        Board = self.env["telecom.payment.board"]
        fields_shown = ["code", "item_count", "amount"]
        Board.search_fetch([], fields_shown)
        self.env.flush_all()
        with self.assertQueryCount(1):
            Board.search_fetch([("company_id", "=", self.company.id)], fields_shown)

    def test_figures_are_those_of_the_month(self):
        close = self._close()
        bills = self._line(close, "bills_receivable")
        rows = self.env["account.move"].search(bills.action_open_expected()["domain"])
        self.assertIn(self.paid, rows)
        self.assertFalse((self.old | self.new) & rows)
        self.assertEqual(bills.figure, sum(rows.mapped("amount_total_signed")))
        self.assertEqual((bills.expected, bills.state), (bills.figure, "right"))
        self.assertEqual(self._line(close, "credit_left").state, "right")
        capital = self._line(close, "capital_subscribed")
        self.assertEqual(capital.figure, capital.expected)

    def test_draft_and_credit_are_found(self):
        self._create_bill(self.account, 5, bill_date="2026-09-20").button_draft()
        other = self._create_payer("Other")
        other._receive_payment(Decimal("7.00"), "2026-09-15", self.bank_journal, "much")
        close = self._close()
        drafts = self._line(close, "drafts_left")
        self.assertEqual((drafts.figure, drafts.state), (1, "look"))
        self.assertEqual(self._line(close, "credit_left").figure, 7)

    def test_difference_is_accepted_with_a_reason_until_it_changes(self):
        bill = self._create_bill(self.account, 5, bill_date="2026-09-20")
        bill.button_draft()
        close = self._close()
        line = self._line(close, "drafts_left")
        with self.assertRaisesRegex(UserError, "write why you accept"):
            line.action_accept()
        line.reason = "Waits for the member"
        line.action_accept()
        self.assertEqual(line.accepted_by_id, self.users["accountant"])
        close.action_refresh()
        self.assertEqual(line.state, "accepted")
        self._create_bill(self.account, 6, bill_date="2026-09-21").button_draft()
        close.action_refresh()
        self.assertEqual((line.state, line.figure), ("look", 2))
        self.assertFalse(line.accepted_by_id)

    def test_close_needs_every_line_and_locks_the_month(self):
        self._create_bill(self.account, 5, bill_date="2026-09-20").button_draft()
        close = self._close()
        with self.assertRaisesRegex(UserError, "left as a draft"):
            close.action_close()
        drafts = self.env["account.move"].search([("state", "=", "draft")])
        drafts.filtered(lambda move: str(move.date) < "2026-10-01").unlink()
        close.action_refresh()
        self._all_accepted(close)
        close.action_close()
        self.assertEqual(
            (close.state, close.closed_by_id), ("closed", self.users["accountant"])
        )
        self.assertEqual(str(self.company.fiscalyear_lock_date), "2026-09-30")
        with self.assertRaisesRegex(UserError, "is closed"):
            self._line(close, "credit_left").reason = "Later"
        with self.assertRaisesRegex(UserError, "is closed"):
            close.unlink()
        with self.assertRaisesRegex(UserError, "write why it is opened"):
            close.action_reopen()
        close.reopen_reason = "A bill was missing"
        close.action_reopen()
        self.assertEqual(
            (close.state, self.company.fiscalyear_lock_date), ("open", False)
        )

    def test_months_are_closed_in_their_order_and_when_they_are_over(self):
        first, second = self._close("2026-08-15"), self._close("2026-09-01")
        self.assertEqual(str(first.month_date), "2026-08-01")
        self._all_accepted(first)
        self._all_accepted(second)
        with self.assertRaisesRegex(UserError, "Close 2026-08"):
            second.action_close()
        with self.assertRaisesRegex(UserError, "has not ended"):
            self._close("2026-10-01").action_close()
        with self.assertRaisesRegex(ValidationError, "has not begun"):
            self._close("2026-11-01")

    def test_checklist_is_written_as_a_spreadsheet(self):
        close = self._close()
        action = close.action_export()
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", close._name), ("res_id", "=", close.id)]
        )
        self.assertIn(f"/{attachment.id}?", action["url"])
        columns = (
            "What is looked at",
            "Figure",
            "Expected",
            "Difference",
            "State",
            "Reason",
            "Accepted by",
            "Accepted on",
        )
        rows = read_table(attachment.raw, columns, columns[:1])
        self.assertEqual(
            [row["What is looked at"] for _line, row in rows],
            close.line_ids.mapped("name"),
        )

    def test_figures_are_computed_by_machines_and_closed_by_accountants(self):
        close = self._close()
        line = close.line_ids[0]
        with self.assertRaisesRegex(UserError, "use the buttons"):
            line.figure = 5
        with self.assertRaisesRegex(UserError, "use the buttons"):
            close.state = "closed"
        with self.assertRaises(AccessError):
            self._as("agent", close).read(["state"])
        with self.assertRaises(UserError):
            self._as("billing_manager", close).action_close()
        self.assertEqual(self._as("billing_manager", close).state, "open")
