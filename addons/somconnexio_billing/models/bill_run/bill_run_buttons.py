# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The buttons of a bill run: who may press them, when, and one at a time."""

from odoo import api, models
from odoo.exceptions import AccessError, LockError, UserError

from . import stages


class TelecomBillRun(models.Model):
    _inherit = "telecom.bill.run"

    def action_load(self):
        """Load the usage files that wait, and count all files of this run."""
        return self._start("load")

    def action_rate(self):
        """Price the usage that is not billed yet; what is billed stays."""
        return self._start("rate")

    def action_check(self):
        """Run the controls that need no bill, and hold the accounts they name."""
        return self._start("check")

    def action_preview(self):
        """Compute every line, tax and total of this run without any journal entry."""
        return self._start("preview")

    def action_invoice(self):
        """Make the draft bills of the accounts that wait, in background jobs."""
        return self._start("invoice")

    def action_post(self):
        """Post the draft bills, in background jobs."""
        return self._start("post")

    def action_deliver(self):
        """Make the PDF of the posted bills, in background jobs."""
        return self._start("deliver")

    def action_run_all(self):
        """Go through all remaining stages that the user may do, in the background."""
        for run in self:
            following = run._next_stage()
            if not following:
                raise UserError(
                    self.env._("Bill run %s has nothing left to do.", run.name)
                )
            run._check_role(following)
            last = following
            for stage in stages.STAGES[stages.STAGES.index(following) :]:
                if not run._has_role(stage):
                    break
                last = stage
            run.sudo().run_until = last.code
            run._delay_advance()
        return True

    @api.private
    def run_stage(self, code):
        """Do a stage that needs no slices, or queue the slices of one that does.

        For the command line and tests; people press the buttons.

        :param str code: code of a stage of ``stages.STAGES``
        :raise UserError: when it is not the stage's turn, a control forbids it or
            somebody else works on the run
        :raise AccessError: when the user does not hold the stage's role
        """
        return self._start(code)

    def _start(self, code):
        """Start one stage of each run under the run's lock."""
        stage = stages.BY_CODE[code]
        for run in self:
            run._check_role(stage)
            run = run._engine()
            run._lock()
            run._check_turn(stage)
            if stage.slice_field:
                run._queue_slices(stage)
            else:
                run._run_stage(stage)
        return True

    def _engine(self):
        """Return the run with the rights of the machine, in its own company.

        Whoever comes here has been checked: everything derived from the run is
        written by the machine only, so people need no right to write it.
        """
        self.ensure_one()
        self.check_access("read")
        return self.sudo().with_company(self.company_id)

    def _lock(self):
        """Keep everybody else from working on this run until the transaction ends."""
        try:
            self.lock_for_update()
        except LockError as error:
            raise UserError(
                self.env._(
                    "Somebody else, or a background job, is working on bill run %s."
                    " Wait until it is done and look at its steps.",
                    self.name,
                )
            ) from error

    def _has_role(self, stage):
        """Tell whether the user may start a stage."""
        return self.env.su or any(map(self.env.user.has_group, stage.groups))

    def _check_role(self, stage):
        """Raise unless the user may see the run and start the stage."""
        self.check_access("read")
        if not self._has_role(stage):
            groups = [self.env.ref(xml_id).sudo().name for xml_id in stage.groups]
            raise AccessError(
                self.env._(
                    "The step %(step)s of a bill run is for: %(roles)s.",
                    step=self._stage_label(stage),
                    roles=", ".join(groups),
                )
            )

    def _stage_label(self, stage):
        """Return the name of a stage in the user's language."""
        labels = self.env["telecom.bill.run.step"]._fields["code"]
        return dict(labels._description_selection(self.env))[stage.code]

    def _state_label(self, state):
        """Return the name of a state in the user's language."""
        return dict(self._fields["state"]._description_selection(self.env))[state]

    def _next_stage(self):
        """Return the stage that follows the run's state, or None at the end."""
        for stage in stages.STAGES:
            if stages.before(stage) == self.state:
                return stage
        return None

    def _check_turn(self, stage):
        """Raise unless it is the stage's turn and there is something to do."""
        needed = stages.before(stage)
        if not stages.has_reached(self.state, needed):
            raise UserError(
                self.env._(
                    "Bill run %(run)s is in state %(state)s. The step %(step)s comes"
                    " after state %(needed)s.",
                    run=self.name,
                    state=self._state_label(self.state),
                    step=self._stage_label(stage),
                    needed=self._state_label(needed),
                )
            )
        is_recomputed = stages.has_reached(self.state, "invoiced")
        if is_recomputed and not stage.slice_field and not self._open_accounts():
            raise UserError(
                self.env._(
                    "All accounts of bill run %s have their bill: there is nothing"
                    " left to compute. Later usage goes to the next run.",
                    self.name,
                )
            )

    def _open_accounts(self):
        """Return the accounts of this run that still lack a bill."""
        return self.account_ids.search(
            [
                ("run_id", "=", self.id),
                ("state", "in", ("pending", "held", "nothing")),
                ("move_id", "=", False),
            ]
        )
