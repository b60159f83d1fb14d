# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import LockError, UserError

from ... import sql_steps
from ...takeover.kinds import in_order
from .telecom_migration_run import STATE_PASS

#: What a trial has found out, kept while what it did is undone.
STEP_RESULTS = (
    "sequence",
    "kind",
    "state",
    "row_count",
    "open_count",
    "created_count",
    "updated_count",
    "unchanged_count",
    "refused_count",
    "seconds",
)


class _Undo(Exception):
    """A trial has come to its end."""


class TelecomMigrationRun(models.Model):
    """The work of a migration: in parts, each of which may be the last for now."""

    _inherit = "telecom.migration.run"

    def _lock(self):
        """Keep others from working on this migration until the transaction ends.

        :raise LockError: when someone else does
        """
        self.ensure_one()
        self.lock_for_update(allow_referencing=True)

    def _work(self):
        """Do what is still to do; yield after each part that is whole by itself.

        Who iterates may commit then. Killed at any point and called again, it goes on
        where the last commit was: a row that is not “to do” is settled.

        :raise LockError: when someone else works on it
        :raise UserError: naming the file that cannot be read
        """
        self.ensure_one()
        self._lock()
        self._begin()
        yield
        for file in self.file_ids:
            if file.state == "received":
                self._lock()
                file._stage()
                yield
        sql_steps.run(self.env, "migration/13_analyze_rows")
        for step in self._ensure_steps():
            yield from step._work()
        self._lock()
        self._reconcile()
        self._move("done", ended_at=fields.Datetime.now())
        yield

    def _begin(self):
        if self.state == "running":
            return
        if not self.started_at:
            self._clear_results()
        started_at = self.started_at or fields.Datetime.now()
        self._move("running", started_at=started_at, error_message=False)

    def _ensure_steps(self):
        """Return a step per kind of row that there are files of, in their order."""
        kinds = in_order(set(self.file_ids.mapped("kind")))
        known = set(self.step_ids.mapped("kind"))
        Step = self.env["telecom.migration.step"].sudo()
        steps = Step.create(
            [
                {"run_id": self.id, "kind": kind, "sequence": place}
                for place, kind in enumerate(kinds)
                if kind not in known
            ]
        )
        for step in steps:
            step._count()
        self.invalidate_recordset(["step_ids"])
        return self.sudo().step_ids.sorted("sequence")

    def _clear_results(self):
        """Forget what a trial has found out."""
        # Results follow from the files: nobody writes or deletes them by hand.
        self.sudo().issue_ids.unlink()
        self.sudo().total_ids.unlink()
        self.sudo().step_ids.unlink()

    @api.private
    def work_now(self, commit=lambda: None):
        """Take everything over, in this process.

        :param commit: called after each part that is whole by itself
        :return: True
        :raise UserError: naming the file that cannot be read
        """
        self._check_ready()
        for _part in self._work():
            commit()
        return True

    @api.private
    def try_now(self):
        """Try everything out in one transaction: done, reported and undone.

        The same code runs as for real, so that what is reported is what would be.
        Only numbers drawn from sequences meanwhile are not given back.

        :return: True
        :raise UserError: naming the file that cannot be read
        """
        self._check_ready()
        self._lock()
        self._clear_results()
        results = self._try()
        self.env.invalidate_all(flush=False)
        self._keep_results(results)
        self._move("tried", trial_at=fields.Datetime.now(), error_message=False)
        self._store_reports()
        return True

    def _try(self):
        """Do everything, note what came of it, and undo it."""
        results = {}
        try:
            with self.env.cr.savepoint():
                self.with_context(migration_pass=STATE_PASS).write({"state": "tried"})
                for _part in self._work():
                    # As a commit would do: memory stays flat however many rows.
                    self.env.invalidate_all()
                results.update(self._read_results())
                raise _Undo
        except _Undo:
            return results

    def _read_results(self):
        skipped = {"id", "display_name", "company_id", "is_equal", "reason", "remedy"}
        self.env.flush_all()
        return {
            "telecom.migration.step": self.step_ids.read(STEP_RESULTS, load=None),
            "telecom.migration.total": _plain(self.total_ids, skipped),
            "telecom.migration.issue": _plain(self.issue_ids, skipped),
            "telecom.migration.file": self.file_ids.read(["row_count", "amount"]),
        }

    def _keep_results(self, results):
        for vals in results.pop("telecom.migration.file"):
            file = self.env["telecom.migration.file"].browse(vals.pop("id"))
            file.write(vals)
        for model_name, rows in results.items():
            for vals in rows:
                vals.pop("id", None)
            # As in _clear_results.
            self.env[model_name].sudo().create(
                [{**vals, "run_id": self.id} for vals in rows]
            )

    @api.model
    def _cron_work(self):
        """Try out and take over what waits, for as long as a scheduled action may."""
        waiting = self.search(
            [("state", "in", ("trial_queued", "queued", "running"))], order="id"
        )
        Cron = self.env["ir.cron"]
        Cron._commit_progress(remaining=len(waiting))
        for run in waiting:
            try:
                is_over = run._work_in_cron()
            except LockError:
                self.env.cr.rollback()
                continue
            except UserError as error:
                self.env.cr.rollback()
                run._move("failed", error_message=str(error))
                is_over = True
            if not is_over:
                return
            Cron._commit_progress(1)

    def _work_in_cron(self):
        """Work on one migration; return whether it is over."""
        if self.state == "trial_queued":
            return self.try_now()
        Cron = self.env["ir.cron"]
        for _part in self._work():
            time_left = Cron._commit_progress()
            self.invalidate_recordset(["state"])
            if self.state == "stopped":
                return True
            if not time_left and self.state != "done":
                return False
        return True


def _plain(records, skipped):
    names = [
        name
        for name, field in records._fields.items()
        if field.store and name not in skipped
    ]
    return records.read(names, load=None)
