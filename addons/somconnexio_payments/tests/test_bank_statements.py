# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import date, timedelta
from decimal import Decimal
from unittest.mock import patch

from bank_simulator.model import Movement, Part
from freezegun import freeze_time

from odoo.tests import new_test_user

from .bank_common import COLLECTION, DAY, TRANSFER, BankCommon
from .payments_common import IBANS


@freeze_time("2026-10-21 09:00:00")
class TestBankStatements(BankCommon):
    """Money of a statement finds what it is for."""

    def assertMatched(self, file, *rules):
        """Assert by which rules the transactions of a file were allocated."""
        parts = self._parts(file)
        told = [(part.state, part.rule or part.reason) for part in parts]
        self.assertEqual(told, [("matched", rule) for rule in rules])

    def assertWaits(self, file, *reasons):
        """Assert why the transactions of a file wait."""
        parts = self._parts(file)
        told = [(part.state, part.reason) for part in parts]
        self.assertEqual(told, [("exception", reason) for reason in reasons])

    def test_bill_number_in_text_pays_the_bill(self):
        bill = self._create_bill(self.payer, 24.2)
        file = self._book(self._movement("24.20", f"Factura {bill.name}, gràcies"))
        self.assertMatched(file, "bill")
        self.assertEqual(file.state, "booked")
        self.assertIn(bill.payment_state, ("paid", "in_payment"))
        self.assertEqual(bill.amount_residual, 0)

    def test_statement_is_complete_and_its_lines_are_balanced(self):
        bill = self._create_bill(self.payer, 24.2)
        file = self._book(
            self._movement("24.20", bill.name),
            self._movement("5.00", "nothing known"),
            self._movement("-3.00", "rent"),
        )
        statement = file.statement_ids
        self.assertTrue(statement.is_complete)
        self.assertEqual(statement.balance_end_real, 1026.2)
        self.assertEqual(len(statement.line_ids), 3)
        lines = statement.line_ids.sorted("internal_index")
        self.assertEqual(lines.mapped("amount"), [24.2, 5.0, -3.0])
        self.assertEqual(lines.mapped("is_reconciled"), [True, False, False])
        self.assertEqual(lines.mapped("amount_residual"), [0, -5.0, 3.0])
        for move in lines.move_id:
            self.assertEqual(move.state, "posted")
            self.assertAlmostEqual(sum(move.line_ids.mapped("balance")), 0)
        self.assertEqual(lines[-1].running_balance, 1026.2)

    def test_cast_lines_are_what_core_makes(self):
        """A line of the mould and a line of the ORM have the same stored values."""
        file = self._book(self._movement("5.00", "one"), self._movement("6.00", "two"))
        _first, cast = file.statement_ids.line_ids.sorted("id")
        made = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.journal.id,
                "statement_id": file.statement_ids.id,
                "date": cast.date,
                "amount": 6,
                "payment_ref": "two",
                "sequence": cast.sequence,
            }
        )
        self.env.flush_all()
        for records in (
            (cast, made),
            (cast.move_id, made.move_id),
            *zip(cast.move_id.line_ids, made.move_id.line_ids, strict=True),
        ):
            self._assert_alike(*records)

    def _assert_alike(self, cast, made):
        """Compare all columns but those that tell records apart."""
        apart = {
            "id", "move_id", "name", "move_name", "sequence_number", "internal_index",
            "statement_line_id", "create_date", "write_date", "invoice_date_due",
            "made_sequence_gap",
        }  # fmt: skip
        rows = []
        for record in (cast, made):
            self.env.cr.execute(
                f"SELECT to_jsonb(t) FROM {record._table} t WHERE id = %s",  # noqa: S608
                (record.id,),
            )
            row = self.env.cr.fetchone()[0]
            if record._name == "account.move.line":
                apart -= {"name"}
            rows.append({k: v or None for k, v in row.items() if k not in apart})
        self.assertEqual(*rows)

    def test_entry_made_after_the_cast_takes_the_next_number(self):
        file = self._book(*(self._movement(str(number), "x") for number in range(1, 5)))
        numbers = file.statement_ids.line_ids.move_id.mapped("sequence_number")
        later = self._expect(5, "later").move_id
        self.assertEqual(later.journal_id, self.journal)
        self.assertEqual(later.sequence_number, max(numbers) + 1)

    def test_less_than_the_bill_is_a_part_payment(self):
        bill = self._create_bill(self.payer, 24.2)
        self.assertMatched(self._book(self._movement("20.00", bill.name)), "bill")
        self.assertAlmostEqual(bill.amount_residual, 4.2)
        self.assertEqual(bill.payment_state, "partial")

    def test_more_than_the_bill_is_credit_on_account(self):
        bill = self._create_bill(self.payer, 24.2)
        file = self._book(self._movement("30.00", bill.name))
        self.assertMatched(file, "bill")
        self.assertEqual(bill.amount_residual, 0)
        line = self._parts(file).counterpart_line_id
        self.assertEqual(line.account_id, self.account_receivable)
        self.assertEqual(line.partner_id, self.payer.partner_id)
        self.assertAlmostEqual(line.amount_residual, -5.8)

    def test_two_bills_named_are_paid_when_their_sum_is_the_amount(self):
        bills = self._create_bill(self.payer, 10) | self._create_bill(self.payer, 12)
        text = " i ".join(bills.mapped("name"))
        self.assertMatched(self._book(self._movement("22.00", text)), "bill")
        self.assertEqual(bills.mapped("amount_residual"), [0, 0])

    def test_two_bills_named_and_another_amount_waits(self):
        bills = self._create_bill(self.payer, 10) | self._create_bill(self.payer, 12)
        text = " i ".join(bills.mapped("name"))
        file = self._book(self._movement("15.00", text))
        self.assertWaits(file, "ambiguous")
        self.assertEqual(sum(bills.mapped("amount_residual")), 22)

    def test_a_paid_bill_named_again_waits_for_a_person(self):
        bill = self._create_bill(self.payer, 24.2)
        self._book(self._movement("24.20", bill.name))
        later = DAY + timedelta(days=1)
        file = self._book(
            self._movement("24.20", bill.name, day=later), opening="1024.20", day=later
        )
        self.assertWaits(file, "closed")

    def test_a_bill_number_inside_another_word_is_no_reference(self):
        bill = self._create_bill(self.payer, 24.2)
        glued = "X" + bill.name.replace("/", "") + "9"
        self.assertWaits(self._book(self._movement("24.20", glued)), "no_candidate")

    def test_debit_order_as_a_whole_settles_its_expected_lines(self):
        lines = self._expect(60, "ORDER7") | self._expect(40, "ORDER7")
        movement = Movement(
            DAY, Decimal(100), COLLECTION, "B1", [], message_id="ORDER7"
        )
        self.assertMatched(self._book(movement), "batch")
        self.assertEqual(lines.mapped("reconciled"), [True, True])

    def test_debit_order_of_another_sum_waits(self):
        line = self._expect(60, "ORDER8")
        movement = Movement(DAY, Decimal(59), COLLECTION, "B2", [], message_id="ORDER8")
        self.assertWaits(self._book(movement), "amount_differs")
        self.assertFalse(line.reconciled)

    def test_one_expected_line_is_settled_by_one_of_two_movements(self):
        self._expect(60, "ORDER9")
        pair = [
            Movement(DAY, Decimal(60), COLLECTION, ref, [], message_id="ORDER9")
            for ref in ("B3", "B4")
        ]
        file = self._book(*pair)
        told = [(part.state, part.reason) for part in self._parts(file)]
        self.assertEqual(told, [("matched", False), ("exception", "closed")])

    def test_payment_of_a_bank_app_is_found_by_its_transaction(self):
        payment = self.payer._receive_payment(
            Decimal("12.50"), DAY, self.journal, "TX-0099871", key="app:TX-0099871"
        )
        file = self._book(self._movement("12.50", "Cobro app TX-0099871"))
        self.assertMatched(file, "gateway")
        self.assertTrue(payment.is_matched)

    def test_billing_account_code_pays_the_oldest_bills_first(self):
        new = self._create_bill(self.payer, 10, "2026-10-03", "2026-10-20")
        old = self._create_bill(self.payer, 10, "2026-09-03", "2026-09-20")
        file = self._book(self._movement("15.00", f"client {self.payer.code}"))
        self.assertMatched(file, "account")
        self.assertEqual((old.amount_residual, new.amount_residual), (0, 5))

    def test_billing_account_without_bills_gets_credit_once(self):
        file = self._book(self._movement("15.00", self.payer.code))
        self.assertMatched(file, "account")
        payment = self.payer.payment_ids
        self.assertEqual(payment.amount, 15)
        self.assertTrue(payment.is_matched)

    def test_iban_and_exact_amount_of_the_only_bill_is_enough(self):
        bill = self._create_bill(self.payer, 33.1)
        self._create_bill(self.payer, 44)
        file = self._book(self._movement("33.10", "quota", iban=IBANS[0]))
        self.assertMatched(file, "iban_amount")
        self.assertEqual(bill.amount_residual, 0)

    def test_iban_with_two_bills_of_the_amount_waits(self):
        self._create_bill(self.payer, 33.1)
        self._create_bill(self.payer, 33.1)
        file = self._book(self._movement("33.10", "quota", iban=IBANS[0]))
        self.assertWaits(file, "ambiguous")

    def test_iban_of_another_amount_waits(self):
        self._create_bill(self.payer, 33.1)
        file = self._book(self._movement("33.00", "quota", iban=IBANS[0]))
        self.assertWaits(file, "amount_differs")

    def test_transactions_of_one_entry_are_allocated_each(self):
        bill = self._create_bill(self.payer, 10)
        parts = [
            Part(Decimal(10), "E1", text=bill.name),
            Part(Decimal(7), "E2", text="?"),
        ]
        movement = Movement(DAY, Decimal(17), TRANSFER, "MULTI", parts)
        file = self._book(movement)
        told = self._parts(file).mapped("state")
        self.assertEqual(told, ["matched", "exception"])
        line = file.statement_ids.line_ids
        self.assertFalse(line.is_reconciled)
        self.assertEqual(line.amount_residual, -7)
        self.assertEqual(bill.amount_residual, 0)

    def test_money_by_transfer_is_told_to_who_listens(self):
        bill = self._create_bill(self.payer, 24.2)
        told = []

        def publish(_webhooks, event_type, records, details=None):
            told.append((event_type, records._webhook_payload()))

        with patch.object(type(self.env["telecom.webhook"]), "_publish", publish):
            self._book(
                self._movement("24.20", bill.name), self._movement("5.00", "unknown")
            )
        event_type, (payload,) = told[-1]
        self.assertEqual(event_type, "payment.received")
        self.assertEqual(payload["amount"], "24.20")
        self.assertEqual(payload["customer_id"], self.payer.partner_id.id)
        self.assertEqual(payload["bill_ids"], bill.ids)

    def test_months_of_a_statement_are_numbered_each(self):
        november = date(2026, 11, 2)
        with freeze_time("2026-11-03 09:00:00"):
            file = self._book(
                self._movement("1.00", "a"),
                self._movement("2.00", "b"),
                self._movement("3.00", "c", day=november),
                self._movement("4.00", "d", day=november),
            )
        moves = file.statement_ids.line_ids.move_id
        self.assertEqual(len(set(moves.mapped("name"))), 4)
        self.assertEqual(set(moves.mapped("state")), {"posted"})

    def test_a_bill_posted_later_is_found_by_looking_again(self):
        file = self._book(self._movement("24.20", "TBILL/2026/10/99001"))
        part = self._parts(file)
        self.assertWaits(file, "no_candidate")
        bill = self._create_bill(self.payer, 24.2)
        bill.payment_reference = "TBILL/2026/10/99001"
        part.action_try_again()
        self.assertMatched(file, "bill")
        self.assertEqual(bill.amount_residual, 0)
        self.assertTrue(part.statement_line_id.is_reconciled)
        self.assertEqual(part.by_hand_share, 0)

    def test_what_a_person_allocates_is_written_down(self):
        file = self._book(self._movement("9.00", "unknown"))
        line = file.statement_ids.line_ids
        line.manual_account_id = self.account_income
        part = self._parts(file)
        part._decided_by_hand()
        self.assertEqual(part.state, "by_hand")
        self.assertEqual(part.reason, "no_candidate")
        self.assertEqual(part.decided_by_id, self.env.user)
        self.assertEqual(part.by_hand_share, 1)

    def test_accountant_gives_money_that_waits_to_its_payer_in_the_reconcile_view(self):
        bill = self._create_bill(self.payer, 9)
        file = self._book(self._movement("9.00", "thank you"))
        accountant = new_test_user(
            self.env, "by_hand", "somconnexio_base.group_telecom_accountant"
        )
        line = file.statement_ids.line_ids.with_user(accountant)
        receivable = self.account_receivable
        items = bill.line_ids.filtered(lambda item: item.account_id == receivable)
        line._add_account_move_line(items.with_user(accountant))
        line.reconcile_bank_line()
        part = self._parts(file)
        self.assertEqual((part.state, part.decided_by_id), ("by_hand", accountant))
        self.assertEqual(bill.amount_residual, 0)
        line.unreconcile_bank_line()
        self.assertEqual((part.state, bill.amount_residual), ("exception", 9))

    def test_large_statement_takes_few_queries(self):
        for size, opening in ((20, "0"), (60, "210")):
            movements = [
                self._movement(str(number), f"text {number}")
                for number in range(1, size + 1)
            ]
            file = self._receive(self._bytes(movements, opening))
            count = self._count_queries(file.book)
            if size == 20:
                small = count
        self.assertLessEqual(count, small + 5)
