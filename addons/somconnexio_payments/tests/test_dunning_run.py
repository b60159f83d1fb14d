# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from contextlib import suppress
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.dunning import telecom_dunning_run
from .dunning_common import DunningCommon


@tagged("post_install", "-at_install")
class TestDunningRun(DunningCommon):
    """The list of who would get what and why, and its carrying out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.telecom_dunning_is_automatic = True
        cls.Run = cls.env["telecom.dunning.run"]
        cls.cron = cls.env.ref("somconnexio_payments.cron_telecom_dunning")
        cls.payers = cls.account
        for number in range(6):
            payer = cls._create_payer(f"Payer {number}")
            cls._create_bill(payer, 10 + number, "2026-10-01", "2026-10-05")
            cls.payers |= payer
        cls._create_service_bill({cls.mobile: 30})

    def _by_cron(self, day):
        with freeze_time(f"{day} 03:00:00"), self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def _of_these(self, run):
        return run.line_ids.filtered(
            lambda line: line.billing_account_id in self.payers
        )

    def test_list_says_who_would_get_what_and_why_and_does_nothing(self):
        with freeze_time("2026-10-08 10:00:00"):
            run = self.Run.create({"date": "2026-10-08"})
            run.action_list()
        lines = self._of_these(run)
        self.assertEqual(len(lines), 7)
        self.assertEqual(set(lines.mapped("state")), {"due"})
        self.assertEqual(lines.step_id, self._step("reminder"))
        self.assertEqual(set(lines.mapped("why")), {"✓ 3 days overdue of 3"})
        self.assertFalse(self._case())
        self.assertFalse(self._told("dunning_reminder"))
        self.assertEqual(run.due_count, len(run.line_ids))
        self.assertIn("search_default_due", run.action_view_lines()["context"])

    def test_list_shows_what_waits_and_what_is_stopped(self):
        self._receive("27.00", "2026-10-06")
        with freeze_time("2026-10-07 10:00:00"):
            run = self.Run.create({"date": "2026-10-07"})
            run.action_list()
        by_account = {line.billing_account_id: line for line in self._of_these(run)}
        self.assertEqual(by_account[self.account].state, "stopped")
        self.assertEqual(by_account[self.account].stop, "minimum")
        waiting = by_account[self.payers[1]]
        self.assertEqual(waiting.state, "waiting")
        self.assertEqual(str(waiting.next_date), "2026-10-08")

    def test_carrying_out_does_what_is_still_due(self):
        with freeze_time("2026-10-08 10:00:00"):
            run = self.Run.create({"date": "2026-10-08"})
            run.action_list()
        self._receive("30.00", "2026-10-08")
        with (
            freeze_time("2026-10-08 12:00:00"),
            patch.object(type(self.env["ir.cron"]), "_commit_progress"),
        ):
            run.action_carry_out()
        states = {line.billing_account_id: line.state for line in self._of_these(run)}
        self.assertEqual(states.pop(self.account), "left")
        self.assertEqual(set(states.values()), {"done"})
        self.assertEqual((run.state, run.progress), ("done", 100))
        with self.assertRaisesRegex(UserError, "cannot become"):
            run.action_list()

    def test_account_that_was_put_on_hold_in_the_list_gets_nothing(self):
        with freeze_time("2026-10-08 10:00:00"):
            run = self.Run.create({"date": "2026-10-08"})
            run.action_list()
            held = self._of_these(run).filtered(
                lambda line: line.billing_account_id == self.account
            )
            action = held.action_hold()
            self.env["telecom.dunning.decision"].with_context(
                **action["context"]
            ).create({"date": "2026-10-20", "note": "Pays on Friday"}).action_apply()
            self.assertEqual((held.state, held.stop), ("stopped", "hold"))
            self.assertEqual(self._case().hold_reason, "Pays on Friday")
            with patch.object(type(self.env["ir.cron"]), "_commit_progress"):
                run.action_carry_out()
            with self.assertRaisesRegex(UserError, "not waiting to be carried out"):
                held.action_hold()
        self.assertEqual(held.state, "stopped")
        self.assertFalse(self._case().step_id)
        self.assertEqual(run.done_count, len(run.line_ids) - 1)

    def test_run_by_hand_begins_the_ladder_for_a_service_that_fell_behind_later(self):
        self._reach_suspension()
        self._create_service_bill({self.other: 20}, due_date="2026-11-04")
        with (
            freeze_time("2026-11-09 10:00:00"),
            patch.object(type(self.env["ir.cron"]), "_commit_progress"),
        ):
            run = self.Run.create({"date": "2026-11-09"})
            run.action_list()
            run.action_carry_out()
        self.assertEqual((self._case().cycle, self._case().step_id.id), (2, False))

    def test_old_list_is_not_carried_out(self):
        run = self.Run.create({"date": "2026-10-08"})
        run.action_list()
        with (
            freeze_time("2026-10-09 10:00:00"),
            self.assertRaisesRegex(UserError, "only today's list"),
        ):
            run.action_carry_out()

    def test_long_list_is_left_to_the_scheduler(self):
        with freeze_time("2026-10-08 10:00:00"):
            run = self.Run.create({"date": "2026-10-08"})
            run.action_list()
            with patch.object(telecom_dunning_run, "BATCH", 2):
                run.action_carry_out()
        self.assertEqual(run.state, "running")
        self._by_cron("2026-10-08")
        self.assertEqual(run.state, "done")
        self.assertEqual(self._kinds(), ["opened", "step"])

    def test_scheduler_makes_one_run_a_day_and_clears_what_was_paid(self):
        self._by_cron("2026-10-08")
        self._by_cron("2026-10-08")
        runs = self.Run.search([("is_automatic", "=", True)])
        self.assertEqual(runs.mapped("state"), ["done"])
        case = self._case()
        self.assertEqual(case.step_id, self._step("reminder"))
        # Cancelled bills are found by the next run.
        bills = self.account.move_ids
        bills.with_context(skip_account_deprecation_check=True).button_draft()
        self.assertEqual(self._case().state, "clear")
        self._by_cron("2026-10-09")
        self.assertEqual(self._case().state, "clear")

    def test_killed_run_goes_on_where_it_stopped(self):
        act, calls = self.Case._act_on, []

        def die_in_second_batch(model, company, day, account_ids):
            calls.append(account_ids)
            if len(calls) == 2:
                raise KeyboardInterrupt
            return act(company, day, account_ids)

        with freeze_time("2026-10-08 10:00:00"):
            run = self.Run.create({"date": "2026-10-08"})
            run.action_list()
            run._move("running")
            with (
                patch.object(telecom_dunning_run, "BATCH", 2),
                patch.object(type(self.Case), "_act_on", die_in_second_batch),
                patch.object(type(self.env["ir.cron"]), "_commit_progress"),
                suppress(KeyboardInterrupt),  # assertRaises would roll back
            ):
                run._work()
        self.assertEqual(run.done_count, 2)
        self._by_cron("2026-10-08")
        self.assertEqual(run.state, "done")
        events = self.env["telecom.dunning.event"].search(
            [("case_id.billing_account_id", "in", self.payers.ids)]
        )
        self.assertEqual(events.mapped("kind").count("step"), 7)

    def test_reading_all_accounts_takes_as_many_queries_whatever_their_number(self):
        day = self.env["telecom.dunning.run"].new({"date": "2026-10-06"}).date

        def read(accounts):
            rows = self.Case._decide(self.company, day, accounts.ids)
            self.Case._write_down(self.company, day, rows)

        read(self.payers)
        few = self._count_queries(lambda: read(self.payers[:1]))
        many = self._count_queries(lambda: read(self.payers))
        self.assertEqual(few, many)
        self.assertLessEqual(many, 12)

    def test_same_step_of_many_takes_as_many_queries_whatever_their_number(self):
        day = self.env["telecom.dunning.run"].new({"date": "2026-10-08"}).date

        def act(accounts):
            outcomes = self.Case._act_on(self.company, day, accounts.ids)
            self.assertEqual(set(outcomes.values()), {"done"})

        with freeze_time("2026-10-08 10:00:00"):
            act(self.payers[0])
            few = self._count_queries(lambda: act(self.payers[1:3]))
            many = self._count_queries(lambda: act(self.payers[3:]))
        self.assertLessEqual(many, few)

    def test_old_lists_are_forgotten(self):
        run = self.Run.create({"date": "2026-01-02"})
        run.action_list()
        with freeze_time("2026-10-08 10:00:00"):
            self.Run._gc_lists()
        self.assertFalse(run.exists())
