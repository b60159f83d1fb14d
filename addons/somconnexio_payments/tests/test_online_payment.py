# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from itertools import permutations
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.somconnexio_base.tests.common import NOW

from .desk_common import DeskCommon
from .online_common import OnlineMixin

LOGGERS = (
    "odoo.addons.payment.models.payment_transaction",
    "odoo.addons.payment.models.payment_provider",
)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestOnlinePayment(OnlineMixin, DeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_provider()

    def setUp(self):
        super().setUp()
        muted = mute_logger(*LOGGERS)
        muted.__enter__()
        self.addCleanup(muted.__exit__, None, None, None)

    def _payer_with_bills(self, *amounts):
        account = self._create_payer("Payer")
        bills = [
            self._create_bill(account, amount, due_date=f"2026-10-{day + 10}")
            for day, amount in enumerate(amounts)
        ]
        return account, bills

    def _payments(self, account):
        return self.env["account.payment"].search(
            [("telecom_billing_account_id", "=", account.id)]
        )

    def test_bill_is_paid_by_its_link(self):
        account, (bill, other) = self._payer_with_bills(10, 20)
        transaction = self._begin(bill)
        self.assertEqual(transaction.reference, bill.name)
        self._tell(transaction, "done")
        payment = self._payments(account)
        self.assertEqual((payment.amount, transaction.payment_id), (10, payment))
        self.assertEqual((bill.amount_residual, other.amount_residual), (0, 20))

    def test_payment_bears_the_reference_by_which_a_statement_finds_it(self):
        _account, (bill,) = self._payer_with_bills(10)
        transaction = self._begin(bill, reference="CARD-20261015")
        self._tell(transaction, "done")
        self.assertEqual(transaction.payment_id.payment_reference, "CARD-20261015")

    def test_whole_debt_is_one_payment_of_several_bills(self):
        account, bills = self._payer_with_bills(10, 20, 30)
        transaction = self._begin(account)
        self.assertEqual(
            (transaction.amount, transaction.reference), (60, account.code)
        )
        self._tell(transaction, "done")
        self.assertEqual(len(self._payments(account)), 1)
        self.assertEqual([bill.amount_residual for bill in bills], [0, 0, 0])

    def test_money_for_a_bill_that_was_paid_meanwhile_pays_the_next(self):
        account, (bill, other) = self._payer_with_bills(10, 20)
        first, second = self._begin(bill), self._begin(bill, reference="twice")
        self._tell(first, "done")
        self._tell(second, "done")
        self.assertEqual((bill.amount_residual, other.amount_residual), (0, 10))
        third = self._begin(account, amount=50, reference="more")
        self._tell(third, "done")
        self.assertEqual(sum(account._credit_items().mapped("amount_residual")), -40)

    def test_told_twice_is_one_payment_and_one_allocation(self):
        account, (bill,) = self._payer_with_bills(10)
        transaction = self._begin(bill)
        for _time in range(3):
            self._tell(transaction, "done")
            transaction._post_process()
        self.assertEqual(len(self._payments(account)), 1)
        self.assertEqual(len(bill.line_ids.matched_credit_ids), 1)

    @mute_logger("odoo.sql_db")
    def test_database_lets_a_transaction_have_one_payment(self):
        _account, (bill,) = self._payer_with_bills(10)
        transaction = self._begin(bill)
        self._tell(transaction, "done")
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            transaction.payment_id.copy({"payment_transaction_id": transaction.id})
            self.env.flush_all()

    def test_forged_amount_currency_or_reference_takes_no_effect(self):
        account, (bill,) = self._payer_with_bills(10)
        for changes in ({"amount": 0.01}, {"currency": "USD"}, {"amount": None}):
            transaction = self._begin(bill, reference=f"forged {changes}")
            with self.subTest(changes):
                self._tell(transaction, "done", **changes)
                self.assertEqual(transaction.state, "error")
        self.assertFalse(
            self._tell(self._begin(bill), "done", reference="nobody's reference")
        )
        self.assertFalse(self._payments(account))
        self.assertEqual(bill.amount_residual, 10)

    def test_true_message_after_a_forged_one_still_counts(self):
        _account, (bill,) = self._payer_with_bills(10)
        transaction = self._begin(bill)
        self._tell(transaction, "done", amount=0.01)
        self._tell(transaction, "done")
        self._tell(transaction, "done", amount=0.01)
        self.assertEqual((transaction.state, bill.amount_residual), ("done", 0))

    def test_message_before_the_transaction_is_there_is_taken_when_it_comes_again(self):
        _account, (bill,) = self._payer_with_bills(10)
        transaction = self._begin(bill)
        early = transaction.new({"reference": "not yet", "amount": 10})
        early.currency_id = transaction.currency_id
        self.assertFalse(self._tell(early, "done"))
        transaction.reference = "not yet"
        self._tell(transaction, "done")
        self.assertEqual(bill.amount_residual, 0)

    def test_all_orders_of_what_a_provider_tells_end_alike(self):
        for told in (
            ("pending", "authorized", "done"),
            ("pending", "authorized", "done", "canceled"),
            ("authorized", "done", "done", "error"),
        ):
            outcomes = set()
            for number, order in enumerate(sorted(set(permutations(told)))):
                account, (bill,) = self._payer_with_bills(10)
                transaction = self._begin(bill, reference=f"{told} {number}")
                for status in order:
                    if status == "error":
                        transaction._set_error("late")
                    else:
                        self._tell(transaction, status)
                outcomes.add(
                    (
                        transaction.state,
                        bill.amount_residual,
                        len(self._payments(account)),
                        len(bill.line_ids.matched_credit_ids),
                    )
                )
            with self.subTest(told):
                self.assertEqual(outcomes, {("done", 0, 1, 1)})

    def test_refund_before_or_after_the_payment_leaves_the_bill_owed(self):
        for order in permutations(("payment", "refund", "refund")):
            account, (bill,) = self._payer_with_bills(10)
            transaction = self._begin(bill, reference=f"{order} {bill.id}")
            back = self._give_back(transaction)
            for what in order:
                self._tell(transaction if what == "payment" else back, "done")
            with self.subTest(order):
                self.assertEqual((transaction.state, back.state), ("done", "done"))
                self.assertEqual(bill.amount_residual, 10)
                self.assertEqual(len(self._payments(account)), 2)
                self.assertFalse(account._credit_items())

    def test_part_given_back_is_owed_again_and_no_more(self):
        account, (bill, other) = self._payer_with_bills(10, 20)
        transaction = self._begin(account)
        self._tell(transaction, "done")
        self._tell(self._give_back(transaction, 5), "done")
        self.assertEqual(bill.amount_residual + other.amount_residual, 5)
        self.assertEqual(bill.amount_residual, 0)

    def _called(self, name="Joan"):
        member = self._create_member(name, paid=False)
        return member.call_ids.filtered(lambda call: call.state == "called")[:1]

    def test_instalment_of_share_capital_is_paid_and_the_member_joins(self):
        call = self._called()
        self._tell(self._begin(call), "done")
        self.assertEqual((call.state, call.membership_id.state), ("paid", "active"))
        self.assertEqual(
            self._account_balances(call.partner_id),
            {"100": -100, "431": 100},
        )

    def test_all_orders_of_payment_and_refund_of_capital_end_alike(self):
        for order in permutations(("payment", "payment", "refund")):
            call = self._called(f"Joan {order}")
            self.company.cooperative_call_attempts = 9
            transaction = self._begin(call, reference=f"{order} {call.id}")
            back = self._give_back(transaction)
            for what in order:
                self._tell(transaction if what == "payment" else back, "done")
            with self.subTest(order):
                self.assertEqual(call.state, "failed")
                balances = self._account_balances(call.partner_id)
                self.assertEqual(balances, {"100": -100, "558": 100})

    def test_part_of_capital_given_back_is_owed_as_an_instalment_of_its_own(self):
        call = self._called()
        transaction = self._begin(call)
        self._tell(transaction, "done")
        back = self._give_back(transaction, 40)
        for _time in range(2):
            self._tell(back, "done")
        part = call.membership_id.call_ids - call
        self.assertEqual((call.state, call.amount), ("paid", 60))
        self.assertEqual((part.state, part.amount), ("failed", 40))
        balances = self._account_balances(call.partner_id)
        self.assertEqual(balances, {"100": -100, "431": 60, "558": 40})
        self.assertEqual(call.membership_id.paid_amount, 60)
        self.assertEqual(call.membership_id.state, "active")
        self._tell(self._begin(part, reference="the rest"), "done")
        self.assertEqual((part.state, call.membership_id.paid_amount), ("paid", 100))
        self.assertEqual(
            self._account_balances(call.partner_id), {"100": -100, "431": 100}
        )

    def test_capital_given_back_in_two_parts_is_owed_whole(self):
        for order in permutations(("payment", 40, 60)):
            call = self._called(f"Joan {order}")
            self.company.cooperative_call_attempts = 9
            transaction = self._begin(call, reference=f"parts {order}")
            for what in order:
                told = transaction
                if what != "payment":
                    told = self._give_back(transaction, what)
                self._tell(told, "done")
            with self.subTest(order):
                calls = call.membership_id.call_ids
                self.assertEqual(set(calls.mapped("state")), {"failed"})
                self.assertEqual(sum(calls.mapped("amount")), 100)
                self.assertEqual(call.membership_id.paid_amount, 0)
                self.assertEqual(
                    self._account_balances(call.partner_id), {"100": -100, "558": 100}
                )

    def test_instalment_paid_in_another_way_leaves_the_money_as_credit(self):
        call = self._called()
        transaction = self._begin(call)
        call.instalment_paid("2026-10-15")
        self._tell(transaction, "done")
        payment = transaction.payment_id
        self.assertEqual(payment.destination_account_id, self.account_receivable)
        self.assertEqual(call.state, "paid")

    def test_other_systems_are_told_of_the_payment_once(self):
        published = []
        Webhook = type(self.env["telecom.webhook"])
        with self._watch(Webhook, "_publish", published):
            _account, (bill,) = self._payer_with_bills(10)
            transaction = self._begin(bill)
            self._tell(transaction, "done")
            self._tell(transaction, "done")
        told = [call for call in published if call[0] == "payment.received"]
        self.assertEqual(len(told), 1)

    def _watch(self, model, name, calls):
        """Return a patch that notes the arguments of a method."""
        original = getattr(model, name)

        def noted(self, *args, **kwargs):
            calls.append(args)
            return original(self, *args, **kwargs)

        return patch.object(model, name, noted)

    def test_bill_that_is_being_debited_is_not_offered(self):
        account, (bill, other) = self._payer_with_bills(10, 20)
        Move = type(self.env["account.move"])
        with patch.object(Move, "_is_being_debited", lambda move: move & bill):
            debt = account._online_debt()
            self.assertEqual((debt.bills, debt.amount, debt.debited), (other, 20, 1))
            self.assertFalse(bill._has_to_be_paid())
            self.assertIn("nothing to do", bill._get_online_payment_error())

    def test_reminder_ends_with_the_link_where_cards_are_taken(self):
        call = self._called()
        kind = self.env.ref("somconnexio_base.notice_kind_instalment_called")
        self.env["telecom.notice.kind"]._init_pay_links()
        self.assertTrue(kind.with_pay_link)
        self.assertNotIn("/telecom/pay/", kind._render(call.ids, "en_US")[call.id].body)
        self.provider.state = "enabled"
        body = kind._render(call.ids, "en_US")[call.id].body
        self.assertIn(call._pay_url(), body)
        self.assertIn("Pay by card or Bizum", body)
        kind.with_pay_link = False
        self.env["telecom.notice.kind"]._init_pay_links()
        self.assertNotIn("/telecom/pay/", kind._render(call.ids, "en_US")[call.id].body)

    def test_links_of_many_debts_are_a_few_queries(self):
        self.provider.state = "enabled"
        accounts = self.env["telecom.billing.account"].union(
            *(self._payer_with_bills(10, 20)[0] for _number in range(6))
        )
        bills = self.env["account.move"].search(
            [("telecom_billing_account_id", "in", accounts.ids)]
        )
        accounts[:1]._offered_pay_urls()
        for records in (accounts, bills):
            counts = []
            for some in (records[:1], records):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.cr.sql_log_count
                urls = some._offered_pay_urls()
                counts.append(self.cr.sql_log_count - before)
                self.assertTrue(all(urls[record] for record in some))
            with self.subTest(records._name):
                self.assertEqual(*counts)
                self.assertLess(counts[0], 15)

    def test_bill_names_its_link_unless_it_is_debited_or_paid(self):
        account, (bill,) = self._payer_with_bills(10)
        self.assertEqual(bill._telecom_pay_link(), "")
        self.provider.state = "enabled"
        account.collection_method = "direct_debit"
        self.assertEqual(bill._telecom_pay_link(), "")
        account.collection_method = "transfer"
        self.assertEqual(bill._telecom_pay_link(), bill.telecom_pay_url)
        self._tell(self._begin(bill), "done")
        self.assertEqual(bill._telecom_pay_link(), "")
