# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Work off the background jobs of a bill run when no job runner is up.

The workers are processes forked from this one. They take jobs as queue_job's own
runner and controller do: its states, locks, retries and failures apply, so that a
worker that was killed leaves a job that the next one does again.
"""

import logging
import os
import signal
from contextlib import closing, contextmanager
from time import sleep

from psycopg2 import errors

from odoo import SUPERUSER_ID, sql_db
from odoo.api import Environment
from odoo.modules.registry import Registry
from odoo.tools import SQL

from odoo.addons.queue_job.controllers.main import RunJobController
from odoo.addons.queue_job.jobrunner.runner import Database, MasterElectionLost

_logger = logging.getLogger(__name__)
MODELS = ("telecom.bill.run", "telecom.bill.run.slice")
IDLE_SECONDS = 0.2
TAKE_JOB = """
    UPDATE queue_job
    SET state = 'enqueued', date_enqueued = now() AT TIME ZONE 'utc'
    WHERE uuid = (
        SELECT uuid
        FROM queue_job
        WHERE
            state = 'pending'
            AND model_name IN %s
            AND (eta IS NULL OR eta <= now() AT TIME ZONE 'utc')
        ORDER BY priority, date_created, id
        LIMIT 1
        FOR UPDATE SKIP LOCKED
    )
    RETURNING uuid
"""
# A job that nobody holds the lock of, although its workers have all ended, is dead: no
# need to wait until it is old enough to tell.
FREE_JOBS = """
    UPDATE queue_job AS job
    SET
        state = 'pending',
        retry = CASE WHEN job.state = 'started' THEN coalesce(job.retry, 0) + 1
            ELSE job.retry END
    WHERE
        job.state IN ('enqueued', 'started')
        AND job.model_name IN %s
        AND (
            job.id IN (
                SELECT held.queue_job_id
                FROM queue_job_lock AS held
                WHERE held.queue_job_id = job.id
                FOR NO KEY UPDATE SKIP LOCKED
            )
            OR NOT EXISTS (
                SELECT FROM queue_job_lock AS held
                WHERE held.queue_job_id = job.id
            )
        )
"""


class JobWorkers:
    """The worker processes of one database, started again when one dies.

    :param own_connections: psycopg2 connections that no worker may keep open
    :ivar runner: queue_job's own hold on the database; None when another runner is
        elected, which then does the jobs
    """

    def __init__(self, dbname, count, own_connections=()):
        self.dbname = dbname
        self.count = count
        self.own_connections = own_connections
        self.pids = set()
        self.runner = None

    @contextmanager
    def working(self):
        """Have the jobs worked off for as long as the block lasts."""
        try:
            yield self
        finally:
            self._stop()
            if self.runner:
                with closing(self.runner), closing(self.runner.conn.cursor()) as cr:
                    free_jobs(cr)
                self.runner = None

    def _elect(self):
        """Take the database's jobs over, unless another runner does them.

        Asked again and again: the other one may end before its jobs do.
        """
        try:
            self.runner = Database(self.dbname)
        except MasterElectionLost:
            return False
        return True

    def tend(self):
        """Replace dead workers and free the jobs they held."""
        if not self.runner and not self._elect():
            return
        for pid in set(self.pids):
            if os.waitpid(pid, os.WNOHANG)[0]:
                self.pids.discard(pid)
        self.runner.requeue_dead_jobs()
        while len(self.pids) < self.count:
            self.pids.add(self._fork())

    def _fork(self):
        """Start one worker process and return its process id."""
        # A connection can't be shared by two processes: each opens its own.
        sql_db.close_all()
        pid = os.fork()
        if pid:
            return pid
        status = 1
        try:
            self._let_go()
            _work(self.dbname)
            status = 0
        finally:
            # Leave without running what the parent has still to clean up.
            os._exit(status)

    def _let_go(self):
        """Close what a worker has inherited of the connections that hold locks.

        Otherwise a worker that outlives its parent would keep the parent's locks. To
        close them as connections would end the parent's session.
        """
        nothing = os.open(os.devnull, os.O_RDWR)
        for connection in (self.runner.conn, *self.own_connections):
            os.dup2(nothing, connection.fileno())

    def _stop(self):
        """Let the workers end after the job in hand."""
        for pid in self.pids:
            os.kill(pid, signal.SIGTERM)
        for pid in self.pids:
            os.waitpid(pid, 0)
        self.pids.clear()


def free_jobs(cr):
    """Put the jobs of bill runs that dead workers held back into the queue.

    Only for the elected runner, once its workers have ended: a job that is about to be
    started has no lock either.

    :param cr: cursor of any connection
    """
    cr.execute(FREE_JOBS, (MODELS,))


def _work(dbname):
    """Do job after job until asked to end."""
    wanted = [True]
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_args: wanted.clear())
    parent = os.getppid()
    while wanted and os.getppid() == parent:
        if not _do_one(dbname):
            sleep(IDLE_SECONDS)


def _do_one(dbname):
    """Take one job and do it; return whether there was one."""
    with Registry(dbname).cursor() as cr:
        env = Environment(cr, SUPERUSER_ID, {})
        uuid = _take(cr)
        if not uuid:
            return False
        job = RunJobController._acquire_job(env, uuid)
        if job:
            try:
                RunJobController._runjob(env, job)
            except Exception:  # the controller has noted it on the job
                _logger.exception("Job %s failed", uuid)
                cr.rollback()
        return True


def _take(cr):
    """Mark the next job as taken and return its uuid, or None."""
    try:
        cr.execute(SQL(TAKE_JOB, MODELS), log_exceptions=False)
    except errors.SerializationFailure:
        cr.rollback()
        return None
    row = cr.fetchone()
    # As queue_job's runner does: others must see at once that the job is taken.
    cr.commit()  # pylint: disable=invalid-commit
    return row and row[0]
