# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from freezegun import freeze_time
from psycopg2 import IntegrityError
from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NOW, TODAY
from .membership_common import MembershipCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestShareCapital(MembershipCommon):
    def test_contribution_is_subscribed_called_and_paid_with_an_entry_each(self):
        request = self._create_request()
        request.action_approve()
        membership = request.membership_id
        partner = membership.partner_id
        self.assertEqual(self._balances(membership), (1, 100, 100, 0, 0))
        self.assertEqual(self._account_balances(partner), {"100": -100, "558": 100})
        membership.call_ids.instalment_paid(TODAY)
        self.assertEqual(self._balances(membership), (1, 100, 100, 100, 0))
        self.assertEqual(self._account_balances(partner), {"100": -100, "572": 100})
        movements = membership.movement_ids
        self.assertEqual(
            sorted(movements.mapped("kind")), ["call", "payment", "subscription"]
        )
        self.assertEqual(len(movements.move_id), 3)
        self.assertEqual(set(movements.move_id.mapped("state")), {"posted"})
        called = movements.move_id.line_ids.filtered(
            lambda line: line.account_id == self.company.cooperative_called_account_id
        )
        self.assertTrue(all(called.mapped("reconciled")))

    def test_ten_instalments_are_called_month_by_month(self):
        member = self._create_member(instalment_count=10)
        calls = member.call_ids
        self.assertEqual(calls.mapped("amount"), [10.0] * 10)
        self.assertEqual(str(calls[9].due_date), "2027-07-15")
        self.assertEqual(calls.mapped("is_last"), [False] * 9 + [True])
        self.assertEqual(self._balances(member), (1, 100, 10, 10, 0))
        self.assertEqual(
            self._account_balances(member.partner_id),
            {"100": -100, "103": 90, "572": 10},
        )
        self._run_cron("cron_capital_call", "2026-11-14 12:00:00")
        self.assertEqual(calls[1].state, "planned")
        self._run_cron("cron_capital_call", "2026-12-15 12:00:00")
        self.assertEqual(calls[1:4].mapped("state"), ["called", "called", "planned"])
        self.assertEqual(self._balances(member), (1, 100, 30, 10, 0))
        self._run_cron("cron_capital_call", "2026-12-15 13:00:00")
        self.assertEqual(self._balances(member), (1, 100, 30, 10, 0))

    def test_cents_left_over_go_to_the_first_instalment(self):
        calls = self._create_member(instalment_count=3).call_ids
        self.assertEqual(calls.mapped("amount"), [33.34, 33.33, 33.33])

    def test_first_instalment_has_what_the_law_wants_at_once(self):
        share_class = self.env["cooperative.share.class"].create(
            {"name": "New", "code": "T-LAW", "share_price": 100, "max_shares": 2}
        )
        self.assertEqual(share_class.first_payment_percent, 25)
        request = self._create_request(
            share_class_id=share_class.id, instalment_count=10
        )
        self.assertIn("9 a month of", request.instalment_text)
        request.action_approve()
        amounts = request.membership_id.call_ids.mapped("amount")
        self.assertEqual(amounts, [25.03] + [8.33] * 9)
        share_class.first_payment_percent = 100
        refused = self._create_request(
            share_class_id=share_class.id, instalment_count=2
        )
        self.assertIn("paid by 100 % at once", refused.problems)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            share_class.first_payment_percent = 101
            share_class.flush_recordset()

    def test_instalment_is_not_paid_twice(self):
        member = self._create_member()
        with self.assertRaisesRegex(UserError, "cannot become “Paid”"):
            member.call_ids.instalment_paid(TODAY)
        self.assertEqual(self._balances(member)[3], 100)

    def test_returned_debit_takes_the_payment_back_and_can_be_paid_again(self):
        self.company.cooperative_call_attempts = 2
        member = self._create_member()
        call = member.call_ids
        call.instalment_failed("2026-10-20", "AM04")
        self.assertEqual((call.state, call.failure_reason), ("failed", "AM04"))
        self.assertEqual(self._balances(member), (1, 100, 100, 0, 0))
        self.assertEqual(
            self._account_balances(member.partner_id), {"100": -100, "558": 100}
        )
        self.assertEqual(member.state, "active")
        call.action_call_again()
        call.instalment_paid("2026-10-25")
        self.assertEqual(self._balances(member), (1, 100, 100, 100, 0))
        keys = call.movement_ids.mapped("key")
        self.assertEqual(len(keys), len(set(keys)))

    def test_membership_is_lost_when_the_last_instalment_fails(self):
        member = self._create_member(instalment_count=3)
        first, second, last = member.call_ids
        second._call(self.company._telecom_today())
        second.instalment_failed("2026-11-20")
        self.assertEqual(member.state, "active")
        last._call(self.company._telecom_today())
        last.instalment_failed("2026-12-20", "MD01")
        self.assertEqual((member.state, member.leaving_reason), ("left", "non_payment"))
        self.assertEqual((first.state, second.state), ("paid", "cancelled"))
        self.assertEqual(self._balances(member), (0, 0, 0, 0, 33.34))
        self.assertEqual(
            self._account_balances(member.partner_id), {"521": -33.34, "572": 33.34}
        )
        leaving = member.leaving_ids
        self.assertEqual((leaving.state, leaving.refund_amount), ("effective", 33.34))

    def test_pending_membership_ends_when_its_only_instalment_fails(self):
        membership = self._create_member(paid=False)
        membership.call_ids.instalment_failed(TODAY)
        self.assertEqual(membership.state, "cancelled")
        self.assertEqual(self._balances(membership), (0, 0, 0, 0, 0))
        self.assertEqual(self._account_balances(membership.partner_id), {})
        again = self._create_request(partner_id=membership.partner_id.id)
        again.action_approve()
        self.assertEqual(again.membership_id.state, "pending")

    def test_payment_that_has_its_entry_already_makes_no_second_one(self):
        membership = self._create_member(paid=False)
        accounts = self.company._cooperative_accounting()
        move = self.env["account.move"].create(
            {
                "move_type": "entry",
                "journal_id": accounts["journal"].id,
                "date": TODAY,
                "line_ids": [
                    (
                        0,
                        0,
                        {
                            "account_id": accounts[role].id,
                            "partner_id": membership.partner_id.id,
                            "debit": debit,
                            "credit": credit,
                        },
                    )
                    for role, debit, credit in (("counter", 100, 0), ("called", 0, 100))
                ],
            }
        )
        move.action_post()
        membership.call_ids.instalment_paid(TODAY, move=move, reference="SEPA 1")
        payment = membership.movement_ids.filtered(lambda m: m.kind == "payment")
        self.assertEqual(payment.move_id, move)
        self.assertEqual(
            self._account_balances(membership.partner_id), {"100": -100, "572": 100}
        )

    def test_member_subscribes_voluntary_shares_up_to_the_limit(self):
        member = self._create_member()
        self.voluntary.max_shares = 3
        self._subscribe(member, 2)
        self.assertEqual(self._balances(member), (3, 200, 200, 100, 0))
        with self.assertRaisesRegex(UserError, "at most 3 shares, not 4"):
            self._subscribe(member, 2)
        with self.assertRaisesRegex(UserError, "at most 1"):
            self._subscribe(member, share_class=self.share_class)
        balance = self._account_balances(member.partner_id)
        self.assertEqual(balance["100"], -200)

    def test_voluntary_capital_has_its_own_account(self):
        member = self._create_member()
        self._subscribe(member, 2)
        entry = member.movement_ids.filtered(
            lambda m: m.kind == "subscription" and m.share_class_id == self.voluntary
        ).move_id
        self.assertIn(
            self.company.cooperative_voluntary_account_id, entry.line_ids.account_id
        )

    def test_same_subscription_is_not_booked_twice(self):
        member = self._create_member()
        for _time in range(2):
            args = (self.voluntary, 1, 1, self.company._telecom_today(), "same")
            if _time:
                with self.assertRaisesRegex(UserError, "booked before"):
                    member.subscribe(*args)
            else:
                member.subscribe(*args)

    @mute_logger("odoo.sql_db")
    def test_database_refuses_the_same_key_twice(self):
        movement = self._create_member().movement_ids[0]
        values = {
            name: movement[name].id
            if movement._fields[name].relational
            else movement[name]
            for name in (
                "membership_id",
                "partner_id",
                "company_id",
                "share_class_id",
                "kind",
                "date",
                "key",
                "move_id",
                "user_id",
            )
        }
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            self.Movement.create(values)

    def test_movements_are_only_added(self):
        movement = self._create_member().movement_ids[0]
        with self.assertRaisesRegex(UserError, "never changed"):
            movement.paid_amount = 1
        with self.assertRaisesRegex(UserError, "never changed"):
            movement.unlink()

    def test_member_gives_voluntary_shares_to_another(self):
        giver, receiver = self._create_member("G"), self._create_member("R")
        self._subscribe(giver, 4).instalment_paid(TODAY)
        giver.transfer_shares(receiver, self.voluntary, 3, TODAY, "t1")
        self.assertEqual(self._balances(giver), (2, 150, 150, 150, 0))
        self.assertEqual(self._balances(receiver), (4, 250, 250, 250, 0))
        given = giver.movement_ids.filtered(lambda m: m.kind == "transfer_out")
        taken = receiver.movement_ids.filtered(lambda m: m.kind == "transfer_in")
        self.assertEqual(given.move_id, taken.move_id)
        self.assertEqual(given.other_membership_id, receiver)
        with self.assertRaisesRegex(UserError, "booked before"):
            giver.transfer_shares(receiver, self.voluntary, 1, TODAY, "t1")

    def test_shares_not_yet_paid_go_with_their_debt(self):
        giver, receiver = self._create_member("G"), self._create_member("R")
        calls = self._subscribe(giver, 2, 5)
        calls[0].instalment_paid(TODAY)
        calls[1]._call(self.company._telecom_today())
        wizard = self.env["cooperative.share.wizard"].create(
            {
                "operation": "transfer",
                "membership_id": giver.id,
                "receiver_id": receiver.id,
                "share_class_id": self.voluntary.id,
                "share_count": 2,
            }
        )
        self.assertEqual(wizard.unpaid_amount, 80)
        wizard.action_apply()
        self.assertEqual(self._balances(giver), (1, 100, 100, 100, 0))
        self.assertEqual(self._balances(receiver), (3, 200, 140, 120, 0))
        self.assertEqual(calls.membership_id, giver | receiver)
        self.assertEqual(calls[1:].membership_id, receiver)
        self.assertEqual(
            self._account_balances(giver.partner_id), {"100": -100, "572": 120}
        )
        self.assertEqual(
            self._account_balances(receiver.partner_id),
            {"100": -200, "103": 60, "558": 20, "572": 100},
        )
        calls[1].instalment_paid(TODAY)
        self.assertEqual(self._balances(receiver), (3, 200, 140, 140, 0))
        called = self.company.cooperative_called_account_id
        lines = (giver | receiver).movement_ids.move_id.line_ids.filtered(
            lambda line: line.account_id == called
        )
        self.assertTrue(all(lines.mapped("reconciled")))

    def test_transfer_of_what_is_partly_paid_or_not_held_is_refused(self):
        giver, receiver = self._create_member("G"), self._create_member("R")
        self._subscribe(giver, 2)
        with self.assertRaisesRegex(UserError, "give all 2 shares"):
            giver.transfer_shares(receiver, self.voluntary, 1, TODAY, "t1")
        with self.assertRaisesRegex(UserError, "holds 2 shares"):
            giver.transfer_shares(receiver, self.voluntary, 3, TODAY, "t1")
        with self.assertRaisesRegex(UserError, "another member"):
            giver.transfer_shares(giver, self.voluntary, 1, TODAY, "t1")
        with self.assertRaisesRegex(UserError, "Write down the leaving first"):
            giver.transfer_shares(receiver, self.share_class, 1, TODAY, "t1")

    def test_sponsored_person_holds_no_shares(self):
        sponsor = self._create_member()
        sponsored = self._create_member(
            "A", kind="sponsored", sponsor_code=sponsor.sponsor_code
        )
        with self.assertRaisesRegex(UserError, "only members"):
            self._subscribe(sponsored)

    def test_price_of_a_class_that_people_hold_is_kept(self):
        self._create_member()
        with self.assertRaisesRegex(UserError, "new class"):
            self.share_class.share_price = 120
        self.voluntary.share_price = 60

    def test_accounts_are_found_on_the_chart_by_their_codes(self):
        company = self.company
        for setting in ("capital", "uncalled", "called", "refund"):
            company[f"cooperative_{setting}_account_id"] = False
        company.action_find_cooperative_accounts()
        codes = {"capital": "100", "uncalled": "103", "called": "558", "refund": "521"}
        for setting, code in codes.items():
            account = company[f"cooperative_{setting}_account_id"]
            self.assertTrue(account.code.startswith(code), setting)
        self.assertTrue(company.cooperative_called_account_id.reconcile)

    def test_missing_accounts_are_named(self):
        self.env["account.account"].search([]).write({"active": False})
        self.company.cooperative_uncalled_account_id = False
        request = self._create_request()
        with self.assertRaises(UserError) as refused:
            request.action_approve()
        self.assertIn("Capital not called", str(refused.exception))
        self.assertFalse(request.membership_id)

    def test_wizard_subscribes_once_however_often_it_is_pressed(self):
        member = self._create_member()
        wizard = self.env["cooperative.share.wizard"].create(
            {
                "membership_id": member.id,
                "share_class_id": self.voluntary.id,
                "share_count": 2,
            }
        )
        wizard.action_apply()
        with self.assertRaisesRegex(UserError, "booked before"):
            wizard.action_apply()
        self.assertEqual(member.share_count, 3)
