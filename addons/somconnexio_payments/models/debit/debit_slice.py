# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models
from odoo.exceptions import LockError

from odoo.addons.queue_job.exception import RetryableJobError

from ... import sql_steps

LOCK_RETRY_SECONDS = 5


class TelecomDebitSlice(models.Model):
    """Some debits of a run that one background job books in one entry.

    A job does all of its slice in one transaction or nothing, and only what is not
    booked yet: killed anywhere, it can start again.
    """

    _name = "telecom.debit.slice"
    _description = "Slice of a debit run"
    _order = "run_id, number"
    _rec_name = "number"
    _check_company_auto = True

    run_id = fields.Many2one(
        "telecom.debit.run", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    order_id = fields.Many2one(
        "account.payment.order", required=True, ondelete="restrict"
    )
    number = fields.Integer(required=True)
    place = fields.Integer()
    due_date = fields.Date(required=True)
    is_capital = fields.Boolean()
    line_count = fields.Integer(string="Debits")
    amount_total = fields.Monetary()
    state = fields.Selection(
        [
            ("pending", "Pending"),
            ("queued", "Queued"),
            ("done", "Booked"),
            ("failed", "Failed"),
            ("undone", "Undone"),
        ],
        required=True,
        default="pending",
    )
    move_id = fields.Many2one(
        "account.move", string="Entry", ondelete="restrict", index="btree_not_null"
    )
    job_uuid = fields.Char()
    message = fields.Char()

    _number_unique = models.Constraint(
        "UNIQUE (run_id, number)", "The slices of a run are numbered once."
    )

    def _queue(self):
        """Queue one job for each slice, none for a slice that has one."""
        self.write({"state": "queued", "message": False})
        for slice_ in self:
            job = slice_.with_delay(
                identity_key=f"telecom.debit.slice:{slice_.id}",
                description=self.env._(
                    "Debit run %(run)s: book slice %(number)s",
                    run=slice_.run_id.name,
                    number=slice_.number,
                ),
            )._job_book()
            if hasattr(job, "uuid"):
                slice_.job_uuid = job.uuid

    def _job_book(self):
        """Book the debits of this slice that are not booked yet.

        :return: what to note on the job
        """
        self.ensure_one()
        slice_ = self.sudo().with_company(self.company_id)
        slice_ = slice_.with_context(
            tracking_disable=True,
            mail_create_nolog=True,
            mail_create_nosubscribe=True,
            skip_invoice_sync=True,
        )
        try:
            slice_.lock_for_update()
        except LockError as error:
            raise RetryableJobError(
                self.env._("Somebody else works on this slice."),
                seconds=LOCK_RETRY_SECONDS,
            ) from error
        slice_.invalidate_recordset()
        if slice_.run_id.state != "sent" or slice_.state == "done":
            return self.env._("Nothing to do.")
        rows = slice_._open_rows()
        if rows:
            slice_._book(rows)
        slice_.write({"state": "done", "message": False})
        return self.env._("%s debits", len(rows))

    def _open_rows(self):
        """Return the debits of the slice that are not booked yet."""
        self.env.flush_all()
        return sql_steps.fetch(self.env, "debit/52_list_entry_lines", slice_id=self.id)

    def _on_job_failed(self, exc_message=None, exc_name=None, **_values):
        """Note on the slice why its job gave up (called by the job queue)."""
        message = str(exc_message or exc_name or "")[:500]
        self.sudo().exists().write({"state": "failed", "message": message})
