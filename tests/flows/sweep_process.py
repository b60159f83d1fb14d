# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A process with Odoo loaded that bills months in children, and kills some of them.

It reads one order a line from its input, as JSON, and answers each by one line:

* ``{"arguments": [...]}`` bills a month by `odoo bill_month`'s own code;
* with ``"stage"`` and ``"nth"``, it is killed before the n-th thing that it asks of the
  database in that stage: by ``"whole"`` with all its workers, as by a power cut,
  otherwise the process alone that asks, as by the kernel's out-of-memory killer.

The answer is ``{"code": exit code or minus the signal, "counts": {stage: asked}}``.

To boot Odoo takes longer than to bill the few members of a test: here it is done once.
"""

import json
import multiprocessing
import os
import signal
import sys
from contextlib import contextmanager

from odoo import sql_db
from odoo.cli.command import load_addons_commands
from odoo.modules.registry import Registry
from odoo.tools import config

STAGES = ("load", "rate", "invoice", "post", "deliver")


class Killer:
    """Counts what a month and its workers ask of the database, and strikes once."""

    def __init__(self, stage=None, nth=0, whole=True):
        self.counts = multiprocessing.Array("q", len(STAGES))
        self.current = multiprocessing.Value("i", -1)
        self.target = STAGES.index(stage) if stage else -1
        self.nth = nth
        self.whole = whole
        self.leader = 0
        self.is_paused = False

    def install(self):
        """Patch this process; what it forks is patched as well."""
        # These need the addons path, which comes from the configuration.
        from odoo.addons.queue_job.controllers.main import RunJobController
        from odoo.addons.somconnexio_billing.command_line.month import Month

        self.leader = os.getpid()
        for name in ("execute", "commit"):
            self._count_calls(sql_db.Cursor, name)
        self._mark(Month, "_load_files", lambda *_args: "load")
        self._mark(Month, "_do_stage", lambda _month, stage: stage.code)
        self._pause(Month, "_count_live")
        self._resume_in_jobs(RunJobController)

    def _count_calls(self, owner, name):
        original = getattr(owner, name)

        def counted(*args, **kwargs):
            self._tick()
            return original(*args, **kwargs)

        setattr(owner, name, counted)

    def _mark(self, owner, name, stage_of):
        original = getattr(owner, name)

        def marked(*args):
            code = stage_of(*args)
            self.current.value = STAGES.index(code) if code in STAGES else -1
            try:
                return original(*args)
            finally:
                self.current.value = -1

        setattr(owner, name, marked)

    def _pause(self, owner, name):
        """Count nothing inside a method: how often it is called is chance."""
        original = getattr(owner, name)

        def paused(*args):
            with self._paused():
                return original(*args)

        setattr(owner, name, paused)

    @contextmanager
    def _paused(self):
        was_paused, self.is_paused = self.is_paused, True
        try:
            yield
        finally:
            self.is_paused = was_paused

    def _resume_in_jobs(self, controller):
        original = controller._runjob
        killer = self

        def in_job(_class, env, job):
            killer.is_paused = False
            try:
                return original(env, job)
            finally:
                killer.is_paused = True

        controller._runjob = classmethod(in_job)

    def _tick(self):
        if self.is_paused or self.current.value < 0:
            return
        is_worker = os.getpid() != self.leader
        with self.counts.get_lock():
            self.counts[self.current.value] += 1
            is_due = (
                self.current.value == self.target
                and self.counts[self.target] == self.nth
            )
        if not is_due:
            return
        if self.whole or not is_worker:
            os.killpg(self.leader, signal.SIGKILL)
        os.kill(os.getpid(), signal.SIGKILL)


def bill(dbname, order):
    """Bill a month in a child process and return the answer to an order."""
    killer = Killer(order.get("stage"), order.get("nth", 0), order.get("whole", True))
    sql_db.close_all()
    pid = os.fork()
    if not pid:
        os.setpgid(0, 0)
        killer.install()
        _bill_here(dbname, order["arguments"])
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return {"code": code, "counts": dict(zip(STAGES, killer.counts[:], strict=True))}


def _bill_here(dbname, arguments):
    """Bill a month and end this process."""
    from odoo.addons.somconnexio_billing.cli.bill_month import BillMonth
    from odoo.addons.somconnexio_billing.command_line.month import Month

    code = 1
    try:
        options = BillMonth().parser.parse_args(["-d", dbname, *arguments])
        code = Month(Registry(dbname), options).run()
    finally:
        sys.stdout.flush()
        os._exit(code)


def main(dbname, conf):
    """Load Odoo, say so, and carry out orders until the input ends."""
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    arguments = ["--no-http", "-d", dbname, "--log-level=error"]
    config.parse_config([*arguments, *(["-c", conf] if conf else [])])
    Registry(dbname)
    load_addons_commands("bill_month")
    sql_db.close_all()
    print("ready", file=answers)
    for line in sys.stdin:
        print(json.dumps(bill(dbname, json.loads(line))), file=answers)
        sql_db.close_all()


if __name__ == "__main__":
    main(*sys.argv[1:])
