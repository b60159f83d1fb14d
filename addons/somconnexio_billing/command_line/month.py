# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""One unattended month: files in, bills out, each step committed by itself."""

import traceback
from contextlib import contextmanager
from time import sleep

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.exceptions import UserError

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.somconnexio_base.operation.calendar import next_month

from ..company_lock import company_lock
from ..models.bill_run import stages
from . import results, summary
from .job_workers import JobWorkers
from .progress import Progress

OK, FAILED, USAGE, QUARANTINED, NOT_GREEN = range(5)
WATCH_SECONDS = 0.5


class CannotBegin(ValueError):
    """What was asked for can't be done: what is wrong, and what to do."""

    def __str__(self):
        return ": ".join(self.args)


class Month:
    """The billing of one month of one company.

    :param registry: the database's registry
    :param options: parsed arguments of the command, see cli/bill_month.py
    :raise CannotBegin: when the options do not name one company, or its month is not
        over
    """

    def __init__(self, registry, options):
        self.registry = registry
        self.options = options
        self.progress = Progress()
        self.file_ids = []
        self.company_id = self._find_company()
        self._check_over()

    def run(self):
        """Do the month and return the exit code."""
        try:
            with company_lock(self.registry.db_name, self.company_id) as connection:
                self.lock_connection = connection
                self._do()
                return self._finish()
        except UserError as error:
            self.progress.say(f"Stopped: {error}")
            return FAILED
        except Exception:
            self.progress.say(traceback.format_exc())
            return FAILED

    def _do(self):
        self._receive_files()
        self._load_files()
        self.run_id = self._find_run()
        for stage in stages.until(self.options.until):
            if not self._is_due(stage):
                continue
            if self._is_stopped(stage):
                break
            self._do_stage(stage)
        if self.options.collect:
            self._collect()

    def _collect(self):
        """Hand the bills to collection and keep what the bank gets.

        The files appear when the transaction is committed, whole or not at all: a
        command that is killed here writes the same ones when it is called again.
        """
        with self._env() as env:
            run = env["telecom.bill.run"].browse(self.run_id)
            if not stages.has_reached(run.state, "delivered"):
                self.progress.say("collect: not done, the bills are not delivered")
                return
            files = [
                file
                for collection in run._collect_bills()
                for file in collection._collection_files()
            ]
        paths = results.write_bank_files(self.options.out / "bank", files)
        for path in paths:
            self.progress.say(f"collect: {path}")
        if not paths:
            self.progress.say("collect: nothing that a bank could collect")

    def _find_company(self):
        """Return the id of the company that is billed."""
        name = self.options.company
        with self.registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            companies = env["res.company"].search([("name", "=", name)] if name else [])
            if len(companies) == 1:
                return companies.id
            names = env["res.company"].search([], order="name").mapped("name")
        raise CannotBegin(
            f"there is no company '{name}'" if name else "there are several companies",
            f"choose one by --company: {', '.join(names)}",
        )

    def _check_over(self):
        """Refuse a month whose last day has not passed for the company."""
        if self.options.unfinished:
            return
        end = next_month(self.options.month)
        with self._env() as env:
            if env.company._telecom_today() < end:
                raise CannotBegin(
                    f"{self.options.month:%Y-%m} is not over",
                    f"call again from {end} on, or with --unfinished to bill it"
                    " without what is still to come",
                )

    @contextmanager
    def _env(self):
        """Give an environment in a transaction of its own, committed at the end."""
        with self.registry.cursor() as cr:
            context = {"lang": "en_US", "allowed_company_ids": [self.company_id]}
            yield Environment(cr, SUPERUSER_ID, context)

    def _receive_files(self):
        """Take in the files of the folder; content that is known stays as it is."""
        if not self.options.files:
            return
        paths = sorted(p for p in self.options.files.iterdir() if p.is_file())
        for number, path in enumerate(paths, start=1):
            self.progress.show("receive", number, len(paths))
            with self._env() as env:
                files = env["telecom.usage.file"].receive(path, path.name)
                self.file_ids.extend(files.ids)

    def _load_files(self):
        """Load the waiting files, a transaction each, in the order of receipt."""
        with self._env() as env:
            waiting = env["telecom.usage.file"].search(
                [("state", "=", "received"), ("company_id", "=", env.company.id)]
            )
            loaded = waiting._load_in_turn()
            for number, _file in enumerate(loaded, start=1):
                env.cr.commit()  # a file is whole by itself
                self.progress.show("load", number, len(waiting))

    def _find_run(self):
        """Return the id of the month's live run, made when there is none."""
        with self._env() as env:
            Run = env["telecom.bill.run"]
            run = Run.search(
                [
                    ("company_id", "=", env.company.id),
                    ("period_start", "=", self.options.month),
                    ("kind", "=", "cycle"),
                    ("state", "!=", "cancelled"),
                ]
            )
            if not run:
                vals = {"period_start": self.options.month}
                if self.options.invoice_date:
                    vals["invoice_date"] = self.options.invoice_date
                run = Run.create(vals)
            return run.id

    def _is_due(self, stage):
        """Tell whether a stage has something left to do.

        What can still change a bill is computed anew until all bills are made, for
        files may have come and tariffs been corrected since the last call.
        """
        with self._env() as env:
            run = env["telecom.bill.run"].browse(self.run_id)
            if not stages.has_reached(run.state, stage.done_state):
                return True
            if stage.slice_field:
                open_states = (stage.from_state,)
            elif not stages.has_reached(run.state, "invoiced"):
                return True
            else:
                open_states = ("pending", "held")
            return any(account.state in open_states for account in run.account_ids)

    def _is_stopped(self, stage):
        """Tell whether a red control forbids a stage, and say so."""
        with self._env() as env:
            run = env["telecom.bill.run"].browse(self.run_id)
            is_stopped = bool(stage.slice_field and run._blocking_checks(stage))
        if is_stopped:
            self.progress.say(f"{stage.code}: not done, a control is red")
        return is_stopped

    def _do_stage(self, stage):
        """Do one stage."""
        with self._env() as env:
            run = env["telecom.bill.run"].browse(self.run_id)
            self.progress.say(f"{stage.code} …")
            run.run_stage(stage.code)
        if stage.slice_field:
            self._work_slices(stage)
        with self._env() as env:
            step = env["telecom.bill.run"].browse(self.run_id)._step(stage)
            if step.state != "done":
                text = f"{stage.code}: {step.message or step.state}"
                raise UserError(text)
            self.progress.say(
                f"{stage.code}: {step.row_count} rows, {step.seconds:.1f} s"
            )

    def _work_slices(self, stage):
        """Have the slices of a stage worked off, and close it."""
        workers = JobWorkers(
            self.registry.db_name, self.options.workers, [self.lock_connection]
        )
        with workers.working() as team:
            while True:
                team.tend()
                live_count, total = self._count_live(stage)
                self.progress.show(stage.code, total - live_count, total)
                if not live_count and self._close(stage):
                    break
                sleep(WATCH_SECONDS)

    def _close(self, stage):
        """Close a stage; False while a job runner has the run or its jobs."""
        try:
            with self._env() as env:
                env["telecom.bill.run"].browse(self.run_id)._close_now(stage)
        except (RetryableJobError, SerializationFailure):
            return False
        return True

    def _count_live(self, stage):
        """Return how many slices of a stage are still to come, out of how many."""
        with self._env() as env:
            run = env["telecom.bill.run"].browse(self.run_id)
            return len(run._live_slices(stage)), len(run.slice_ids)

    def _finish(self):
        """Write the results, say how it went and return the exit code."""
        with self._env() as env:
            run = env["telecom.bill.run"].browse(self.run_id)
            files = env["telecom.usage.file"].browse(self.file_ids)
            quarantined = files.filtered(lambda file: file.state == "quarantined")
            facts = summary.collect(run, quarantined)
            if self.options.out:
                facts["counters"]["pdf_count"] = results.write(
                    self.options.out, facts, run, self.options.spreadsheets
                )
        for line in summary.lines(facts):
            self.progress.say(line)
        if self.options.out:
            self.progress.say(f"  results in {self.options.out}")
        if facts["quarantined"]:
            return QUARANTINED
        return OK if summary.is_green(facts) else NOT_GREEN
