# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from unittest.mock import patch

from odoo.exceptions import LockError, UserError
from odoo.tests import tagged

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.job import PENDING, Job

from .bill_run_common import BillRunCommon

WORK = {
    "invoice": ("_create_moves", "previewed", "pending"),
    "post": ("_post_moves", "invoiced", "invoiced"),
    "deliver": ("_deliver_moves", "posted", "posted"),
}


class PowerCut(Exception):
    """What no code expects."""


@tagged("post_install", "-at_install")
class TestBillRunResume(BillRunCommon):
    """Background jobs that break down: what is done stays, the rest is done again.

    Five accounts in slices of two; jobs are queued and worked off one by one, each
    rolled back as a whole when it fails.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.subscriptions = [
            cls._create_subscriber(name=f"Payer {number}") for number in range(5)
        ]

    def setUp(self):
        super().setUp()
        for number, subscription in enumerate(self.subscriptions):
            self._add_usage(subscription, f"{number}.25")

    def _queued_run(self):
        """Return a run in slices of two whose jobs are queued, not done at once."""
        run = self._create_run(slice_size=2)
        return run.with_context(queue_job__no_delay=False)

    def _jobs(self, run):
        """Return the waiting jobs of a run and its slices, in their order."""
        keys = [f"telecom.bill.run:{run.id}:%"]
        keys += [f"telecom.bill.run.slice:{slice_.id}:%" for slice_ in run.slice_ids]
        domain = [("state", "=", PENDING)]
        domain += ["|"] * (len(keys) - 1)
        domain += [("identity_key", "=like", key) for key in keys]
        return run.env["queue.job"].sudo().search(domain, order="priority, id")

    def _work_off(self, jobs):
        """Do jobs as the queue does: each in a transaction of its own."""
        for record in jobs:
            job = Job.load(self.env, record.uuid)
            try:
                with self.cr.savepoint():
                    job.perform()
            except RetryableJobError as error:
                job.postpone(str(error), seconds=error.seconds)
                job.set_pending(reset_retry=False)
            except Exception as error:
                self.env.invalidate_all()
                values = {"exc_name": type(error).__name__, "exc_message": str(error)}
                job.set_failed(**values)
                job.on_fail(values)
            else:
                job.set_done()
            job.store()
        self.env.invalidate_all()

    def _press(self, run, code):
        """Press the button of a stage and let its jobs be done."""
        getattr(run, f"action_{code}")()
        self._work_off(self._jobs(run))

    def _reach(self, run, code):
        """Do all stages before the one named ``code``."""
        for stage in ("load", "rate", "check", "preview", "invoice", "post", "deliver"):
            if stage == code:
                break
            self._press(run, stage)

    def _breaking(self, method, number, error):
        """Patch a stage so that it raises after the work on a slice of a number."""
        owner = type(self.env["telecom.bill.run.account"])
        original = getattr(owner, method)

        def broken(accounts):
            original(accounts)
            if number in accounts.slice_id.mapped("number"):
                raise error

        return patch.object(owner, method, broken)

    def _states(self, run):
        """Return the states of the accounts of a run, slice by slice."""
        return [
            sorted(set(slice_.account_ids.mapped("state")))
            for slice_ in run.slice_ids.sorted("number")
        ]

    def _digest(self, run):
        """Return what a run has led to, in words that no id, time or order changes.

        A slice that is posted later gets later numbers: which numbers there are
        counts, not who has which.
        """
        self.env.invalidate_all()
        accounts = run.account_ids.sorted("billing_account_id")
        return {
            "state": run.state,
            "numbers": sorted(run.move_ids.mapped("name")),
            "drawn": sorted(self._code(id_) for id_ in self.drawn_ids),
            "accounts": [
                (a.billing_account_id.code, a.state, a.amount_tax, a.amount_total)
                for a in accounts
            ],
            "lines": [
                (line.name, line.quantity, line.amount_untaxed, line.tax_ids.ids)
                for line in accounts.line_ids.sorted()
            ],
            "moves": [
                (move.partner_id.id, move.state, str(move.invoice_date), move.date)
                for move in accounts.move_id
            ],
            "items": [
                (
                    item.account_id.id,
                    item.balance,
                    item.tax_ids.ids,
                    item.tax_tag_ids.ids,
                )
                for move in accounts.move_id
                for item in move.line_ids.sorted("balance")
            ],
        }

    def _code(self, move_id):
        """Return the code of the account of a bill."""
        return self.env["account.move"].browse(move_id).telecom_billing_account_id.code

    def _uninterrupted_digest(self):
        """Return the digest of a run that nothing stops, and undo it."""
        with self.cr.savepoint() as savepoint:
            run = self._queued_run()
            self._reach(run, "end")
            digest = self._digest(run)
            savepoint.rollback()
        self.env.invalidate_all()
        type(self).drawn_ids = []
        return digest

    def _assert_resumed(self, code):
        """Break the second slice of a stage, then press its button again."""
        expected = self._uninterrupted_digest()
        method, state_before, waiting = WORK[code]
        done = {"invoice": "invoiced", "post": "posted", "deliver": "delivered"}[code]
        run = self._queued_run()
        self._reach(run, code)
        with self._breaking(method, 2, PowerCut("power cut")):
            self._press(run, code)
        self.assertEqual(self._states(run), [[done], [waiting], [done]])
        self.assertEqual(run.state, state_before)
        step = run.step_ids.filtered(lambda s: s.code == code)
        self.assertEqual(step.state, "failed")
        self.assertIn("power cut", step.message)
        type(self).drawn_ids = run.account_ids.filtered(
            lambda account: account.state == "delivered"
        ).move_id.ids
        self._press(run, code)
        self.assertEqual(self._states(run), [[done], [done], [done]])
        self.assertEqual(run.state, done)
        self.assertEqual(step.state, "done")
        for stage in ("post", "deliver"):
            if run.state != "delivered" and (code, stage) != ("post", "post"):
                self._press(run, stage)
        self.assertEqual(self._digest(run), expected)

    def test_invoicing_that_broke_in_a_slice_goes_on_with_it(self):
        self._assert_resumed("invoice")

    def test_posting_that_broke_in_a_slice_goes_on_with_it(self):
        self._assert_resumed("post")

    def test_delivery_that_broke_in_a_slice_goes_on_with_it(self):
        self._assert_resumed("deliver")

    def test_finished_slices_keep_their_bills_when_the_button_is_pressed_again(self):
        run = self._queued_run()
        self._reach(run, "invoice")
        with self._breaking("_create_moves", 2, PowerCut("power cut")):
            self._press(run, "invoice")
        first_bills = run.move_ids
        self.assertEqual(len(first_bills), 3)
        self._press(run, "invoice")
        self.assertEqual(len(run.move_ids), 5)
        self.assertLessEqual(first_bills, run.move_ids)

    def test_button_pressed_twice_queues_each_job_once(self):
        run = self._queued_run()
        self._reach(run, "invoice")
        run.action_invoice()
        jobs = self._jobs(run)
        self.assertEqual(len(jobs), 4)
        run.action_invoice()
        self.assertEqual(self._jobs(run), jobs)

    def test_job_that_runs_twice_does_nothing_the_second_time(self):
        run = self._queued_run()
        self._reach(run, "post")
        before = self._digest(run)
        for slice_ in run.slice_ids:
            self.assertEqual(slice_._job_invoice(), "0 accounts")
        self.assertEqual(self._digest(run), before)

    def test_stage_stays_open_until_its_last_slice_is_done(self):
        run = self._queued_run()
        self._reach(run, "invoice")
        run.action_invoice()
        jobs = self._jobs(run)
        self._work_off(jobs[:2])
        self._work_off(jobs[-1:])
        self.assertEqual(run.state, "previewed")
        self.assertTrue(run.is_running)
        self._work_off(jobs[2:])
        self.assertEqual(run.state, "invoiced")

    def test_jobs_of_a_run_taken_back_before_they_ran_do_nothing(self):
        for code, state in (("invoice", "draft"), ("post", "previewed")):
            with self.subTest(code), self.cr.savepoint() as savepoint:
                run = self._queued_run()
                self._reach(run, code)
                getattr(run, f"action_{code}")()
                jobs = self._jobs(run)
                run.action_back()
                self._work_off(jobs)
                self.assertEqual(set(jobs.mapped("state")), {"done"})
                self.assertEqual(run.state, state)
                self.assertFalse(run.move_ids)
                savepoint.rollback()
            self.env.invalidate_all()

    def test_account_that_odoo_refuses_is_held_and_the_others_are_billed(self):
        run = self._queued_run()
        self._reach(run, "invoice")
        refused = self._account(run, self.subscriptions[2])
        owner = type(refused)
        original = owner._create_moves

        def refusing(accounts):
            original(accounts)
            if refused in accounts:
                text = "This address is not enough."
                raise UserError(text)

        with patch.object(owner, "_create_moves", refusing):
            self._press(run, "invoice")
        self.assertEqual((refused.state, refused.hold_code), ("held", "error"))
        self.assertIn("not enough", refused.hold_reason)
        self.assertEqual(len(run.move_ids), 4)
        self.assertEqual(run.state, "invoiced")
        refused.release("Looked at")
        self._press(run, "invoice")
        self.assertEqual(len(run.move_ids), 5)
        self.assertEqual(refused.state, "invoiced")

    def test_bill_that_somebody_works_on_is_left_for_later_and_not_held(self):
        run = self._queued_run()
        self._reach(run, "post")
        with self._breaking("_post_moves", 2, LockError("locked")):
            self._press(run, "post")
        self.assertEqual(self._states(run), [["posted"], ["invoiced"], ["posted"]])
        self.assertFalse(run.account_ids.filtered("hold_code"))
        self.assertEqual(run.state, "invoiced")
        self._work_off(self._jobs(run))
        self.assertEqual(run.state, "posted")

    def test_account_whose_usage_changed_after_the_preview_is_held(self):
        run = self._queued_run()
        self._reach(run, "invoice")
        changed = self.subscriptions[0]
        self._insert_rated(99, changed, self.category_calls, "7", run)
        self._press(run, "invoice")
        account = self._account(run, changed)
        self.assertEqual((account.state, account.hold_code), ("held", "stale"))
        self.assertEqual(len(run.move_ids), 4)
        self._add_usage(changed, "7")
        for code in ("rate", "check", "preview"):
            self._press(run, code)
        account.release("Looked at")
        self._press(run, "invoice")
        self.assertEqual(account.move_id.amount_untaxed, 17.25)
