# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from decimal import Decimal

from odoo import Command, fields, models
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

    def _book(self, rows):
        """Make the entry, reconcile it with the bills, close the debits."""
        entry_date = self.run_id._entry_date(self.due_date)
        move = self.env["account.move"].create(self._entry_vals(rows, entry_date))
        move._post(soft=False)
        self.move_id = move
        by_name = {line.name: line for line in move.line_ids}
        if self.is_capital:
            self._note_capital_paid(rows, move, entry_date)
        else:
            self._reconcile(rows, by_name)
        self._close_lines(entry_date)

    def _entry_vals(self, rows, entry_date):
        """Return the values of the entry: one debit, one credit for each bill."""
        account = self.order_id._debit_outstanding_account()
        total = sum(Decimal(row["amount"]) for row in rows)
        reference = self.order_id.sepa_message_id
        own = {
            "name": f"{reference} #{self.number}",
            "account_id": account.id,
            "debit": float(total),
            "credit": 0.0,
        }
        credits = [
            {
                "name": row["name"],
                "account_id": row["account_id"],
                "partner_id": row["partner_id"],
                "debit": 0.0,
                "credit": float(row["amount"]),
                "date_maturity": self.due_date,
            }
            for row in rows
        ]
        return {
            "move_type": "entry",
            "journal_id": self.order_id.journal_id.id,
            "company_id": self.company_id.id,
            "date": entry_date,
            "ref": reference,
            "line_ids": [Command.create(vals) for vals in (own, *credits)],
        }

    def _reconcile(self, rows, by_name):
        """Reconcile each credit with the item of its bill, all in one plan.

        A bill that was paid in another way since the file was written, or taken back,
        leaves the credit on account.
        """
        Line = self.env["account.move.line"]
        pairs = [(Line.browse(row["move_line_id"]), row["name"]) for row in rows]
        Line._reconcile_plan(
            [
                item | by_name[name]
                for item, name in pairs
                if item.parent_state == "posted" and item.amount_residual > 0
            ]
        )

    def _note_capital_paid(self, rows, move, entry_date):
        """Note instalments of share capital as paid by the entry.

        One that was paid in another way meanwhile, or dropped, leaves the money as an
        open item of called capital; the member's history says so.
        """
        Call = self.env["cooperative.capital.call"]
        for row in rows:
            call = Call.browse(row["capital_call_id"])
            if call.state in ("called", "failed"):
                call.instalment_paid(entry_date, move, row["name"])
            else:
                call.membership_id.message_post(
                    body=self.env._(
                        "Debit %(debit)s came in for %(instalment)s, which was not "
                        "owed any more: give the money back.",
                        debit=row["name"],
                        instalment=call.display_name,
                    )
                )

    def _close_lines(self, entry_date):
        """Close the debits; their bills may be debited anew if the money comes back."""
        self.env.flush_all()
        sql_steps.run(
            self.env,
            "debit/53_close_lines",
            slice_id=self.id,
            booked_date=entry_date,
        )
        self.env.invalidate_all()

    def _on_job_failed(self, exc_message=None, exc_name=None, **_values):
        """Note on the slice why its job gave up (called by the job queue)."""
        message = str(exc_message or exc_name or "")[:500]
        self.sudo().exists().write({"state": "failed", "message": message})
