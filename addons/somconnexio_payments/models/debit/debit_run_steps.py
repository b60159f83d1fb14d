# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What all steps of a run have in common: role, lock, statements, totals."""

from odoo import models
from odoo.exceptions import AccessError, LockError, UserError

from ... import sql_steps


class TelecomDebitRun(models.Model):
    _inherit = "telecom.debit.run"

    def _begin(self, groups, *states):
        """Check role and state, lock the run and return it with the machine's rights.

        :param groups: xml ids of roles of which one is needed
        :param states: in which the step may be done
        :raise AccessError: without the role
        :raise UserError: in another state, or while somebody else works on the run
        """
        self.ensure_one()
        self.check_access("read")
        self._check_role(groups)
        run = self.sudo().with_company(self.company_id)
        try:
            run.lock_for_update()
        except LockError as error:
            raise UserError(
                self.env._(
                    "Somebody else, or a background job, works on %s. Wait a moment"
                    " and look at its state.",
                    self.name,
                )
            ) from error
        run.invalidate_recordset()
        if run.state not in states:
            raise UserError(
                self.env._(
                    "%(run)s is “%(state)s”: it is not the turn of this step.",
                    run=run.name,
                    state=run._state_label(),
                )
            )
        return run

    def _check_role(self, groups):
        """Raise unless the user has one of some roles."""
        if self.env.su or any(map(self.env.user.has_group, groups)):
            return
        names = [self.env.ref(xml_id).sudo().name for xml_id in groups]
        raise AccessError(
            self.env._(
                "This step of a debit run is for: %(roles)s.", roles=", ".join(names)
            )
        )

    def _sql(self, step, **params):
        """Run a statement of ``sql/debit`` for this run; return the rows touched."""
        self.env.flush_all()
        count = sql_steps.run(self.env, f"debit/{step}", **self._sql_params(), **params)
        self.env.invalidate_all()
        return count

    def _rows(self, step, **params):
        """Return the rows of a statement of ``sql/debit`` as dictionaries."""
        self.env.flush_all()
        return sql_steps.fetch(
            self.env, f"debit/{step}", **self._sql_params(), **params
        )

    def _sql_params(self):
        """Return what every statement of a run may name."""
        return {
            "run_id": self.id,
            "run_name": self.name,
            "company_id": self.company_id.id,
            "currency_id": self.company_id.currency_id.id,
            "cutoff": self.cutoff_date,
            "today": self.company_id._telecom_today(),
            "notice_days": self.company_id.telecom_debit_notice_days,
            "user_id": self.env.uid,
        }

    def _refresh_totals(self):
        """Write count and sums of the run and its orders as they are now."""
        self._sql("25_sum_orders")
        (totals,) = self._rows("24_sum_run")
        self.write(totals)
