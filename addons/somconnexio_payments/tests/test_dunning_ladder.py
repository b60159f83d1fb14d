# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .dunning_common import DunningCommon


@tagged("post_install", "-at_install")
class TestDunningLadder(DunningCommon):
    """The Spanish ladder, walked day by day."""

    def test_ladder_is_walked_to_the_end_with_its_legal_periods(self):
        self._create_service_bill({self.mobile: 30})
        taken = self._walk("2026-10-06", "2027-01-12")
        self.assertEqual(
            taken,
            {
                "First reminder": "2026-10-08",
                "Second reminder": "2026-10-17",
                "Notice of suspension": "2026-10-21",
                # 15 days after the notice, a month after the due date: a Thursday.
                "Suspension": "2026-11-05",
                "Notice of termination": "2026-12-19",
                # Day 92 is Tuesday 5 January, the eve of Epiphany; then a Thursday.
                "Termination": "2027-01-07",
            },
        )
        self.assertEqual(self.mobile.telecom_state, "terminated")
        self.assertEqual(self.mobile.termination_reason_id.code, "debt")
        self.assertEqual(self.other.telecom_state, "active")
        self.assertEqual(self._case().state, "ended")

    def test_suspension_waits_for_the_first_day_that_is_no_eve(self):
        # The notice is proven on 20 November; 15 days later is Saturday 5 December,
        # then the 6th and 8th are days off and the 7th is an eve.
        self._create_service_bill({self.mobile: 30})
        self._reach_notice(hands_over=False)
        self._hand_over("2026-11-20")
        self.assertEqual(self._act("2026-11-30"), "nothing")
        case = self._case()
        self.assertEqual(str(case.next_date), "2026-12-09")
        self.assertIn("✗ notice handed over 10 days ago of 15", case.why)
        taken = self._walk("2026-12-04", "2026-12-10")
        self.assertEqual(taken, {"Suspension": "2026-12-09"})

    def test_service_is_never_suspended_without_proof_of_the_notice(self):
        self._create_service_bill({self.mobile: 30})
        self._reach_notice(hands_over=False)
        self._walk("2026-10-22", "2027-03-31", every_days=15)
        case = self._case()
        self.assertEqual(case.step_id, self._step("notice"))
        self.assertFalse(case.next_date)
        self.assertEqual(self.mobile.telecom_state, "active")
        # It came back: no proof either.
        attempt = self._hand_over("2026-10-21")
        attempt.state = "bounced"
        self.assertEqual(self._act("2027-04-01"), "nothing")

    def test_only_subscriptions_with_unpaid_charges_are_suspended(self):
        self._create_service_bill({self.mobile: 30})
        self._create_service_bill(
            {self.other: 20}, bill_date="2026-11-01", due_date="2026-11-04"
        )
        self._reach_suspension()
        self.assertEqual(self.mobile.telecom_state, "suspended")
        self.assertEqual(self.other.telecom_state, "active")
        event = self._case().event_ids.filtered(
            lambda one: one.step_id == self._step("suspend")
        )
        self.assertEqual(event.subscription_ids, self.mobile)
        self.assertTrue(event.proof_attempt_id)
        self.assertTrue(event.notice_id)
        self.assertIn("✓ 31 days overdue of 31", event.why)
        notice = self._told("dunning_suspended")
        self.assertEqual(notice, event.notice_id)
        self.assertFalse(self._told("subscription_suspended"))

    def test_essential_line_is_left_alone(self):
        self.mobile.telecom_is_essential = True
        self._create_service_bill({self.mobile: 30, self.other: 20})
        self._reach_suspension()
        self.assertEqual(self.mobile.telecom_state, "active")
        self.assertEqual(self.other.telecom_state, "suspended")

    def test_partial_payment_is_parted_over_the_lines_of_the_bill_to_the_cent(self):
        nobody = self.env["contract.contract"]
        self._create_service_bill({self.mobile: 20, self.other: 10, nobody: 10})
        self._receive("0.05", "2026-10-06")
        self._act("2026-10-07")
        lines = {line.subscription_id: line.amount for line in self._case().line_ids}
        # 39.95: a half is 19.975, a quarter 9.9875; the largest remainders win.
        self.assertEqual(sum(lines.values()), 29.96)
        self.assertEqual(lines[self.mobile], 19.97)
        self.assertEqual(lines[self.other], 9.99)

    def test_restriction_comes_before_suspension_where_the_policy_says_so(self):
        self._step("again").action = "restrict_data"
        self._step("notice").action = "restrict_outgoing"
        self._create_service_bill({self.mobile: 30})
        # Saturday 17 October is spared, and the 18th; the next step counts from it.
        taken = self._walk("2026-10-08", "2026-10-22")
        self.assertEqual(taken["Second reminder"], "2026-10-19")
        self.assertEqual(self.mobile.restriction_kind, "data")
        self.assertEqual(self._case().state, "restricted")
        self._walk("2026-10-26", "2026-11-20", every_days=5)
        self.assertEqual(self.mobile.restriction_kind, "outgoing")
        self.assertEqual(self.mobile.telecom_state, "suspended")
        self.assertFalse(self._told("subscription_restricted"))

    def test_second_service_that_falls_behind_gets_the_whole_ladder(self):
        self._create_service_bill({self.mobile: 30})
        self._reach_suspension()
        self._create_service_bill(
            {self.other: 20}, bill_date="2026-11-01", due_date="2026-11-04"
        )
        self._act("2026-11-09")
        Case = self.Case
        Case._begin_newcomers(self.company, self._case().evaluated_date)
        case = self._case()
        self.assertEqual((case.cycle, case.step_id.id), (2, False))
        self.assertEqual(self.mobile.telecom_state, "suspended")
        taken = self._walk("2026-11-10", "2026-12-16", every_days=4)
        self.assertEqual(taken["First reminder"], "2026-11-10")
        self.assertEqual(self.other.telecom_state, "suspended")

    def test_fee_is_charged_as_often_as_allowed_and_only_if_the_policy_says(self):
        fee = self._create_offering("Reminder fee", 2, telecom_kind="one_shot")
        self._step("reminder").fee_product_id = fee
        self._step("again").fee_product_id = fee
        self._create_service_bill({self.mobile: 30})
        self.policy.charges_fees = True
        self._reach(("2026-10-08", "2026-10-17"))
        lines = self.mobile.contract_line_ids.filtered(lambda li: li.product_id == fee)
        self.assertEqual(len(lines), 1)
        self.assertEqual(str(lines.date_start), "2026-10-08")
        events = self._case().event_ids
        self.assertEqual(events.fee_line_id, lines)

    def test_no_fee_while_a_claim_is_open_or_the_policy_has_none(self):
        fee = self._create_offering("Reminder fee", 2, telecom_kind="one_shot")
        self._step("reminder").fee_product_id = fee
        bill = self._create_service_bill({self.mobile: 30})
        self._act("2026-10-08")
        self.assertFalse(self._case().event_ids.fee_line_id)
        self.policy.charges_fees = True
        self._step("again").fee_product_id = fee
        self.env["telecom.payment.dispute"].create(
            {"bill_id": bill.id, "amount": 10, "reason": "Roaming"}
        )
        self._act("2026-10-17")
        self.assertEqual(self._case().step_id, self._step("again"))
        self.assertFalse(self._case().event_ids.fee_line_id)

    def test_reason_of_a_return_chooses_the_step(self):
        special = self.env["telecom.dunning.step"].create(
            {
                "policy_id": self.policy.id,
                "sequence": 5,
                "name": "Give us another account",
                "return_class": "account",
                "notice_kind_id": self._step("reminder").notice_kind_id.id,
            }
        )
        self.policy.invalidate_recordset()
        bill = self._create_service_bill({self.mobile: 30})
        self._act("2026-10-06")
        self.assertEqual(self._case().next_step_id, self._step("reminder"))
        bill._dunning_debit_returned("AC04")
        self._act("2026-10-06")
        self.assertEqual(self._case().step_id, special)
        self.assertIn("returned", self._kinds())

    def test_policy_is_chosen_by_the_payer_and_kept(self):
        reminders = self.env.ref("somconnexio_payments.dunning_policy_administration")
        self.account.partner_id.telecom_partner_kind = "administration"
        self._create_service_bill({self.mobile: 30})
        self._act("2026-10-06")
        self.assertEqual(self._case().policy_id, reminders)
        self.account.partner_id.telecom_partner_kind = "company"
        self._act("2026-11-06")
        self.assertEqual(self._case().policy_id, reminders)
        self.assertEqual(len(self._case().event_ids.filtered("step_id")), 1)

    def test_days_off_say_when_they_come_next_whatever_the_year(self):
        easter = self.env.ref("somconnexio_payments.dunning_holiday_good_friday")
        town = easter.create({"name": "Town", "month": 9, "day": 24, "year": 2026})
        for today, friday, local in (
            ("2026-04-03", "2026-04-03", "2026-09-24"),
            ("2026-10-01", "2027-03-26", False),
        ):
            with freeze_time(f"{today} 10:00:00"):
                (easter | town).invalidate_recordset(["next_date"])
                self.assertEqual(str(easter.next_date), friday)
                self.assertEqual(town.next_date and str(town.next_date), local)

    def test_step_is_taken_once_in_a_cycle(self):
        self._create_service_bill({self.mobile: 30})
        self._act("2026-10-08")
        case = self._case()
        self.assertEqual(self._act("2026-10-08"), "nothing")
        self.assertEqual(self._kinds(), ["opened", "step"])
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            case._log("step", step_id=case.step_id.id)
            self.env.flush_all()

    def test_history_and_cases_are_written_by_no_one(self):
        self._create_service_bill({self.mobile: 30})
        self._act("2026-10-08")
        case = self._case()
        for change in (
            lambda: case.event_ids.write({"note": "x"}),
            case.event_ids.unlink,
        ):
            with self.assertRaisesRegex(UserError, "only added to"):
                change()
        with self.assertRaisesRegex(UserError, "use the buttons"):
            case.write({"amount": 0})
        with self.assertRaisesRegex(UserError, "not created by hand"):
            self.Case.create({"billing_account_id": self.account.id})
        with self.assertRaisesRegex(UserError, "kept as history"):
            case.unlink()
        with self.assertRaisesRegex(UserError, "taken by somebody"):
            case.step_id.unlink()

    def test_policy_that_would_suspend_without_notice_is_refused(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            self._step("suspend").needs_notice_proof = False
            self.env.flush_all()
        steps = [
            Command.create(
                {
                    "name": "At once",
                    "action": "suspend",
                    "needs_notice_proof": True,
                    "notice_proof_days": 15,
                }
            )
        ]
        with self.assertRaisesRegex(ValidationError, "no step before it tells"):
            self.env["telecom.dunning.policy"].create(
                {"name": "Hard", "step_ids": steps}
            )
        with self.assertRaisesRegex(ValidationError, "no day 31 in month 4"):
            self.env["telecom.dunning.holiday"].create(
                {"name": "Never", "month": 4, "day": 31}
            )
