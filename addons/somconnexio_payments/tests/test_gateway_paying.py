# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import json
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from odoo.addons.somconnexio_base.tests.common import NOW, TODAY

from ..gateway_protocols.outcome import Outcome
from .gateway_common import NIF, GatewayCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestGatewayPaying(GatewayCommon):
    """What a bank's payment does to the books: all of it, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gateway = cls._create_profile("plain")

    def _transaction(self, number="1", gateway=None):
        gateway = gateway or self.gateway
        return self.Transaction.search(
            [("gateway_id", "=", gateway.id), ("transaction_id", "=", number)]
        )

    def test_payment_is_booked_allocated_and_told(self):
        webhook = self.env["telecom.webhook"].create(
            {
                "name": "shop",
                "base_url": "https://shop.example/hook",
                "event_type_ids": self._ref("webhook_event_payment_received").ids,
            }
        )
        reply = self._pay(self.gateway, amount="35.00")
        transaction = self._transaction()
        payment = transaction.payment_ids
        self.assertEqual(reply.outcome, Outcome.OK)
        self.assertEqual(json.loads(reply.body)["document"], str(transaction.id))
        self.assertEqual(self.september.amount_residual, 0)
        self.assertEqual(self.october.amount_residual, 15)
        self.assertEqual(fields.Date.to_string(payment.date), TODAY)
        self.assertEqual(payment.journal_id, self.bank_journal)
        self.assertEqual(payment.memo, "Plain 1")
        self.assertEqual(transaction.billing_account_id, self.account)
        self.assertEqual(len(webhook.call_ids), 1)

    def test_same_call_again_gets_the_same_bytes_and_books_nothing(self):
        first = self._pay(self.gateway)
        for _time in range(3):
            self.assertEqual(self._pay(self.gateway).body, first.body)
        self.assertEqual(len(self._transaction().payment_ids), 1)
        self.assertEqual(self._owed(), 30)

    def test_replies_stay_the_same_after_the_profile_has_changed(self):
        first = self._pay(self.gateway)
        self.gateway.code_ids.filtered(lambda c: c.outcome == "ok").bank_code = "777"
        self.assertEqual(self._pay(self.gateway).body, first.body)

    def test_same_number_with_other_facts_is_refused_for_ever(self):
        self._pay(self.gateway, bill=self.september.name)
        other = self._create_payer("Joan Vidal", vat="40005555E")
        for changes in (
            {"amount": "20.01", "bill": self.september.name},
            {"identifier": other.code, "bill": self.september.name},
            {"bill": self.october.name},
            {},
        ):
            with self.subTest(changes):
                self.assertEqual(
                    self._pay(self.gateway, **changes).outcome, Outcome.CONFLICT
                )
        self.assertEqual(len(self._transaction().payment_ids), 1)

    def test_same_number_at_another_bank_is_another_payment(self):
        self._pay(self.gateway)
        other = self._create_profile("kassa24")
        self.assertEqual(self._pay(other).outcome, Outcome.OK)
        self.assertEqual(self._owed(), 10)

    def test_duplicates_are_told_as_such_with_the_first_numbers_where_wanted(self):
        gateway = self._create_profile("sberbank")
        first = self._pay(gateway)
        second = self._pay(gateway)
        self.assertEqual(second.outcome, Outcome.DUPLICATE)
        transaction = self._transaction(gateway=gateway)
        self.assertIn(f"<EXT_ID>{transaction.id}<", first.body.decode())
        self.assertIn(f"<EXT_ID>{transaction.id}<", second.body.decode())
        self.assertEqual(self._pay(gateway).body, second.body)

    def test_chosen_bill_is_paid_first(self):
        self._pay(self.gateway, bill=self.october.name)
        self.assertEqual(self.october.amount_residual, 10)
        self.assertEqual(self.september.amount_residual, 20)

    def test_bill_of_somebody_else_cannot_be_chosen(self):
        stranger = self._create_bill(self._create_payer("Joan Vidal"), 9)
        reply = self._pay(self.gateway, bill=stranger.name)
        self.assertEqual(reply.outcome, Outcome.NOT_FOUND)
        self.assertFalse(self._transaction())

    def test_payment_of_a_person_with_two_accounts_goes_to_the_oldest_bills(self):
        second = self._create_billing_account(self.maria)
        august = self._create_bill(second, 5, "2026-08-03", "2026-08-10")
        self._pay(self.gateway, amount="22.00")
        self.assertEqual(august.amount_residual, 0)
        self.assertEqual(self.september.amount_residual, 3)
        payments = self._transaction().payment_ids
        self.assertEqual(
            {p.telecom_billing_account_id: p.amount for p in payments},
            {second: 5, self.account: 17},
        )
        self._pay(self.gateway, amount="22.00")
        self.assertEqual(len(self._transaction().payment_ids), 2)

    def test_overpayment_is_credit_on_account(self):
        self._pay(self.gateway, amount="60.00")
        self.assertEqual(self._owed(), 0)
        credit = self._transaction().payment_ids._seek_for_lines()[1]
        self.assertEqual(credit.amount_residual, -10)
        check = json.loads(self._check(self.gateway).body)
        self.assertEqual((check["sum"], check["bills"]), ("0.00", []))

    def test_amounts_outside_the_limits_leave_no_trace(self):
        for amount, outcome in (
            ("0.00", Outcome.TOO_SMALL),
            ("3000.01", Outcome.TOO_LARGE),
        ):
            self.assertEqual(self._pay(self.gateway, amount=amount).outcome, outcome)
        reply = self._pay(self.gateway, currency="USD")
        self.assertEqual(reply.outcome, Outcome.BAD_AMOUNT)
        self.assertFalse(self._transaction())
        self.assertEqual(self._owed(), 50)

    def test_payment_of_the_future_or_of_long_ago_is_refused(self):
        for paid_at, outcome in (
            ("2026-10-17T00:00:00", Outcome.BAD_DATE),
            ("2026-08-15T00:00:00", Outcome.BAD_DATE),
            ("2026-10-16T00:00:00", Outcome.OK),
        ):
            reply = self._pay(self.gateway, paid_at=paid_at)
            self.assertEqual(reply.outcome, outcome)
        self.assertEqual(str(self._transaction().payment_ids.date), "2026-10-16")

    def test_trial_answers_alike_and_books_nothing(self):
        self.gateway.is_sandbox = True
        first = self._pay(self.gateway)
        self.assertEqual(self._pay(self.gateway).body, first.body)
        self.assertFalse(self._transaction().payment_ids)
        self.assertEqual(self._owed(), 50)
        self.gateway.is_sandbox = False
        self._pay(self.gateway)
        self.assertEqual(self._owed(), 30)

    def test_cancelled_payment_opens_the_bills_again_and_is_not_repeated(self):
        self._pay(self.gateway)
        call = self._bank_call(self.gateway, "cancel", transaction_id="1")
        first = self._serve(self.gateway, call)
        self.assertEqual(first.outcome, Outcome.OK)
        self.assertEqual(self._owed(), 50)
        transaction = self._transaction()
        self.assertEqual(transaction.state, "cancelled")
        self.assertEqual(transaction.payment_ids.state, "canceled")
        self.assertEqual(self._serve(self.gateway, call).body, first.body)
        self.assertEqual(self._pay(self.gateway).outcome, Outcome.CANCELLED)
        status = self._bank_call(self.gateway, "status", transaction_id="1")
        self.assertEqual(self._serve(self.gateway, status).outcome, Outcome.CANCELLED)

    def _cancel(self, **values):
        call = self._bank_call(self.gateway, "cancel", **values)
        return self._serve(self.gateway, call).outcome

    def test_cancelling_needs_the_window_the_number_and_the_money(self):
        self.assertEqual(self._cancel(transaction_id="1"), Outcome.NOT_FOUND)
        self._pay(self.gateway)
        transaction = self._transaction()
        for receipt in ("99999999999999999999", "2000000000"):
            self.assertEqual(self._cancel(receipt=receipt), Outcome.NOT_FOUND)
        wrong = {"transaction_id": "1", "receipt": str(transaction.id + 1)}
        self.assertEqual(self._cancel(**wrong), Outcome.CONFLICT)
        other = {"transaction_id": "1", "amount": "19.00"}
        self.assertEqual(self._cancel(**other), Outcome.CONFLICT)
        late = fields.Datetime.to_datetime(NOW) + timedelta(hours=25)
        with freeze_time(late):
            outcome = self._cancel(transaction_id="1")
        self.assertEqual(outcome, Outcome.CANCEL_IMPOSSIBLE)
        transaction.register_state = "equal"
        outcome = self._cancel(transaction_id="1")
        self.assertEqual(outcome, Outcome.CANCEL_IMPOSSIBLE)
        transaction.register_state = "waiting"
        self.assertEqual(self._cancel(receipt=str(transaction.id)), Outcome.OK)

    def test_cancelling_what_accounting_has_closed_is_refused_and_undone(self):
        self._pay(self.gateway)
        payment = self._transaction().payment_ids
        self.company.hard_lock_date = payment.date
        outcome = self._cancel(transaction_id="1")
        self.assertEqual(outcome, Outcome.CANCEL_IMPOSSIBLE)
        self.assertEqual(payment.move_id.state, "posted")
        self.assertEqual(self._transaction().state, "booked")

    def test_calls_in_another_order_do_no_harm(self):
        self.assertEqual(self._cancel(transaction_id="7"), Outcome.NOT_FOUND)
        later = {"transaction_id": "8", "paid_at": "2026-10-15T11:00:00"}
        sooner = {"transaction_id": "7", "paid_at": "2026-10-15T09:00:00"}
        for values in (later, sooner, later, sooner):
            self.assertEqual(self._pay(self.gateway, **values).outcome, Outcome.OK)
        self.assertEqual(self._cancel(transaction_id="8"), Outcome.OK)
        self.assertEqual(self._pay(self.gateway, **later).outcome, Outcome.CANCELLED)
        self.assertEqual(self._pay(self.gateway, **sooner).outcome, Outcome.OK)
        self.assertEqual(self._owed(), 30)

    def test_day_s_payments_are_listed_by_civil_day(self):
        self._pay(self.gateway)
        for day, count in (("2026-10-15", 1), ("2026-10-14", 0)):
            call = self._bank_call(self.gateway, "verify", day=day)
            rows = json.loads(self._serve(self.gateway, call).body)["payments"]
            self.assertEqual(len(rows), count)
        self.gateway.tells_list = False
        outcome = self._serve(self.gateway, call).outcome
        self.assertEqual(outcome, Outcome.FORBIDDEN)

    def test_number_of_queries_of_a_check_does_not_grow_with_the_bills(self):
        self._check(self.gateway)
        few = self._count_queries(lambda: self._check(self.gateway))
        for month in range(1, 9):
            self._create_bill(self.account, 1, f"2026-0{month}-03")
        self.env.invalidate_all()
        self._check(self.gateway)
        many = self._count_queries(lambda: self._check(self.gateway))
        self.assertLessEqual(many, few)
        self.assertEqual(
            json.loads(self._check(self.gateway, NIF).body)["sum"], "58.00"
        )
