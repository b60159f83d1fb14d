# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from io import BytesIO

from freezegun import freeze_time
from psycopg2 import IntegrityError
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.service.model import get_public_method
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .dunning_common import DunningCommon


@tagged("post_install", "-at_install")
class TestPaymentPlan(DunningCommon):
    """A debt is paid in parts; dunning waits while it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {
                "telecom_plan_agent_amount": 300,
                "telecom_plan_agent_count": 6,
                "telecom_plan_max_count": 12,
                "telecom_plan_grace_days": 5,
            }
        )
        cls.bill = cls._create_service_bill({cls.mobile: 100})
        cls._reach_suspension()
        cls.plan = cls._draft(3)

    @classmethod
    def _draft(cls, count=3, **vals):
        return cls.env["telecom.payment.plan"].create(
            {
                "billing_account_id": cls.account.id,
                "instalment_count": count,
                "first_date": "2026-12-01",
                "collection_method": "transfer",
                **vals,
            }
        )

    def _agree(self, plan=None, day="2026-11-06"):
        with freeze_time(f"{day} 10:00:00"):
            (plan or self.plan).action_agree()

    def _follow(self, day):
        with freeze_time(f"{day} 03:00:00"), self.enter_registry_test_mode():
            self.env.ref(
                "somconnexio_payments.cron_payment_plan"
            ).method_direct_trigger()
        self.plan.invalidate_recordset()

    def test_instalments_add_up_to_the_debt_to_the_cent(self):
        self.assertRegex(self.plan.code, r"^PP\d{5}$")
        self.assertEqual(self.plan.amount, 100)
        self.assertEqual(
            self.plan.instalment_ids.mapped("amount"), [33.34, 33.33, 33.33]
        )
        self.assertEqual(
            [str(day) for day in self.plan.instalment_ids.mapped("due_date")],
            ["2026-12-01", "2027-01-01", "2027-02-01"],
        )
        self.plan.instalment_count = 2
        self.assertEqual(self.plan.instalment_ids.mapped("amount"), [50, 50])

    def test_agreeing_holds_dunning_and_gives_the_service_back(self):
        self._agree()
        self.assertEqual(self.mobile.telecom_state, "active")
        case = self._case()
        self.assertEqual((case.state, case.stop), ("open", "plan"))
        self.assertEqual(len(self._told("plan_agreed")), 1)
        self.assertEqual(self._act("2026-11-30"), "nothing")
        with self.assertRaisesRegex(UserError, "terms of"):
            self.plan.instalment_count = 4
        with self.assertRaisesRegex(UserError, "use the buttons"):
            self.plan.state = "done"

    def test_service_stays_suspended_where_that_was_agreed(self):
        self.plan.restores_service = False
        self._agree()
        self.assertEqual(self.mobile.telecom_state, "suspended")

    def test_payments_cover_the_oldest_instalment_first_until_it_is_kept(self):
        self._agree()
        self._receive("40.00", "2026-12-01")
        self.assertEqual(
            self.plan.instalment_ids.mapped("open_amount"), [0, 26.67, 33.33]
        )
        self.assertEqual(str(self.plan.next_due_date), "2027-01-01")
        self._follow("2027-01-06")
        self.assertEqual(self.plan.state, "agreed")
        self._receive("60.00", "2027-01-06")
        self.assertEqual(self.plan.state, "done")
        self.assertEqual(self._case().state, "clear")
        self.assertEqual(self.mobile.telecom_state, "active")

    def test_payment_that_is_taken_back_is_owed_again(self):
        self._agree()
        payment = self._receive("100.00", "2026-12-01")
        self.assertEqual(self.plan.state, "done")
        with freeze_time("2026-12-10 10:00:00"):
            payment.move_id.line_ids.remove_move_reconcile()
            self.bill._dunning_debit_returned("AM04")
        self.assertEqual(self.plan.state, "agreed")
        self.assertEqual(self.plan.paid_amount, 0)
        self.assertEqual(self._case().stop, "plan")

    def test_broken_plan_returns_to_the_step_that_was_next(self):
        self._agree()
        self._follow("2026-12-06")
        self.assertEqual(self.plan.state, "agreed")
        self._follow("2026-12-07")
        self.assertEqual(self.plan.state, "broken")
        notice = self._told("plan_broken")
        case = self._case()
        self.assertEqual(case.step_id, self._step("notice"))
        self.assertEqual(case.next_step_id, self._step("suspend"))
        self.assertEqual((case.cycle, case.notice_id), (2, notice))
        self.assertFalse(case.next_date)
        self._hand_over("2026-12-07")
        # 15 days from the notice: Tuesday 22 December.
        taken = self._walk("2026-12-20", "2026-12-23")
        self.assertEqual(taken, {"Suspension": "2026-12-22"})
        self.assertEqual(self.mobile.telecom_state, "suspended")

    def test_broken_plan_of_who_was_only_reminded_goes_on_with_the_reminders(self):
        payer = self._create_payer("Nil Roca")
        with freeze_time("2026-09-01 10:00:00"):
            line = self._create_subscription(account=payer, state="active")
        self._create_service_bill({line: 50}, account=payer)
        self._act("2026-10-08", payer)
        plan = self._draft(2, billing_account_id=payer.id)
        self._agree(plan, "2026-10-10")
        self._follow("2026-12-08")
        self.assertEqual(plan.state, "broken")
        case = self._case(payer)
        self.assertEqual((case.step_id, case.cycle), (self._step("reminder"), 1))
        self.assertEqual(self._act("2026-12-08", payer), "done")
        self.assertEqual(self._case(payer).step_id, self._step("again"))

    def test_plan_that_is_paid_early_is_done(self):
        self._agree()
        self._receive("100.00", "2026-11-07")
        self.assertEqual(self.plan.state, "done")
        self.assertEqual(self._case().state, "clear")
        self.assertEqual(set(self.plan.instalment_ids.mapped("open_amount")), {0})
        self._follow("2027-03-01")
        self.assertEqual(self.plan.state, "done")

    def test_plan_is_changed_by_another_that_takes_its_place(self):
        self._agree()
        self._receive("33.34", "2026-12-01")
        with freeze_time("2026-12-15 10:00:00"):
            action = self.plan.action_change()
            draft = self.env["telecom.payment.plan"].browse(action["res_id"])
            self.assertEqual((draft.amount, draft.instalment_count), (66.66, 2))
            self.assertEqual(str(draft.first_date), "2027-01-01")
            self.assertEqual((self.plan.state, draft.state), ("agreed", "draft"))
            draft.instalment_count = 4
            draft.action_agree()
        self.assertEqual((self.plan.state, draft.state), ("cancelled", "agreed"))
        self.assertEqual(self._case().stop, "plan")
        self.assertEqual(self.mobile.telecom_state, "active")
        self.assertFalse(self._told("plan_cancelled"))
        self.assertEqual(len(self._told("plan_agreed")), 2)
        with self.assertRaisesRegex(UserError, "not in force"):
            self.plan.action_change()

    def test_cancelled_plan_suspends_again_only_after_its_own_notice(self):
        self._agree()
        with freeze_time("2026-11-10 10:00:00"):
            self.plan.action_cancel()
        notice = self._told("plan_cancelled")
        case = self._case()
        self.assertEqual((case.notice_id, case.next_date), (notice, False))
        notice._word(notice.kind_id, "en_US")
        self.assertIn("100.00", notice.body)
        self.assertEqual(self._act("2026-11-26"), "nothing")
        self._hand_over("2026-11-26")
        taken = self._walk("2026-12-10", "2026-12-16")
        # Fifteen days are over on a Friday; Monday is a working day.
        self.assertEqual(taken, {"Suspension": "2026-12-14"})

    def test_cancelled_plan_lets_dunning_go_on(self):
        self.plan.restores_service = False
        self._agree()
        self.plan.action_cancel()
        self.assertFalse(self._case().stop)
        with self.assertRaisesRegex(UserError, "cannot become"):
            self._agree()

    def test_disputed_part_is_left_out_of_the_debt(self):
        self.env["telecom.payment.dispute"].create(
            {"bill_id": self.bill.id, "amount": 40, "reason": "Roaming"}
        )
        plan = self._draft(2)
        self.assertEqual(plan.amount, 60)
        self._agree(plan)
        self._receive("60.00", "2026-11-10")
        self.assertEqual(plan.state, "done")

    def test_agents_agree_within_limits_and_accountants_beyond(self):
        agent, accountant, technician = (
            new_test_user(
                self.env, f"p_{role}", groups=f"somconnexio_base.group_telecom_{role}"
            )
            for role in ("agent", "accountant", "technician")
        )
        self._create_service_bill({self.mobile: 250})
        large = self._draft(6)
        self.assertEqual(large.amount, 350)
        with self.assertRaisesRegex(UserError, "ask an accountant"):
            self._agree(large.with_user(agent))
        with self.assertRaisesRegex(UserError, "Only these roles"):
            self._agree(large.with_user(technician))
        long = self._draft(7, bill_ids=[(6, 0, self.bill.ids)])
        with self.assertRaisesRegex(UserError, "ask an accountant"):
            self._agree(long.with_user(agent))
        self._agree(large.with_user(accountant))
        self.assertEqual(large.agreed_by_id, accountant)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            self._agree(self.plan)

    def test_what_makes_no_sense_is_refused_with_words(self):
        with self.assertRaisesRegex(UserError, "At most 12"):
            self._agree(self._draft(13))
        with self.assertRaisesRegex(UserError, "in the past"):
            self._agree(day="2026-12-02")
        self._receive("100.00", "2026-11-06")
        with self.assertRaisesRegex(UserError, "choose open bills"):
            self._agree()

    def test_agreement_is_printed_in_the_language_of_the_payer(self):
        self.assertRaises(AccessError, get_public_method, self.plan, "agreement_pdf")
        self.account.lang = "en_US"
        self._agree()
        pages = PdfReader(BytesIO(self.plan.agreement_pdf())).pages
        text = "\n".join(page.extract_text() for page in pages)
        for words in (self.plan.code, "Laia Puig", "33.34", "5 days", "40005555E"):
            self.assertIn(words, text)
        action = self.plan.action_print()
        self.assertIn("/web/content/", action["url"])
