# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from contextlib import nullcontext
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.job import DONE, PENDING, Job

from ..command_line.job_workers import free_jobs
from ..command_line.month import Month
from .bill_run_common import BillRunCommon


class Crash(Exception):
    """What ends a job in the middle."""


@tagged("post_install", "-at_install")
class TestBillRunQueue(BillRunCommon):
    """A run that goes through by itself, and jobs that people meddle with.

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

    def test_command_waits_while_a_server_s_runner_closes_the_stage(self):
        month = Month.__new__(Month)
        month.run_id = self._create_run().id
        Run = type(self.env["telecom.bill.run"])
        answers = [
            RetryableJobError("A runner has the run"),
            SerializationFailure("A runner has changed its job"),
            None,
        ]
        with (
            patch.object(Month, "_env", lambda _month: nullcontext(self.env)),
            patch.object(Run, "_close_now", side_effect=answers),
        ):
            self.assertFalse(month._close("post"))
            self.assertFalse(month._close("post"))
            self.assertTrue(month._close("post"))

    def test_job_of_a_worker_that_died_waits_again_at_once(self):
        run = self._go(self._create_run(slice_size=2), "preview")
        run.action_invoice()
        first, second = self._jobs(run)[:2]
        for record in first:
            job = Job.load(self.env, record.uuid)
            job.set_started()
            job.store()
        second.state = "enqueued"
        self.env.flush_all()
        free_jobs(self.env.cr)
        self.env.invalidate_all()
        self.assertEqual((first.state, first.retry), (PENDING, 1))
        self.assertEqual((second.state, second.retry), (PENDING, 0))
