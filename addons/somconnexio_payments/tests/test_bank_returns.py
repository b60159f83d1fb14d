# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import date, timedelta
from decimal import Decimal
from unittest.mock import patch

from bank_simulator import status_writer
from bank_simulator.model import Movement, Part
from freezegun import freeze_time

from .bank_common import COLLECTION, RETURN, BankCommon
from .debit_common import NOW
from .payments_common import IBANS

SETTLED = date(2026, 10, 12)
RETURNED = date(2026, 10, 14)


@freeze_time(NOW)
class TestBankReturns(BankCommon):
    """A debit run goes to the bank, and some of it comes back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna = cls._create_debtor("Anna Puig", IBANS[1])
        cls.joan = cls._create_debtor("Joan Mas", IBANS[2])
        cls.bill_anna = cls._create_bill(cls.anna, 24.2)
        cls.bill_joan = cls._create_bill(cls.joan, 40)
        cls.run_ = cls._create_run()
        cls._bring_to(cls.run_, "sent")
        cls.run_.slice_ids._job_book()
        cls.order = cls.run_.order_ids
        cls.Returned = cls.env["telecom.returned.debit"]

    @classmethod
    def _debit_of(cls, bill):
        """Return the debit order line of a bill."""
        return cls.run_.line_ids.filtered(lambda line: line.debit_move_id == bill)

    @classmethod
    def _return_part(cls, bill, reason="AM04", **vals):
        """Return the transaction by which the bank takes a debit's money back."""
        line = cls._debit_of(bill)
        amount = Decimal(str(line.amount_currency)).quantize(Decimal("0.01"))
        return Part(-amount, line.name, reason=reason, **vals)

    @classmethod
    def _return(cls, bill, reason="AM04", day=RETURNED, **vals):
        """Return the movement of one returned debit."""
        part = cls._return_part(bill, reason)
        reference = f"RET{part.end_to_end_id}"
        return Movement(day, part.amount, RETURN, reference, [part], **vals)

    @classmethod
    def _credit(cls, amount, batch=None, day=SETTLED):
        """Return the movement by which the bank settles the order."""
        message = cls.order.sepa_message_id
        return Movement(
            day,
            Decimal(amount),
            COLLECTION,
            f"SETTLE{amount}",
            [],
            message_id=message,
            payment_info_id=batch or f"{message}-1",
        )

    def _book_on(self, day, *movements, **vals):
        with freeze_time(f"{day} 20:00:00"):
            return self._book(*movements, day=day, **vals)

    def _answer(self, group=None, batches=()):
        """Return the booked file of the bank's answer to the order."""
        content = status_writer.write(
            f"ANS{next(self._references)}",
            self.order.sepa_message_id,
            "pain.008.001.08",
            "2026-10-06T10:00:00",
            group,
            batches,
        )
        file = self._receive(content, "answer.xml")
        self.assertEqual(file.state, "checked", file.error_message)
        file.book()
        return file

    def _rejection(self, bill, reason="AC04"):
        line = self._debit_of(bill)
        return {
            "status": "RJCT",
            "reason": reason,
            "end_to_end_id": line.name,
            "amount": Decimal(str(line.amount_currency)),
            "bank_reference": f"S{line.name}",
        }

    def assertOpen(self, bill, amount):
        """Assert what a bill owes."""
        self.assertAlmostEqual(bill.amount_residual, amount)

    def test_credit_of_the_order_settles_the_entry_of_the_run(self):
        file = self._book_on(SETTLED, self._credit("64.20"))
        self.assertEqual(self._parts(file).rule, "batch")
        expected = self.run_.slice_ids.move_id.line_ids.filtered("debit")
        self.assertTrue(all(expected.mapped("reconciled")))

    def test_returned_debit_opens_its_bill_once_with_oca_records(self):
        self.assertOpen(self.bill_anna, 0)
        self._book_on(SETTLED, self._credit("64.20"))
        file = self._book_on(RETURNED, self._return(self.bill_anna), opening="1064.20")
        returned = file.returned_debit_ids
        self.assertEqual(returned.state, "booked")
        self.assertEqual(returned.bill_id, self.bill_anna)
        self.assertEqual(returned.billing_account_id, self.anna)
        self.assertOpen(self.bill_anna, 24.2)
        self.assertOpen(self.bill_joan, 0)
        self.assertTrue(self.bill_anna.returned_payment)
        oca = returned.return_line_id.return_id
        self.assertEqual(oca.state, "done")
        self.assertEqual(oca.line_ids.reason_id.code, "AM04")
        part = self._parts(file)
        self.assertEqual((part.state, part.rule), ("matched", "end_to_end"))
        self.assertTrue(file.statement_ids.line_ids.is_reconciled)
        outstanding = oca.move_id.line_ids.filtered("credit")
        self.assertTrue(outstanding.reconciled)

    def test_return_told_by_three_files_is_one(self):
        movement = self._return(self.bill_anna)
        with freeze_time("2026-10-14 20:00:00"):
            for message in ("camt.054", "camt.052", "camt.053"):
                self._book(movement, day=RETURNED, message=message)
            resent = self._receive(self._bytes([movement], day=RETURNED, number=4711))
            resent.book()
        self.assertEqual(resent.duplicate_count, 1)
        self.assertFalse(resent.statement_ids)
        returned = self.Returned.search([("bill_id", "=", self.bill_anna.id)])
        self.assertEqual(len(returned), 1)
        self.assertOpen(self.bill_anna, 24.2)
        self.assertEqual(len(self.bill_anna.line_ids.matched_credit_ids), 0)

    def test_answer_and_statement_about_one_debit_are_one_return(self):
        file = self._answer(
            {"status": "PART"},
            [
                {
                    "id": f"{self.order.sepa_message_id}-1",
                    "transactions": [self._rejection(self.bill_anna)],
                }
            ],
        )
        self.assertEqual(file.returned_debit_ids.state, "booked")
        self.assertOpen(self.bill_anna, 24.2)
        again = self._book_on(RETURNED, self._return(self.bill_anna, "AC04"))
        self.assertFalse(again.returned_debit_ids)
        self.assertOpen(self.bill_anna, 24.2)

    def test_credit_less_what_was_rejected_settles_the_order(self):
        self._answer(
            None,
            [
                {
                    "id": f"{self.order.sepa_message_id}-1",
                    "transactions": [self._rejection(self.bill_anna)],
                }
            ],
        )
        file = self._book_on(SETTLED, self._credit("40.00"))
        self.assertEqual(self._parts(file).rule, "batch")
        expected = self.run_.slice_ids.move_id.line_ids.filtered("debit")
        self.assertTrue(expected.reconciled)

    def test_batch_that_is_rejected_opens_all_its_bills(self):
        batch = f"{self.order.sepa_message_id}-1"
        self._answer(None, [{"id": batch, "status": "RJCT", "reason": "FF01"}])
        self.assertOpen(self.bill_anna, 24.2)
        self.assertOpen(self.bill_joan, 40)

    def test_order_that_is_rejected_takes_the_run_back(self):
        self._answer({"status": "RJCT", "reason": "FF01"})
        self.assertEqual(self.run_.state, "rejected")
        self.assertOpen(self.bill_anna, 24.2)
        self.assertFalse(self.Returned.search([("bill_id", "=", self.bill_anna.id)]))

    def _filed_run(self):
        """Return a run whose file is written; nobody has noted it as sent."""
        self._create_bill(self.anna, 11)
        return self._bring_to(self._create_run(), "filed")

    def _answer_to(self, order, *args):
        self.order = order
        self.addCleanup(delattr, self, "order")
        return self._answer(*args)

    def test_answer_to_a_run_not_noted_as_sent_tells_that_the_bank_has_it(self):
        run = self._filed_run()
        self._answer_to(run.order_ids, {"status": "ACTC"})
        self.assertEqual(run.state, "sent")

    def test_rejection_of_a_run_not_noted_as_sent_takes_it_back(self):
        run = self._filed_run()
        late = max(run.line_ids.mapped("date"))
        with freeze_time(f"{late} 12:00:00"):
            self._answer_to(run.order_ids, {"status": "RJCT", "reason": "FF01"})
        self.assertEqual(run.state, "rejected")
        self.assertEqual(run.rejection_reason, "FF01")

    def test_order_that_is_accepted_changes_nothing(self):
        file = self._answer({"status": "ACTC"})
        self.assertEqual(file.status_ids.status, "ACTC")
        self.assertFalse(file.returned_debit_ids)
        self.assertOpen(self.bill_anna, 0)

    def test_answer_to_an_order_of_others_is_refused(self):
        content = status_writer.write(
            "A1",
            "NOT-OURS",
            "pain.008.001.08",
            "2026-10-06T10:00:00",
            {"status": "ACTC"},
        )
        file = self._receive(content)
        self.assertEqual((file.state, file.error_code), ("refused", "order_unknown"))

    def test_return_without_a_debit_of_ours_waits_and_says_so(self):
        part = Part(Decimal("-5.00"), "NOT-OURS-1", reason="AM04")
        movement = Movement(RETURNED, part.amount, RETURN, "RETX", [part])
        file = self._book_on(RETURNED, movement)
        returned = file.returned_debit_ids
        self.assertEqual(returned.state, "waiting")
        self.assertEqual(returned.waiting_reason, "unknown")
        self.assertEqual(self._parts(file).reason, "return_waits")

    def test_return_of_another_amount_waits(self):
        part = self._return_part(self.bill_anna)
        part.amount = Decimal("-24.00")
        movement = Movement(RETURNED, part.amount, RETURN, "RETY", [part])
        returned = self._book_on(RETURNED, movement).returned_debit_ids
        self.assertEqual(returned.waiting_reason, "amount_differs")
        self.assertOpen(self.bill_anna, 0)

    def test_return_before_booking_waits_until_the_debit_is_booked(self):
        bill = self._create_bill(self.joan, 11)
        self.company.telecom_debit_booking = "due"
        run = self._create_run()
        self._bring_to(run, "sent")
        line = run.line_ids.filtered(lambda one: one.debit_move_id == bill)
        part = Part(Decimal("-11.00"), line.name, reason="AC06")
        movement = Movement(RETURNED, part.amount, RETURN, "RETZ", [part])
        file = self._book_on(RETURNED, movement)
        returned = file.returned_debit_ids
        self.assertEqual(returned.waiting_reason, "not_booked")
        with freeze_time("2026-10-15 08:00:00"):
            run.slice_ids._job_book()
            self.assertOpen(bill, 0)
            returned.action_try_again()
            self.assertEqual(returned.state, "booked")
            self.assertOpen(bill, 11)
            self._parts(file).action_try_again()
        self.assertEqual(self._parts(file).state, "matched")

    def test_return_that_the_bank_takes_back_pays_the_bill_again(self):
        self._book_on(RETURNED, self._return(self.bill_anna))
        self.assertOpen(self.bill_anna, 24.2)
        part = self._return_part(self.bill_anna)
        part.amount = -part.amount
        day = RETURNED + timedelta(days=1)
        movement = Movement(day, part.amount, RETURN, "BACK1", [part], is_reversal=True)
        file = self._book_on(day, movement, opening="975.80")
        self.assertEqual(self._parts(file).rule, "reversal")
        self.assertOpen(self.bill_anna, 0)
        returned = self.Returned.search([("bill_id", "=", self.bill_anna.id)])
        self.assertEqual(returned.state, "reversed")

    def test_no_funds_is_debited_again_twice_at_most(self):
        rule = self.env.ref("somconnexio_payments.return_rule_am04")
        self.assertEqual((rule.retry_days, rule.retry_limit), (7, 2))
        file = self._book_on(RETURNED, self._return(self.bill_anna))
        returned = file.returned_debit_ids
        self.assertEqual(returned.retry_date, date(2026, 10, 21))
        wish = self.env["telecom.debit.wish"].search(
            [("move_id", "=", self.bill_anna.id)]
        )
        self.assertEqual(len(wish), 1)
        for number in (2, 3):
            more = self.Returned.create(
                {
                    "company_id": self.company.id,
                    "origin": "entry",
                    "end_to_end_reference": f"MORE{number}",
                    "day": RETURNED,
                    "amount": 24.2,
                    "rule_id": rule.id,
                    "bill_id": self.bill_anna.id,
                    "state": "booked",
                }
            )
            with patch.object(type(self.bill_anna), "_debit_again") as again:
                more._retry_later(rule)
            self.assertEqual(again.called, number == 2)

    def test_closed_account_stops_the_mandate_and_is_not_retried(self):
        file = self._book_on(RETURNED, self._return(self.bill_anna, "AC04"))
        self.assertEqual(self._debit_of(self.bill_anna).mandate_id.state, "cancel")
        self.assertFalse(file.returned_debit_ids.retry_date)

    def test_fee_is_a_bill_of_its_own(self):
        rule = self.env.ref("somconnexio_payments.return_rule_ms02")
        rule.fee_product_id = self._create_offering("Return fee", 3)
        rule.fee_product_id.property_account_income_id = self.account_income
        rule.fee_product_id.taxes_id = False
        file = self._book_on(RETURNED, self._return(self.bill_anna, "MS02"))
        fee = file.returned_debit_ids.fee_move_id
        self.assertEqual((fee.state, fee.amount_total), ("posted", 3))
        self.assertEqual(fee.telecom_billing_account_id, self.anna)

    def test_payer_is_told_with_the_words_of_the_reason(self):
        self._book_on(RETURNED, self._return(self.bill_anna))
        notice = self.env["telecom.notice"].search(
            [("kind_id.code", "=", "debit_returned")]
        )
        self.assertEqual(notice.partner_id, self.anna.partner_id)

    def test_unknown_reason_follows_the_rule_for_the_others(self):
        file = self._book_on(RETURNED, self._return(self.bill_anna, "ZZ99"))
        returned = file.returned_debit_ids
        self.assertEqual(returned.rule_id.code, "OTHER")
        self.assertEqual(returned.reason_code, "ZZ99")
        self.assertTrue(returned.activity_ids)

    def test_periods_of_the_payer_run_from_the_debit(self):
        returned = self._book_on(
            RETURNED, self._return(self.bill_anna)
        ).returned_debit_ids
        self.assertEqual(returned.debited_date, SETTLED)
        self.assertEqual(returned.refund_until_date, date(2026, 12, 7))
        self.assertEqual(returned.unauthorised_until_date, date(2027, 11, 12))

    def test_many_returns_of_one_entry_take_few_queries(self):
        parts = [self._return_part(bill) for bill in (self.bill_anna, self.bill_joan)]
        total = sum(part.amount for part in parts)
        movement = Movement(RETURNED, total, RETURN, "MANY", parts)
        file = self._book_on(RETURNED, movement)
        self.assertEqual(file.returned_debit_ids.mapped("state"), ["booked"] * 2)
        self.assertEqual(len(file.returned_debit_ids.return_line_id.return_id), 1)
        self.assertTrue(file.statement_ids.line_ids.is_reconciled)
        self.assertOpen(self.bill_anna, 24.2)
        self.assertOpen(self.bill_joan, 40)

    def test_return_of_the_bank_is_not_undone_by_a_button(self):
        returned = self._book_on(
            RETURNED, self._return(self.bill_anna)
        ).returned_debit_ids
        with self.assertRaisesRegex(Exception, "only a reversal by the bank"):
            returned.return_line_id.return_id.action_cancel()
