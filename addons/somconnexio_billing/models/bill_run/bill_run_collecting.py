# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The bills of a run go on to whoever collects them, if an addon does."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from . import stages


class TelecomBillRun(models.Model):
    _inherit = "telecom.bill.run"

    collected_at = fields.Datetime(
        "Handed to collection",
        readonly=True,
        copy=False,
        help="When the bills went on to be collected; nothing is collected twice.",
    )

    can_collect = fields.Boolean(compute="_compute_can_collect")

    @api.depends("state", "collected_at")
    def _compute_can_collect(self):
        Move = self.env["account.move"]
        for run in self:
            run.can_collect = (
                run.state == "delivered"
                and not run.collected_at
                and Move._can_be_collected(run.company_id)
            )

    def action_collect(self):
        """Hand the delivered bills to collection, such as a debit run.

        Pressed again, it takes what is missing.

        :raise UserError: when the bills are not delivered
        """
        for run in self:
            run._check_role(stages.BY_CODE["deliver"])
            run = run._engine()
            run._lock()
            if not stages.has_reached(run.state, "delivered"):
                raise UserError(
                    self.env._("The bills of %s are not delivered yet.", run.name)
                )
            run._collect_bills()
        return True

    def _collect_bills(self):
        """Hand the bills to collection and note what it made of them.

        :return: what ``account.move._collect`` of base answers
        """
        bills = self.account_ids.move_id.filtered(lambda move: move.state == "posted")
        collections = bills._collect()
        self.collected_at = fields.Datetime.now()
        for collection in collections:
            self.message_post(
                body=self.env._("Handed to collection: %s", collection.display_name)
            )
        return collections

    def _delay_collect(self):
        """Queue handing the bills to collection, if somebody collects unasked."""
        if self.env["account.move"]._is_collected(self.company_id):
            self.with_delay(
                identity_key=f"telecom.bill.run:{self.id}:collect",
                description=self.env._("Bill run %s: collect", self.name),
            )._job_collect()

    def _job_collect(self):
        """Hand the bills to collection, in a transaction of its own."""
        run = self._engine()
        run._lock()
        run._collect_bills()
