# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .debit_common import DebitCommon
from .dunning_common import DunningCommon
from .payments_common import IBANS


@tagged("post_install", "-at_install")
class TestPaymentPlanDebits(DunningCommon, DebitCommon):
    """Instalments that are collected by debits of their own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account.partner_bank_id = cls._create_bank_account(
            cls.account.partner_id, IBANS[2]
        )
        cls.old = cls._create_service_bill({cls.mobile: 20}, due_date="2026-10-04")
        cls.bill = cls._create_service_bill({cls.mobile: 80})
        cls.plan = cls.env["telecom.payment.plan"].create(
            {
                "billing_account_id": cls.account.id,
                "instalment_count": 3,
                "first_date": "2026-12-01",
                "collection_method": "direct_debit",
            }
        )

    def _agree(self):
        self._create_mandate(self.account)
        with freeze_time("2026-11-06 10:00:00"):
            self.plan.action_agree()

    def _wishes(self):
        wishes = self.plan.instalment_ids.debit_wish_ids.sorted("id")
        wishes.invalidate_recordset()
        return [
            (wish.move_id, str(wish.from_date), wish.amount, wish.state)
            for wish in wishes
        ]

    def test_each_instalment_is_asked_for_of_the_oldest_bill_first(self):
        self._agree()
        self.assertEqual(
            self._wishes(),
            [
                (self.old, "2026-12-01", 20.0, "waiting"),
                (self.bill, "2026-12-01", 13.34, "waiting"),
                (self.bill, "2027-01-01", 33.33, "waiting"),
                (self.bill, "2027-02-01", 33.33, "waiting"),
            ],
        )

    def test_debit_run_takes_the_instalment_and_the_plan_is_kept(self):
        self._agree()
        with freeze_time("2026-11-24 10:00:00"):
            run = self._create_run(cutoff_date="2026-12-01")
            amounts = sorted(run.line_ids.mapped("amount_currency"))
            self.assertEqual(amounts, [13.34, 20])
            self._bring_to(run, "booked")
        first = self.plan.instalment_ids[:1]
        self.assertEqual((first.paid_amount, first.open_amount), (33.34, 0))
        self.assertEqual(str(self.plan.next_due_date), "2027-01-01")

    def test_debits_shrink_by_what_is_paid_otherwise(self):
        self._agree()
        self._receive("25.00", "2026-11-10")
        self.assertEqual(
            [(amount, state) for _bill, _day, amount, state in self._wishes()],
            [
                (20, "cancelled"),
                (8.34, "waiting"),
                (33.33, "waiting"),
                (33.33, "waiting"),
            ],
        )

    def test_broken_or_cancelled_plan_calls_its_debits_off(self):
        self._agree()
        with freeze_time("2026-12-10 10:00:00"):
            self.plan._break()
        self.assertEqual({state for *_rest, state in self._wishes()}, {"cancelled"})

    def test_bill_in_an_open_debit_run_is_in_no_new_plan(self):
        self._create_mandate(self.account)
        with freeze_time("2026-11-04 10:00:00"):
            run = self._create_run(cutoff_date="2026-11-30")
        self.assertIn(self.bill, run.line_ids.debit_move_id)
        with (
            freeze_time("2026-11-04 11:00:00"),
            self.assertRaisesRegex(UserError, f"is in debit run {run.name}"),
        ):
            self.plan.action_agree()
        run.action_cancel()
        with freeze_time("2026-11-04 12:00:00"):
            self.plan.action_agree()
        self.assertEqual(self.plan.state, "agreed")

    def test_plan_is_changed_while_its_first_instalment_is_being_debited(self):
        self._agree()
        with freeze_time("2026-11-24 10:00:00"):
            run = self._create_run(cutoff_date="2026-12-01")
            self._bring_to(run, "filed")
            action = self.plan.action_change()
            draft = self.plan.browse(action["res_id"])
            draft.instalment_count = 5
            draft.action_agree()
            self.assertEqual(draft.amount, 100)
            run.action_sent()
            run._job_close()
        first = draft.instalment_ids[:1]
        self.assertEqual((first.amount, first.open_amount), (20, 0))
        waiting = draft.instalment_ids.debit_wish_ids.filtered(
            lambda wish: wish.state == "waiting"
        )
        self.assertAlmostEqual(sum(waiting.mapped("amount")), 66.66)

    def test_plan_by_debit_needs_a_mandate(self):
        with (
            freeze_time("2026-11-06 10:00:00"),
            self.assertRaisesRegex(UserError, "no mandate in force"),
        ):
            self.plan.action_agree()
