# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError

# Compared by identity: no RPC client can put this object into a context.
RUN_PASS = object()


class TelecomDebitGuardMixin(models.AbstractModel):
    """Records of OCA that a debit run moves: nobody else does, screen or RPC."""

    _name = "telecom.debit.guard.mixin"
    _description = "Moved by debit runs only"

    debit_run_id = fields.Many2one(
        "telecom.debit.run",
        string="Debit run",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_run(self):
        self._check_not_of_run()

    def _run_passed(self):
        """Return the records for a step of their run."""
        return self.with_context(debit_run_pass=RUN_PASS, tracking_disable=True)

    def _check_not_of_run(self):
        """Raise when a record belongs to a run and no step of it is at work.

        :raise UserError: naming the record and its run
        """
        if self.env.context.get("debit_run_pass") is RUN_PASS:
            return
        self.check_access("read")
        of_run = self.sudo().filtered("debit_run_id")
        if of_run:
            raise UserError(
                self.env._(
                    "%(debit)s belongs to debit run %(run)s: use the buttons there,"
                    " such as “Leave out”.",
                    debit=of_run[0].name,
                    run=of_run[0].debit_run_id.name,
                )
            )
