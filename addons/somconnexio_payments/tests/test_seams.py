# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Where the parts meet: one debt that several of them collect, return or pay."""

from datetime import date
from decimal import Decimal

from bank_simulator import status_writer
from bank_simulator.model import Movement, Part
from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.somconnexio_base.tests.membership_common import MembershipCommon

from .bank_common import RETURN, BankCommon
from .debit_common import NOW, DebitCommon
from .desk_common import DeskCommon
from .payments_common import IBANS

RETURNED = date(2026, 10, 14)
LATER = "2026-10-16 08:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSeams(BankCommon):
    """Anna and Joan each have a bill in one debit run whose file is written."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna = cls._create_debtor("Anna Puig", IBANS[1])
        cls.joan = cls._create_debtor("Joan Mas", IBANS[2])
        cls.bill = cls._create_bill(cls.anna, 24.2)
        cls.other = cls._create_bill(cls.joan, 40)
        cls.run_ = cls._create_run()
        cls._bring_to(cls.run_, "filed")

    def _send(self):
        """Send the run and book it."""
        self.run_.action_sent()
        self.run_.slice_ids._job_book()
        self.run_._job_close()
        self.assertEqual(self.run_.state, "booked")

    def _pay(self, account, amount, key, day="2026-10-06"):
        """Book money as a bank's app does."""
        return account._receive_payment(
            Decimal(amount), day, self.bank_journal, key, key=key
        )

    def _bring_back(self, bill, reason="AM04"):
        """Book the statement by which the bank takes a debit back."""
        line = self.run_.line_ids.filtered(lambda one: one.debit_move_id == bill)
        amount = Decimal(str(line.amount_currency)).quantize(Decimal("0.01"))
        part = Part(-amount, line.name, reason=reason)
        movement = Movement(RETURNED, -amount, RETURN, f"RET{line.name}", [part])
        with freeze_time(f"{RETURNED} 20:00:00"):
            return self._book(movement, day=RETURNED).returned_debit_ids

    def _balance(self, account):
        """Return what a payer owes by the ledger; open items must add up to it."""
        lines = self.env["account.move.line"].search(
            [
                ("partner_id", "=", account.partner_id.id),
                ("account_id", "=", self.account_receivable.id),
                ("parent_state", "=", "posted"),
            ]
        )
        balance = round(sum(lines.mapped("balance")), 2)
        self.assertEqual(balance, round(sum(lines.mapped("amount_residual")), 2))
        return balance

    def _wishes(self, bill):
        return self.env["telecom.debit.wish"].search([("move_id", "=", bill.id)])

    def _told(self, code):
        return self.env["telecom.notice"].search([("kind_id.code", "=", code)])

    def _propose_later(self, cutoff="2026-12-31"):
        """Return a proposal made when the first run is over."""
        with freeze_time(LATER):
            return self._create_run(cutoff_date=cutoff)

    def test_bill_paid_by_app_while_in_the_file_is_paid_once_and_the_rest_is_credit(
        self,
    ):
        self._pay(self.anna, "24.20", "app-1")
        self._send()
        self.assertEqual(self.run_.slice_ids.mapped("state"), ["done"])
        self.assertEqual(self.bill.amount_residual, 0)
        self.assertEqual(self.other.amount_residual, 0)
        self.assertEqual(self._balance(self.anna), -24.2)
        following = self._create_bill(self.anna, 30)
        again = self._propose_later()
        self.assertEqual(following.amount_residual, 5.8)
        self.assertEqual(again.line_ids.mapped("amount_currency"), [5.8])
        self.assertEqual(self._balance(self.anna), 5.8)

    def test_double_payment_whose_debit_comes_back_leaves_nothing_to_do(self):
        self._pay(self.anna, "24.20", "app-1")
        self._send()
        returned = self._bring_back(self.bill)
        self.assertEqual((returned.state, returned.is_followed), ("booked", True))
        self.assertEqual(self.bill.amount_residual, 0)
        self.assertEqual(self._balance(self.anna), 0)
        self.assertFalse(self._wishes(self.bill))
        self.assertFalse(self._told("debit_returned"))

    def test_credit_pays_a_bill_that_a_return_opens_again(self):
        self._send()
        self._pay(self.anna, "30.00", "app-1", "2026-10-13")
        self.assertEqual(self._balance(self.anna), -30)
        returned = self._bring_back(self.bill)
        self.assertEqual(self.bill.amount_residual, 0)
        self.assertEqual(self._balance(self.anna), -5.8)
        self.assertFalse(returned.retry_date)
        self.assertFalse(self._told("debit_returned"))
        self.assertNotIn(
            "open", self.anna.dunning_case_ids.mapped("state"), "nothing is overdue"
        )

    def test_return_is_retried_and_the_retry_pays_the_bill(self):
        self._send()
        self._bring_back(self.bill)
        self.assertEqual(self._balance(self.anna), 24.2)
        self.assertEqual(len(self._told("debit_returned")), 1)
        again = self._propose_later()
        line = again.line_ids
        self.assertEqual((line.debit_move_id, line.debit_kind), (self.bill, "retry"))
        self.assertNotIn(line.name, self.run_.line_ids.mapped("name"))
        with freeze_time(LATER):
            self._bring_to(again, "booked")
        self.assertEqual(self._balance(self.anna), 0)
        self.assertEqual(self._wishes(self.bill).state, "done")

    def test_bill_that_came_back_is_debited_again_when_somebody_asks(self):
        self._send()
        returned = self._bring_back(self.bill, "MD06")
        first = self._propose_later()
        self.assertEqual(self._reasons(first), {self.bill: "came_back"})
        returned.action_debit_again()
        first.left_out_ids.action_debit_again()
        self.assertEqual(self._wishes(self.bill).mapped("state"), ["waiting"])
        with freeze_time(LATER):
            first.action_propose()
        self.assertEqual(first.line_ids.debit_kind, "retry")
        agent = new_test_user(
            self.env, "seams_agent", "somconnexio_base.group_telecom_agent"
        )
        with self.assertRaises(AccessError):
            returned.with_user(agent).action_debit_again()
        self._pay(self.anna, "24.20", "app-2", "2026-10-16")
        with self.assertRaisesRegex(UserError, "owes nothing"):
            returned.action_debit_again()

    def _agree_on_two_parts(self, method):
        """Return a plan in force that pays Anna's debt in two instalments."""
        with freeze_time(LATER):
            plan = self.env["telecom.payment.plan"].create(
                {
                    "billing_account_id": self.anna.id,
                    "instalment_count": 2,
                    "first_date": "2026-11-02",
                    "collection_method": method,
                }
            )
            plan.action_agree()
        return plan

    def test_plan_by_debit_takes_its_part_before_the_retry(self):
        self._send()
        self._bring_back(self.bill)
        plan = self._agree_on_two_parts("direct_debit")
        again = self._propose_later("2026-11-02")
        line = again.line_ids
        self.assertEqual((line.debit_kind, line.amount_currency), ("part", 12.1))
        with freeze_time(LATER):
            self._bring_to(again, "booked")
        self.assertEqual(plan.paid_amount, 12.1)
        self.assertEqual(self._balance(self.anna), 12.1)

    def test_plan_by_transfer_is_not_debited_whatever_waits(self):
        self._send()
        self._bring_back(self.bill)
        self._agree_on_two_parts("transfer")
        again = self._propose_later()
        self.assertFalse(again.line_ids)
        self.assertEqual(self._reasons(again), {self.bill: "payment_plan"})

    def test_claim_after_the_proposal_leaves_the_bill_out_when_it_is_confirmed(self):
        third = self._create_bill(self.anna, 9)
        fourth = self._create_bill(self.joan, 8)
        run = self._create_run()
        self.assertEqual(run.line_ids.debit_move_id, third | fourth)
        self.env["telecom.payment.dispute"].create(
            {"bill_id": third.id, "amount": 9, "reason": "Not my call"}
        )
        run.action_confirm()
        self.assertEqual(run.line_ids.debit_move_id, fourth)
        self.assertEqual(self._reasons(run)[third], "disputed")

    def test_run_of_which_all_was_paid_is_not_written_into_an_empty_file(self):
        self._create_bill(self.anna, 9)
        run = self._bring_to(self._create_run(), "confirmed")
        self._pay(self.anna, "33.20", "app-1")
        with self.assertRaisesRegex(UserError, "nothing to debit"):
            run.action_write_file()
        run.action_cancel()
        self.assertEqual(run.state, "cancelled")

    def test_money_never_pays_a_bill_in_a_run_or_in_dispute_by_itself(self):
        self._pay(self.anna, "60.00", "app-1")
        self.assertEqual(self.bill.amount_residual, 0)
        disputed = self._create_bill(self.anna, 9)
        self.env["telecom.payment.dispute"].create(
            {"bill_id": disputed.id, "amount": 9, "reason": "Not my call"}
        )
        free = self._create_bill(self.anna, 10)
        self.anna._use_credit()
        self.assertEqual((disputed.amount_residual, free.amount_residual), (9, 0))

    def test_change_of_a_mandate_is_told_again_if_its_debit_was_rejected(self):
        """Not if it came back from the payer's bank, which has seen the change."""
        changes = self.env["telecom.mandate.amendment"].create(
            [
                {
                    "mandate_id": account.mandate_ids.id,
                    "kind": "account",
                    "old_value": IBANS[0],
                    "new_value": account.partner_bank_id.sanitized_acc_number,
                    "changed_date": "2026-10-01",
                    "payment_line_id": line.id,
                }
                for account in (self.anna, self.joan)
                for line in self.run_.line_ids
                if line.telecom_billing_account_id == account
            ]
        )
        self._send()
        self.assertTrue(all(changes.mapped("sent_date")))
        self._reject(self.bill)
        self._bring_back(self.other)
        self.assertEqual([bool(one.sent_date) for one in changes], [False, True])
        self.assertFalse(changes[0].payment_line_id)

    def _reject(self, bill):
        """Book the bank's answer that rejects the debit of a bill."""
        line = self.run_.line_ids.filtered(lambda one: one.debit_move_id == bill)
        order = self.run_.order_ids
        rejected = {
            "status": "RJCT",
            "reason": "AM04",
            "end_to_end_id": line.name,
            "amount": Decimal("24.20"),
            "bank_reference": "REJ1",
        }
        batch = {"id": f"{order.sepa_message_id}-1", "transactions": [rejected]}
        content = status_writer.write(
            "ANSD1",
            order.sepa_message_id,
            "pain.008.001.08",
            "2026-10-06T10:00:00",
            {"status": "PART"},
            [batch],
        )
        file = self._receive(content, "answer.xml")
        self.assertEqual(file.state, "checked", file.error_message)
        file.book()

    def test_month_close_adds_up_after_all_that(self):
        self._pay(self.joan, "40.00", "app-1")
        self._send()
        self._bring_back(self.bill)
        with freeze_time("2026-11-02 08:00:00"):
            close = self.env["telecom.month.close"].create({"month_date": "2026-10-01"})
        lines = {line.code: line for line in close.line_ids}
        for code in ("bills_receivable", "debits_filed", "debits_booked"):
            self.assertEqual(lines[code].state, "right", code)
        returns, credit = lines["returns_booked"], lines["credit_left"]
        self.assertEqual((returns.figure, returns.expected), (24.2, 24.2))
        self.assertEqual(credit.figure, 40)

    def test_steps_of_a_run_write_its_figures_and_nobody_else(self):
        for vals in ({"line_count": 0}, {"message": False}, {"amount_total": 0}):
            with self.subTest(vals), self.assertRaisesRegex(Exception, "Only the step"):
                self.run_.with_user(self.env.ref("base.user_admin")).write(vals)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCapitalSeams(DebitCommon, MembershipCommon):
    """An instalment of share capital is in a file when the member pays otherwise."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._create_member(paid=False)
        bank = cls._create_bank_account(cls.member.partner_id, IBANS[0])
        cls.member.partner_bank_id = bank
        mandate = cls.Mandate.create(
            {
                "partner_id": cls.member.partner_id.id,
                "partner_bank_id": bank.id,
                "membership_id": cls.member.id,
                "signature_date": "2026-09-01",
            }
        )
        mandate.validate()
        cls.call = cls.member.call_ids
        cls.run_ = cls._bring_to(cls._create_run(), "filed")

    def test_instalment_in_a_file_is_not_offered_online(self):
        debt = self.call._online_debt()
        self.assertEqual((debt.items, debt.debited), ([], 1))

    def test_instalment_paid_otherwise_is_paid_once_and_stays_so_after_the_return(self):
        self.call.instalment_paid(date(2026, 10, 5), reference="transfer")
        self._bring_to_booked()
        self.assertEqual(self.call.state, "paid")
        self.assertIn("was not owed any more", self.member.message_ids[:1].body)
        self.run_.line_ids._debit_returned(date(2026, 10, 14), "AM04")
        self.assertEqual((self.call.state, self.member.state), ("paid", "active"))

    def _bring_to_booked(self):
        self.run_.action_sent()
        self.run_.slice_ids._job_book()
        self.run_._job_close()
        self.assertEqual(self.run_.state, "booked")


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRefundSeams(DeskCommon, BankCommon):
    """Credit on account that is being refunded."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls._create_payer("Payer", IBANS[1])
        cls.account._receive_payment(
            Decimal("25.00"), "2026-10-01", cls.bank_journal, "twice"
        )
        cls._age(cls, cls.account.partner_bank_id)
        cls.account.with_user(cls.users["accountant"]).action_refund_credit()
        cls.refund = cls.account.telecom_refund_ids
        cls.refund.with_user(cls.second).action_approve()
        cls.refund.with_user(cls.users["accountant"]).action_order()
        cls.next = cls._create_bill(cls.account, 10)

    def test_credit_in_a_transfer_is_not_used_for_the_next_bill(self):
        self.env["telecom.billing.account"]._use_credits(self.company)
        self.assertEqual(self.next.amount_residual, 10)
        self.refund.order_id.action_cancel()
        self.refund.with_user(self.second).action_cancel()
        self.env["telecom.billing.account"]._use_credits(self.company)
        self.assertEqual(self.next.amount_residual, 0)

    def test_credit_that_somebody_used_is_not_sent(self):
        receivable = self.next.line_ids.filtered(
            lambda line: line.account_id == self.account_receivable
        )
        (receivable | self.refund.credit_line_id).reconcile()
        with self.assertRaisesRegex(UserError, "are still owed"):
            self.refund.order_id.generated2uploaded()
        self.assertEqual(self.refund.state, "ordered")

    def test_credit_of_one_billing_account_does_not_pay_for_another(self):
        second = self._create_billing_account(self.account.partner_id)
        bill = self._create_bill(second, 5)
        self.refund.order_id.action_cancel()
        self.refund.with_user(self.second).action_cancel()
        second._use_credit()
        self.assertEqual(bill.amount_residual, 5)

    def test_credit_of_a_person_is_used_once_whatever_accounts_there_are(self):
        payer = self._create_payer("Two accounts", IBANS[2])
        second = self._create_billing_account(payer.partner_id)
        bills = [self._create_bill(one, 10) for one in (payer, second)]
        self._create_loose_credit(payer, 12)
        (payer | second)._use_credit()
        self.assertEqual([bill.amount_residual for bill in bills], [0, 8])

    def test_queries_for_credit_do_not_grow_with_the_accounts(self):
        counts = []
        for number in (1, 9):
            accounts = self.env["telecom.billing.account"]
            for place in range(number):
                accounts |= self._create_payer(f"Payer {number}-{place}")
            for account in accounts:
                self._create_bill(account, 10)
                self._create_loose_credit(account, 4)
            self.env.invalidate_all()
            counts.append(self._count_queries(accounts._use_credit))
            owed = sum(accounts.move_ids.mapped("amount_residual"))
            self.assertEqual(owed, 6 * number)
        self.assertLessEqual(counts[1] - counts[0], 8 * 3)

    def _create_loose_credit(self, account, amount):
        """Book money of a payer that is no payment of Odoo's."""
        vals = {"partner_id": account.partner_id.id, "name": "loose"}
        entry = self.env["account.move"].create(
            {
                "journal_id": self.bank_journal.id,
                "line_ids": [
                    Command.create(
                        {
                            **vals,
                            "account_id": self.account_receivable.id,
                            "credit": amount,
                        }
                    ),
                    Command.create(
                        {**vals, "account_id": self.account_bank.id, "debit": amount}
                    ),
                ],
            }
        )
        entry.action_post()

    def _send(self):
        order = self.refund.order_id
        order.generated2uploaded()
        self.assertEqual(self.refund.state, "sent")
        return order

    def test_debit_that_comes_back_after_its_refund_is_asked_for_by_a_person(self):
        Returned = self.env["telecom.returned.debit"].sudo()
        returned = Returned.create(
            {
                "company_id": self.company.id,
                "origin": "entry",
                "end_to_end_reference": "REFUNDED",
                "day": RETURNED,
                "state": "booked",
                "rule_id": self.env["telecom.return.rule"]._of("MD06").id,
                "credit_line_id": self.refund.credit_line_id.id,
            }
        )
        self._send()
        returned._follow()
        activity = returned.activity_ids
        self.assertEqual(activity.user_id, self.users["accountant"])
        self.assertIn(self.refund.name, activity.summary)

    def test_transfer_is_paid_by_a_statement_and_comes_back_by_another(self):
        self._send()
        name = self.refund.name
        gone = self._movement("-25.00", end_to_end_id=name)
        back = self._movement("25.00", end_to_end_id=name, reason="AC04")
        with freeze_time("2026-10-20 20:00:00"):
            out = self._book(gone)
            self.assertEqual(self._parts(out).state, "matched")
            self.assertEqual(self.refund.state, "paid")
            back = self._book(back, opening="975")
        self.assertEqual(
            (self.refund.state, self.refund.failure_reason), ("failed", "AC04")
        )
        self.assertEqual(self._parts(back).state, "matched")
        self.assertEqual(self.refund.credit_line_id.amount_residual, -25)
        self.assertEqual(self._ledger(self.account_under_way), 0)

    def test_answer_that_rejects_the_order_opens_its_refunds_again(self):
        order = self._send()
        content = status_writer.write(
            "ANSR1",
            order.name,
            "pain.001.001.09",
            "2026-10-06T10:00:00",
            {"status": "RJCT", "reason": "FF01"},
            (),
        )
        file = self._receive(content, "answer.xml")
        self.assertEqual(file.state, "checked", file.error_message)
        file.book()
        self.assertEqual(
            (self.refund.state, self.refund.failure_reason), ("failed", "FF01")
        )
        self.assertFalse(file.returned_debit_ids)
        self.assertEqual(self.refund.credit_line_id.amount_residual, -25)
