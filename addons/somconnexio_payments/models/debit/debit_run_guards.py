# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What people may write of a run, and which state may follow which."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.somconnexio_base.models.membership.state_mixin import refuse_move

from .debit_run import OPEN_STATES, STATE_TABLE

#: What people write; everything else the steps write.
HEADER_FIELDS = frozenset(
    {"company_id", "reference", "cutoff_date", "due_rule", "fixed_date"}
)


class TelecomDebitRun(models.Model):
    _inherit = "telecom.debit.run"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base` to name runs; people write nothing but the header."""
        for vals in vals_list:
            self._check_written(vals, (False, "/", "draft", 0))
        runs = super().create(vals_list)
        for company, own in runs.grouped("company_id").items():
            names = self.env["ir.sequence"].next_codes(self._name, company, len(own))
            for run, name in zip(own, names, strict=True):
                run.sudo().name = name
        return runs

    def write(self, vals):
        """Override of `base` to keep what the steps wrote, and their order."""
        self._check_written(vals)
        if HEADER_FIELDS & vals.keys() and not self.env.su:
            fixed = self.filtered(lambda run: run.state not in OPEN_STATES)
            if fixed:
                raise UserError(
                    self.env._(
                        "%(run)s is “%(state)s”: take it back to review to change it.",
                        run=fixed[0].name,
                        state=fixed[0]._state_label(),
                    )
                )
        if "state" in vals:
            self._check_moves(vals["state"])
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_new(self):
        for run in self:
            if run.state != "draft":
                raise UserError(
                    self.env._("%s is kept as history: cancel it instead.", run.name)
                )

    def _check_written(self, vals, initial=()):
        """Raise when a person writes what only the steps write.

        :param initial: values with which a new run begins, which say nothing
        :raise AccessError: naming the fields
        """
        if self.env.su:
            return
        engine = {
            name
            for name in vals
            if name in self._fields
            and self._fields[name].readonly
            and self._fields[name].store
            and vals[name] not in initial
        }
        if engine:
            labels = sorted(self._fields[name].string for name in engine)
            raise AccessError(
                self.env._(
                    "Only the steps of a debit run write: %s.", ", ".join(labels)
                )
            )

    def _check_moves(self, to_state):
        """Raise unless each run may go to a state.

        :raise UserError: naming the run and what it can become
        """
        for run in self:
            following = STATE_TABLE[run.state]
            if to_state != run.state and to_state not in following:
                refuse_move(run, run.name, to_state, following)

    def _state_label(self):
        """Return the name of the state in the user's language."""
        labels = self._fields["state"]._description_selection(self.env)
        return dict(labels)[self.state]
