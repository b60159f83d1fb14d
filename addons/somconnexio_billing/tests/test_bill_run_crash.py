# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.queue_job.job import DONE, PENDING, Job

from .bill_run_common import BillRunCommon


class Crash(Exception):
    """What ends a job in the middle."""


@tagged("post_install", "-at_install")
class TestBillRunCrash(BillRunCommon):
    """Stopped anywhere and started again, a run ends as if never stopped.

    Jobs are queued here and worked off one by one, each in its own savepoint, as the
    job runner does with transactions.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "queue_job__no_delay": False})
        cls.subscriptions = [
            cls._create_subscriber(name=f"Member {number}") for number in range(6)
        ]

    def setUp(self):
        super().setUp()
        for subscription in self.subscriptions:
            self._add_usage(subscription, "0.1234", "1.1")

    def _jobs(self, run, state=PENDING):
        names = ("telecom.bill.run", "telecom.bill.run.slice")
        jobs = self.env["queue.job"].search(
            [("model_name", "in", names), ("state", "=", state)],
            order="priority, id",
        )
        return jobs.filtered(lambda job: run.name in job.name)

    def _work(self, run):
        """Do the jobs that wait, and those that they queue, as the runner would."""
        while jobs := self._jobs(run):
            job = Job.load(self.env, jobs[0].uuid)
            job.set_started()
            job.store()
            try:
                with self.env.cr.savepoint():
                    job.perform()
                job.set_done()
                job.store()
            except Crash as crash:
                job.set_failed(exc_message=str(crash))
                job.store()
                job.on_fail({"exc_message": str(crash)})
            self.env.flush_all()

    def _step(self, run, code):
        return run.step_ids.filtered(lambda step: step.code == code)

    def _digest(self, run):
        """Return all that a run came to, without ids, numbers and times."""
        return sorted(
            (
                account.billing_account_id.code,
                account.state,
                account.amount_total,
                account.move_id.state,
                account.move_id.amount_total,
                sorted(
                    (line.name, line.account_id.code, line.balance)
                    for line in account.move_id.line_ids
                    if line.display_type != "payment_term"
                ),
            )
            for account in run.account_ids
        )

    def _whole_run(self):
        """Return the digest of a run that nothing stops, and undo it."""
        with self.env.cr.savepoint() as savepoint:
            run = self._go(self._create_run(slice_size=2), "preview")
            for code in ("invoice", "post", "deliver"):
                getattr(run, f"action_{code}")()
                self._work(run)
            self.assertEqual(run.state, "delivered")
            digest = self._digest(run)
            savepoint.rollback()
        self.env.invalidate_all()
        return digest

    def _crash_at(self, model_name, method_name, call_number):
        """Patch a method to fail at its n-th call, once its work is done."""
        owner = type(self.env[model_name])
        original = getattr(owner, method_name)
        calls = []

        def method(records, *args, **kwargs):
            result = original(records, *args, **kwargs)
            calls.append(1)
            if len(calls) == call_number:
                raise Crash(f"{method_name} {call_number}")
            return result

        return patch.object(owner, method_name, method)

    def _run_with_crash(self, model_name, method_name, call_number, crashed_code):
        """Return the digest of a run that fails once and is then started again."""
        run = self._go(self._create_run(slice_size=2), "preview")
        with self._crash_at(model_name, method_name, call_number):
            for code in ("invoice", "post", "deliver"):
                getattr(run, f"action_{code}")()
                self._work(run)
                step = self._step(run, code)
                if code == crashed_code:
                    self.assertEqual(step.state, "failed")
                    self.assertIn("1 slices failed", step.message)
                    self.assertIn(method_name, step.message)
                    getattr(run, f"action_{code}")()
                    self._work(run)
                self.assertEqual(step.state, "done")
        return self._digest(run)

    def test_crash_while_making_bills_changes_nothing_in_the_end(self):
        expected = self._whole_run()
        found = self._run_with_crash("account.move", "create", 2, "invoice")
        self.assertEqual(found, expected)

    def test_crash_while_posting_changes_nothing_in_the_end(self):
        expected = self._whole_run()
        found = self._run_with_crash("account.move", "action_post", 2, "post")
        self.assertEqual(found, expected)

    def test_crash_while_drawing_changes_nothing_in_the_end(self):
        expected = self._whole_run()
        found = self._run_with_crash(
            "account.move", "_telecom_generate_bill_pdf", 2, "deliver"
        )
        self.assertEqual(found, expected)

    def test_crash_of_a_slice_leaves_no_bill_of_it_and_all_of_the_others(self):
        run = self._go(self._create_run(slice_size=2), "preview")
        with self._crash_at("account.move", "create", 2):
            run.action_invoice()
            self._work(run)
        self.assertEqual(run.state, "previewed")
        self.assertEqual(len(run.move_ids), 4)
        states = run.slice_ids.sorted("number").mapped("invoice_state")
        self.assertEqual(states, ["done", "failed", "done"])

    def test_button_again_while_jobs_wait_queues_no_second_job(self):
        run = self._go(self._create_run(slice_size=2), "preview")
        run.action_invoice()
        jobs = self._jobs(run)
        self.assertEqual(len(jobs), 4)
        run.action_invoice()
        self.assertEqual(self._jobs(run), jobs)
        self._work(run)
        self.assertEqual(len(run.move_ids), 6)

    def test_stage_is_open_until_its_last_slice_is_done(self):
        run = self._go(self._create_run(slice_size=2), "preview")
        run.action_invoice()
        self.assertTrue(run.is_running)
        with self.assertRaisesRegex(UserError, "comes after state Invoiced"):
            run.action_post()
        first = Job.load(self.env, self._jobs(run)[0].uuid)
        first.perform()
        first.set_done()
        first.store()
        self.assertEqual(run.state, "previewed")
        self.assertAlmostEqual(run.progress, 100 * (4 + 1 / 3) / 7, 1)
        self._work(run)
        self.assertEqual(run.state, "invoiced")
        self.assertFalse(run.is_running)

    def test_job_done_twice_changes_nothing(self):
        run = self._go(self._create_run(slice_size=2), "preview")
        run.action_invoice()
        slice_ = run.slice_ids[0]
        slice_._job_invoice()
        moves = run.move_ids
        slice_._job_invoice()
        self.assertEqual(run.move_ids, moves)

    def test_job_of_a_run_taken_back_does_nothing(self):
        run = self._go(self._create_run(slice_size=2), "preview")
        run.action_invoice()
        run.action_cancel()
        run.account_ids.write({"state": "pending", "slice_id": False})
        slice_ = self.env["telecom.bill.run.slice"].create(
            {"run_id": run.id, "number": 1}
        )
        run.account_ids.slice_id = slice_
        slice_._job_invoice()
        self.assertFalse(run.move_ids)

    def test_job_cancelled_in_the_queue_is_seen_as_failed(self):
        run = self._go(self._create_run(slice_size=2), "preview")
        run.action_invoice()
        self._jobs(run)[0].button_cancelled()
        self._work(run)
        self.assertEqual(self._step(run, "invoice").state, "failed")
        run.action_invoice()
        self._work(run)
        self.assertEqual(run.state, "invoiced")
        self.assertEqual(len(run.move_ids), 6)

    def test_run_all_goes_on_by_itself_from_job_to_job(self):
        run = self._create_run(slice_size=2)
        run.action_run_all()
        self.assertEqual(run.run_until, "deliver")
        self._work(run)
        self.assertEqual(run.state, "delivered")
        self.assertEqual(len(self._jobs(run, DONE)), 7 + 3 * (3 + 1))

    @mute_logger("odoo.addons.queue_job.delay")
    def test_run_all_stops_where_a_step_fails_and_says_why(self):
        run = self._create_run(slice_size=2)
        run.action_run_all()
        with self._crash_at("telecom.bill.run", "_do_preview", 1):
            self._work(run)
        self.assertEqual(run.state, "checked")
        self.assertFalse(run.run_until)
        self.assertEqual(self._step(run, "preview").state, "failed")
        self.assertIn("_do_preview", run.message_ids[0].body)
        run.action_run_all()
        self._work(run)
        self.assertEqual(run.state, "delivered")
