# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .dunning_common import DunningCommon


@tagged("post_install", "-at_install")
class TestDunningStops(DunningCommon):
    """Why nothing is done although a bill is overdue."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bill = cls._create_service_bill({cls.mobile: 30})

    def _stop_on(self, day):
        """Act on a day; return what stopped the case and the step it stands on."""
        outcome = self._act(day)
        self.assertEqual(outcome, "nothing")
        return self._case().stop

    def _claim(self, amount, reason="Wrong tariff"):
        return self.env["telecom.payment.dispute"].create(
            {"bill_id": self.bill.id, "amount": amount, "reason": reason}
        )

    def test_disputed_sum_is_left_out_until_the_claim_is_closed(self):
        claim = self._claim(30)
        self.assertEqual(self._stop_on("2026-10-08"), "claim")
        self.assertEqual(self._case().disputed_amount, 30)
        claim.action_close_rejected()
        self.assertEqual(claim.outcome, "rejected")
        self.assertEqual(self._act("2026-10-08"), "done")
        with self.assertRaisesRegex(UserError, "cannot become"):
            claim.action_close_upheld()
        with self.assertRaisesRegex(UserError, "use the buttons"):
            claim.state = "open"

    def test_rest_of_a_disputed_bill_goes_on(self):
        self._claim(20)
        self.assertEqual(self._act("2026-10-08"), "done")
        self.assertEqual(self._case().amount, 10)
        self.assertEqual(self._case().owed_amount, 30)

    def test_claim_about_all_gives_a_suspended_service_back(self):
        self._reach_suspension()
        with freeze_time("2026-11-06 10:00:00"):
            self._claim(30)
        self.assertEqual(self.mobile.telecom_state, "active")
        self.assertEqual((self._case().state, self._case().stop), ("open", "claim"))
        self.assertEqual(len(self._told("service_restored")), 1)

    def test_less_than_the_minimum_is_left_alone(self):
        self._receive("25.50", "2026-10-06")
        self.assertEqual(self._stop_on("2026-10-08"), "minimum")

    def test_vulnerable_household_is_reminded_but_not_touched(self):
        payer = self.account.partner_id
        payer.write(
            {
                "telecom_is_vulnerable": True,
                "telecom_vulnerable_evidence_date": "2026-01-15",
                "telecom_vulnerable_until_date": "2026-12-31",
            }
        )
        self._reach_notice()
        self._walk("2026-11-05", "2026-12-31", every_days=14)
        self.assertEqual(self._case().step_id, self._step("notice"))
        self.assertEqual(self._case().stop, "care")
        self.assertEqual(self.mobile.telecom_state, "active")
        # The proof has lapsed.
        self._walk("2027-01-04", "2027-01-07")
        self.assertEqual(self.mobile.telecom_state, "suspended")

    def test_household_that_turns_out_to_be_vulnerable_gets_its_service_back(self):
        self._reach_suspension()
        self.assertEqual(self.mobile.telecom_state, "suspended")
        with freeze_time("2026-11-06 10:00:00"):
            self.account.partner_id.write(
                {
                    "telecom_is_vulnerable": True,
                    "telecom_vulnerable_evidence_date": "2026-11-06",
                }
            )
        self.assertEqual(self.mobile.telecom_state, "active")
        self.assertEqual(self._case().state, "open")
        self.assertEqual(len(self._told("service_restored")), 1)
        self._walk("2026-11-09", "2027-03-31", every_days=14)
        self.assertEqual(self.mobile.telecom_state, "active")

    def test_open_credit_note_covers_the_debt(self):
        refund = self.bill._reverse_moves(
            [{"invoice_date": "2026-10-06", "date": "2026-10-06"}]
        )
        refund.telecom_billing_account_id = self.account
        refund.action_post()
        refund.line_ids.remove_move_reconcile()
        self.assertEqual(self._stop_on("2026-10-08"), "credit")

    def test_bill_in_an_open_debit_order_is_left_out(self):
        mode = self.bank_journal.inbound_payment_method_line_ids[:1]
        order = self.env["account.payment.order"].create(
            {"payment_type": "inbound", "payment_method_line_id": mode.id}
        )
        receivable = self.bill.line_ids.filtered(
            lambda line: line.account_id == self.account_receivable
        )
        self.env["account.payment.line"].create(
            {
                "order_id": order.id,
                "move_line_id": receivable.id,
                "partner_id": self.account.partner_id.id,
                "amount_currency": 30,
                "currency_id": self.company.currency_id.id,
                "communication": "BILL",
            }
        )
        self.assertEqual(self._stop_on("2026-10-08"), "debit")
        order.action_cancel()
        self.assertEqual(self._act("2026-10-08"), "done")

    def test_hold_waits_until_its_day_and_says_why(self):
        self._act("2026-10-06")
        case = self._case()
        with freeze_time("2026-10-06 10:00:00"):
            with self.assertRaisesRegex(UserError, "Say why"):
                case.hold("2026-10-20", " ")
            with self.assertRaisesRegex(UserError, "after today"):
                case.hold("2026-10-06", "Promised to pay")
            case.hold("2026-10-20", "Promised to pay")
        self.assertEqual(case.stop, "hold")
        self.assertEqual(self._stop_on("2026-10-19"), "hold")
        self.assertEqual(self._act("2026-10-20"), "done")
        with freeze_time("2026-10-20 10:00:00"):
            case.hold("2026-10-30", "Again")
            case.action_release()
        self.assertFalse(self._case().stop)
        self.assertEqual(self._kinds(), ["opened", "held", "step", "held", "released"])

    def test_letter_that_was_handed_over_is_the_proof(self):
        self._reach_notice(hands_over=False)
        case = self._case()
        with freeze_time("2026-10-26 10:00:00"):
            with self.assertRaisesRegex(UserError, "what proves"):
                case.note_handed_over("2026-10-22", "")
            with self.assertRaisesRegex(UserError, "from 2026-10-21 to today"):
                case.note_handed_over("2026-10-20", "Letter")
            case.note_handed_over("2026-10-22", "Registered letter CD1")
        self.assertEqual(str(self._case().next_date), "2026-11-09")
        taken = self._walk("2026-11-05", "2026-11-10")
        self.assertEqual(taken, {"Suspension": "2026-11-09"})

    def test_failing_account_parks_itself_and_the_others_go_on(self):
        second = self._create_payer("Jordi Vila")
        with freeze_time("2026-09-01 10:00:00"):
            line = self._create_subscription(account=second, state="active")
        self._create_service_bill({line: 15}, account=second)
        tell = type(self.Case)._tell_step

        def fail_for_first(cases, step):
            if self.account in cases.billing_account_id:
                raise ValueError("The template is broken")
            return tell(cases, step)

        both = (self.account | second).ids
        with (
            freeze_time("2026-10-08 09:00:00"),
            patch.object(type(self.Case), "_tell_step", fail_for_first),
            mute_logger("odoo.addons.somconnexio_payments"),
        ):
            outcomes = self.Case._act_on(
                self.company, self.env.company._telecom_today(), both
            )
        self.assertEqual(outcomes[second.id], "done")
        self.assertEqual(outcomes[self.account.id], "The template is broken")
        case = self._case()
        self.assertEqual(case.error, "The template is broken")
        self.assertFalse(case.step_id)
        self.assertTrue(case.activity_ids)
        self.assertEqual(self._stop_on("2026-10-09"), "error")
        case.action_retry()
        self.assertFalse(case.activity_ids)
        self.assertEqual(self._act("2026-10-09"), "done")
