# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models
from odoo.exceptions import LockError
from odoo.tools import SQL

from odoo.addons.queue_job.exception import RetryableJobError

from . import bill_batch, stages

PHASE_STATES = [
    ("pending", "Pending"),
    ("queued", "Queued"),
    ("done", "Done"),
    ("failed", "Failed"),
]


class TelecomBillRunSlice(models.Model):
    """Some billing accounts of a run that one background job handles at a time.

    A job does all of its slice in one transaction, and only to accounts that still
    lack the effect: killed anywhere, it can start again.
    """

    _name = "telecom.bill.run.slice"
    _description = "Bill run slice"
    _order = "run_id, number"
    _rec_name = "number"

    run_id = fields.Many2one(
        "telecom.bill.run", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="run_id.company_id", store=True)
    number = fields.Integer(required=True)
    account_ids = fields.One2many("telecom.bill.run.account", "slice_id")
    account_count = fields.Integer("Accounts")
    invoice_state = fields.Selection(PHASE_STATES, required=True, default="pending")
    post_state = fields.Selection(PHASE_STATES, required=True, default="pending")
    deliver_state = fields.Selection(PHASE_STATES, required=True, default="pending")
    job_uuid = fields.Char(help="The background job that works on it, or did last.")
    message = fields.Char()

    _run_number_unique = models.Constraint(
        "UNIQUE (run_id, number)", "The slices of a bill run are numbered once."
    )

    def _queue(self, stage):
        """Queue one background job per slice, none for a slice that has one."""
        method = f"_job_{stage.code}"
        for slice_ in self:
            job = getattr(
                slice_.with_delay(
                    identity_key=f"telecom.bill.run.slice:{slice_.id}:{stage.code}",
                    description=slice_._job_description(stage),
                ),
                method,
            )()
            if hasattr(job, "uuid"):
                slice_.job_uuid = job.uuid

    def _job_description(self, stage):
        """Name a job for those who look at the queue."""
        return self.env._(
            "Bill run %(run)s, %(step)s, slice %(number)s",
            run=self.run_id.name,
            step=self.run_id._stage_label(stage),
            number=self.number,
        )

    def _job_invoice(self):
        """Make the draft bills of this slice's accounts that lack one."""
        return self._work("invoice")

    def _job_post(self):
        """Post the draft bills of this slice."""
        return self._work("post")

    def _job_deliver(self):
        """Make the PDFs of this slice's posted bills."""
        return self._work("deliver")

    def _work(self, code):
        """Do one stage for the accounts of this slice that wait for it.

        :return: what to note on the job
        """
        self.ensure_one()
        if not self.exists():
            return self.env._("The run has been taken back: nothing done.")
        slice_ = self.sudo().with_company(self.company_id)
        slice_ = slice_.with_context(**bill_batch.batch_context())
        stage = stages.BY_CODE[code]
        if not slice_._share_run(stage):
            return self.env._("The run has been taken back: nothing done.")
        accounts = slice_._lock_accounts(stage)
        with bill_batch.paused_garbage_collection():
            accounts._work(stage)
            slice_.write({stage.slice_field: "done", "message": False})
            self.env.flush_all()
        return self.env._("%s accounts", len(accounts))

    def _share_run(self, stage):
        """Keep the run from being cancelled while this slice works.

        :return: False when the run is no longer at this stage
        """
        self.run_id.flush_recordset(["state"])
        rows = self.env.execute_query(
            SQL(
                "SELECT state FROM telecom_bill_run WHERE id = %s FOR SHARE",
                self.run_id.id,
            )
        )
        return stages.has_reached(rows[0][0], stages.before(stage))

    def _lock_accounts(self, stage):
        """Lock and return the accounts of this slice that wait for a stage."""
        accounts = self.env["telecom.bill.run.account"].search(
            [("slice_id", "=", self.id), ("state", "=", stage.from_state)], order="id"
        )
        try:
            accounts.lock_for_update()
        except LockError as error:
            raise RetryableJobError(
                self.env._("Another job works on these accounts."),
                seconds=bill_batch.LOCK_RETRY_SECONDS,
            ) from error
        return accounts

    def _on_job_failed(self, exc_message=None, exc_name=None, **_values):
        """Note on the slice why its job gave up (called by the job queue)."""
        message = str(exc_message or exc_name or "")[:500]
        for slice_ in self.sudo().exists():
            fields_ = [
                stage.slice_field for stage in stages.STAGES if stage.slice_field
            ]
            queued = [name for name in fields_ if slice_[name] == "queued"]
            slice_.write({**dict.fromkeys(queued, "failed"), "message": message})
