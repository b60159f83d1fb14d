# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Taking a run back, as long as no bill is posted."""

from odoo import models
from odoo.exceptions import UserError

from . import bill_batch, stages

MOVE_BATCH = 500


class TelecomBillRun(models.Model):
    _inherit = "telecom.bill.run"

    def action_back(self):
        """Take a run one decision back: drafts to preview, preview to the start.

        Draft bills are removed; usage files stay loaded.
        """
        for run in self:
            run = run._undo_begin()
            if stages.has_reached(run.state, "invoiced"):
                run._remove_drafts()
                run._reopen_steps("previewed")
            else:
                run._forget_accounts()
                run._reopen_steps("draft")
            run._refresh_totals()
        return True

    def action_cancel(self):
        """Cancel a run for good; another one may then bill its period."""
        for run in self:
            run = run._undo_begin()
            run._remove_drafts()
            run._sql("51_delete_preview")
            run.account_ids.write({"state": "cancelled", "slice_id": False})
            run._give_files_back()
            run.write({"state": "cancelled", "run_until": False})
            run._refresh_totals()
        return True

    def _undo_begin(self):
        """Check role and state, and lock; return the run with the machine's rights."""
        self._check_role(stages.BY_CODE["preview"])
        run = self._engine()
        run._lock()
        if run.state == "cancelled":
            raise UserError(self.env._("Bill run %s is cancelled.", run.name))
        posted = run.move_ids.filtered(lambda move: move.state == "posted")
        if posted:
            raise UserError(
                self.env._(
                    "Bill run %(run)s has %(count)s posted bills and cannot be taken"
                    " back. Correct a bill with a credit note.",
                    run=run.name,
                    count=len(posted),
                )
            )
        return run

    def _remove_drafts(self):
        """Remove the draft bills of the run; their accounts wait again."""
        moves = self.move_ids
        billed = self.account_ids.filtered("move_id")
        billed.write({"move_id": False, "slice_id": False, "state": "pending"})
        self.env.flush_all()
        batch = moves.with_context(**bill_batch.batch_context())
        for start in range(0, len(batch), MOVE_BATCH):
            batch[start : start + MOVE_BATCH].unlink()
        self.slice_ids.unlink()

    def _forget_accounts(self):
        """Remove what was computed; the files of the run stay its own."""
        self._sql("51_delete_preview")
        self.check_ids.unlink()
        self.account_ids.unlink()

    def _give_files_back(self):
        """Let the next run count the usage files of this one."""
        files = self.env["telecom.usage.file"].search(
            [("telecom_bill_run_id", "=", self.id)]
        )
        files.telecom_bill_run_id = False

    def _reopen_steps(self, state):
        """Set the state, and the steps after it to pending again."""
        later = {
            stage.code
            for stage in stages.STAGES
            if not stages.has_reached(state, stage.done_state)
        }
        self.step_ids.filtered(lambda step: step.code in later).write(
            {
                "state": "pending",
                "started_at": False,
                "ended_at": False,
                "seconds": 0,
                "row_count": 0,
                "message": False,
            }
        )
        self.write({"state": state, "run_until": False})
