# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""One unattended month: files in, bills out, each step committed by itself."""

import traceback
from contextlib import contextmanager
from time import sleep

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.exceptions import UserError

from ..models.bill_run import stages
from . import results, summary
from .job_workers import JobWorkers
from .progress import Progress

OK, FAILED, USAGE, QUARANTINED, NOT_GREEN = range(5)
WATCH_SECONDS = 0.5


class Month:
    """The billing of one month of one company.

    :param registry: the database's registry
    :param options: parsed arguments of the command, see cli/bill_month.py
    """

    def __init__(self, registry, options):
        self.registry = registry
        self.options = options
        self.progress = Progress()
        self.file_ids = []

    def run(self):
        """Do the month and return the exit code."""
        try:
            self._do()
        except UserError as error:
            self.progress.say(f"Stopped: {error}")
            return FAILED
        except Exception:
            self.progress.say(traceback.format_exc())
            return FAILED
        return self._finish()

    def _do(self):
        self._receive_files()
        self._load_files()
        self.run_id = self._find_run()
        for stage in stages.until(self.options.until):
            self._do_stage(stage)

    @contextmanager
    def _env(self):
        """Give an environment in a transaction of its own, committed at the end."""
        with self.registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {"lang": "en_US"})
            yield env(
                context=dict(env.context, allowed_company_ids=[self._company(env)])
            )

    def _company(self, env):
        """Return the id of the company that is billed."""
        companies = env["res.company"].search(
            [("name", "=", self.options.company)] if self.options.company else []
        )
        if len(companies) != 1:
            raise UserError(
                f"{len(companies)} companies fit: name one of them by --company."
            )
        return companies.id

    def _receive_files(self):
        """Take in the files of the folder; content that is known stays as it is."""
        if not self.options.files:
            return
        paths = sorted(p for p in self.options.files.iterdir() if p.is_file())
        for number, path in enumerate(paths, start=1):
            self.progress.show("receive", number, len(paths))
            with self._env() as env:
                file = env["telecom.usage.file"].receive(path, path.name)
                self.file_ids.append(file.id)

    def _load_files(self):
        """Load the waiting files, a transaction each, in the order of receipt."""
        with self._env() as env:
            waiting = env["telecom.usage.file"].search(
                [("state", "=", "received"), ("company_id", "=", env.company.id)],
                order="received_at, id",
            )
            file_ids = waiting.ids
        for number, file_id in enumerate(file_ids, start=1):
            self.progress.show("load", number, len(file_ids))
            with self._env() as env:
                env["telecom.usage.file"].browse(file_id).load_usage()

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

    def _do_stage(self, stage):
        """Do one stage unless the run has it behind it."""
        with self._env() as env:
            run = env["telecom.bill.run"].browse(self.run_id)
            if stages.has_reached(run.state, stage.done_state):
                return
            self.progress.say(f"{stage.code} …")
            run.run_stage(stage.code)
        if stage.slice_field:
            self._work_slices(stage)
        with self._env() as env:
            step = env["telecom.bill.run"].browse(self.run_id)._step(stage)
            if step.state != "done":
                raise UserError(f"{stage.code}: {step.message or step.state}")
            self.progress.say(
                f"{stage.code}: {step.row_count} rows, {step.seconds:.1f} s"
            )

    def _work_slices(self, stage):
        """Have the slices of a stage worked off, and close it."""
        with JobWorkers(self.registry.db_name, self.options.workers).working() as team:
            while True:
                team.tend()
                live_count, total = self._count_live(stage)
                self.progress.show(stage.code, total - live_count, total)
                if not live_count:
                    break
                sleep(WATCH_SECONDS)
        with self._env() as env:
            env["telecom.bill.run"].browse(self.run_id)._close_now(stage)

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
                    self.options.out, facts, run
                )
        self._say(facts)
        if facts["quarantined"]:
            return QUARANTINED
        return OK if summary.is_green(facts) else NOT_GREEN

    def _say(self, facts):
        """Print the month as a table for people and logs."""
        say = self.progress.say
        say(f"\n{facts['run']} · {facts['period_start']} · {facts['state']}")
        for name, value in [*facts["counters"].items(), *facts["amounts"].items()]:
            say(f"  {name.replace('_', ' '):<20}{value:>16}")
        for check in facts["checks"]:
            if check["state"] == "fail":
                say(f"  {check['severity']}: {check['name']} ({check['rows']} rows)")
        for item in facts["quarantined"]:
            say(f"  quarantined: {item['file']}: {item['reason']}")
        for item in facts["held"]:
            say(f"  held: {item['account']}: {item['reason']}")
        if self.options.out:
            say(f"  results in {self.options.out}")
