# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .dunning_common import DunningCommon


@tagged("post_install", "-at_install")
class TestDunningServices(DunningCommon):
    """Which services of a person are touched: those that are unpaid, and no others."""

    def _claim(self, bill, amount, subscription=None):
        return self.env["telecom.payment.dispute"].create(
            {
                "bill_id": bill.id,
                "amount": amount,
                "subscription_id": subscription and subscription.id,
                "reason": "It did not work",
            }
        )

    def _shares(self):
        """Return {subscription: what dunning asks for it}."""
        lines = self._case().line_ids
        return {line.subscription_id: line.amount for line in lines}

    def test_person_with_two_accounts_loses_the_service_that_is_unpaid_alone(self):
        second = self._create_billing_account(self.account.partner_id)
        with freeze_time("2026-09-01 10:00:00"):
            fibre = self._create_subscription(account=second, state="active")
        self._create_service_bill({self.mobile: 30})
        paid = self._create_service_bill({self.other: 20})
        self._receive("20.00", "2026-10-05", bills=paid)
        third = self._create_service_bill({fibre: 40}, account=second)
        self._receive("40.00", "2026-10-05", account=second, bills=third)
        self._reach_suspension()
        self.assertEqual(self.mobile.telecom_state, "suspended")
        self.assertEqual({self.other.telecom_state, fibre.telecom_state}, {"active"})
        self.assertFalse(second.dunning_case_ids)

    def test_claim_about_a_service_leaves_the_others_of_the_bill_owed(self):
        bill = self._create_service_bill({self.mobile: 30, self.other: 35})
        claim = self._claim(bill, 35, self.other)
        self._reach_suspension()
        self.assertEqual(self._shares(), {self.mobile: 30})
        self.assertEqual(self.mobile.telecom_state, "suspended")
        self.assertEqual(self.other.telecom_state, "active")
        claim.subscription_id = False
        # 30 are left of 65, over both by what they cost.
        self.assertEqual(claim.amount, 65)
        claim.amount = 35
        self.assertEqual(self._shares(), {self.mobile: 13.85, self.other: 16.15})

    def test_claim_about_a_service_proposes_what_the_bill_charges_for_it(self):
        bill = self._create_service_bill({self.mobile: 30, self.other: 35})
        claim = self.env["telecom.payment.dispute"].new(
            {"bill_id": bill.id, "subscription_id": self.other.id}
        )
        self.assertEqual(claim.amount, 35)
        self.assertEqual(len(claim.charged_subscription_ids), 2)
        with self.assertRaisesRegex(ValidationError, "cannot be about more"):
            self._claim(bill, 36, self.other)

    def test_undisputed_rest_that_is_paid_leaves_nothing_to_be_asked_for(self):
        bill = self._create_service_bill({self.mobile: 30, self.other: 35})
        self._claim(bill, 35, self.other)
        self._receive("30.00", "2026-10-06")
        self.assertEqual(self._act("2026-11-09"), "nothing")
        self.assertEqual(self._case().stop, "claim")
        self.assertFalse(any(self._shares().values()))

    def test_service_whose_bill_is_being_debited_is_not_touched_for_another_bill(self):
        self._create_service_bill({self.mobile: 30})
        debited = self._create_service_bill({self.other: 20})
        self._reach_notice()
        order = self._debit(debited)
        self._reach(("2026-11-05",))
        self.assertEqual(self.mobile.telecom_state, "suspended")
        self.assertEqual(self.other.telecom_state, "active")
        # What is being debited is not paid: nothing is given back for it.
        self.assertEqual(self._shares(), {self.mobile: 30, self.other: 20})
        self.assertFalse(self._case()._lines_to_give_back())
        order.action_cancel()
        self._act("2026-11-06")
        self.assertEqual(str(self._lines_of(self.other).oldest_due_date), "2026-10-05")

    def _debit(self, bill):
        """Return a debit order made by hand that has a bill."""
        mode = self.bank_journal.inbound_payment_method_line_ids[:1]
        order = self.env["account.payment.order"].create(
            {"payment_type": "inbound", "payment_method_line_id": mode.id}
        )
        receivable = bill.line_ids.filtered(
            lambda line: line.account_id == self.account_receivable
        )
        self.env["account.payment.line"].create(
            {
                "order_id": order.id,
                "move_line_id": receivable.id,
                "partner_id": self.account.partner_id.id,
                "amount_currency": bill.amount_residual,
                "currency_id": self.company.currency_id.id,
                "communication": bill.name,
            }
        )
        return order

    def _lines_of(self, subscription):
        """Return the line of a subscription in the case."""
        return self._case().line_ids.filtered(
            lambda line: line.subscription_id == subscription
        )

    def test_data_is_barred_before_calls_and_what_comes_in_never_is(self):
        self._step("again").action = "restrict_data"
        self._step("notice").action = "restrict_outgoing"
        self._create_service_bill({self.mobile: 30})
        self._reach(("2026-10-08", "2026-10-19"))
        self.assertEqual(self.mobile.restriction_kind, "data")
        self._reach(("2026-10-26",))
        self.assertEqual(self.mobile.restriction_kind, "outgoing")
        self.assertEqual(self.mobile.telecom_state, "active")
        self.assertEqual(self._case().state, "restricted")
        self.assertFalse(self.other.restriction_kind)

    def test_few_cents_of_an_old_bill_do_not_make_a_new_bill_old(self):
        self._create_service_bill({self.mobile: 30}, due_date="2026-08-05")
        self._receive("29.99", "2026-08-06")
        self._create_service_bill({self.mobile: 30})
        self._act("2026-10-06")
        case = self._case()
        self.assertEqual(str(case.oldest_due_date), "2026-10-05")
        self.assertEqual(str(case.line_ids.oldest_due_date), "2026-10-05")
        self.assertEqual(str(case.next_date), "2026-10-08")

    def test_suspending_many_takes_as_many_queries_whatever_their_number(self):
        accounts = self.account
        self._create_service_bill({self.mobile: 30})
        for number in range(5):
            payer = self._create_payer(f"Payer {number}")
            with freeze_time("2026-09-01 10:00:00"):
                line = self._create_subscription(account=payer, state="active")
            self._create_service_bill({line: 30}, account=payer)
            accounts |= payer
        for day in ("2026-10-08", "2026-10-17", "2026-10-21"):
            for account in accounts:
                self._act(day, account)
                self._hand_over(day, account)
        day = self.env["telecom.dunning.run"].new({"date": "2026-11-05"}).date

        def suspend(some):
            with freeze_time("2026-11-05 09:00:00"):
                outcomes = self.Case._act_on(self.company, day, some.ids)
            self.assertEqual(set(outcomes.values()), {"done"})

        suspend(accounts[0])
        few = self._count_queries(lambda: suspend(accounts[1]))
        many = self._count_queries(lambda: suspend(accounts[2:]))
        self.assertLessEqual(many, few + 2)
        states = accounts.dunning_case_ids.line_ids.subscription_id.mapped(
            "telecom_state"
        )
        self.assertEqual(set(states), {"suspended"})

        def pay(some):
            with freeze_time("2026-11-06 09:00:00"):
                self.Case._settle_paid(some.ids)

        for case in accounts.dunning_case_ids:
            case._write_guarded(owed_amount=0, amount=0)
        accounts.dunning_case_ids.line_ids.write({"amount": 0})
        pay(accounts[0])
        few = self._count_queries(lambda: pay(accounts[1]))
        many = self._count_queries(lambda: pay(accounts[2:]))
        self.assertLessEqual(many, few + 2)
        self.assertEqual(set(accounts.dunning_case_ids.mapped("state")), {"clear"})
