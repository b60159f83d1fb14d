# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import split_every

from .. import lifecycle
from .telecom_resource import ACTIVE, AVAILABLE, QUARANTINE, RESERVED

CRON_LOT = 500


class TelecomResource(models.Model):
    """The state of a resource: it follows its assignments and the calendar."""

    _inherit = "telecom.resource"

    def action_reserve(self):
        """Keep available resources from being given to somebody else."""
        self._require_state(AVAILABLE, self.env._("reserve"))
        return self.write({"state": RESERVED})

    def action_release(self):
        """Make reserved or resting resources available again."""
        self._require_state((RESERVED, QUARANTINE), self.env._("release"))
        self._check_not_assigned()
        return self.write({"state": AVAILABLE, "quarantine_until_date": False})

    def _require_state(self, states, verb):
        """Raise when a resource is in none of the states the verb starts from."""
        for resource in self:
            if resource.state not in states:
                raise UserError(
                    self.env._(
                        "You cannot %(verb)s %(resource)s: it is %(state)s.",
                        verb=verb,
                        resource=resource.display_name,
                        state=resource._state_label(),
                    )
                )

    def _check_not_assigned(self):
        """Raise when a resource has an assignment that runs or is planned."""
        for resource in self:
            if live := resource._live_assignments():
                raise UserError(
                    self.env._(
                        "%(resource)s is assigned to %(subscription)s: end that "
                        "assignment instead.",
                        resource=resource.display_name,
                        subscription=live[0].subscription_id.display_name,
                    )
                )

    def _state_label(self):
        """Return the state as people read it."""
        self.ensure_one()
        return dict(self._fields["state"]._description_selection(self.env))[self.state]

    def _live_assignments(self):
        """Return the assignments that run or will, of subscriptions not terminated."""
        now = fields.Datetime.now()
        return self.assignment_ids.filtered(
            lambda assignment: (
                (not assignment.end_at or assignment.end_at > now)
                and assignment.subscription_id.telecom_state != lifecycle.TERMINATED
            )
        )

    def _follow_assignments(self):
        """Set the state of each resource to what its assignments say.

        Run or planned for a subscription: active, or reserved while that one is
        pending. Over: quarantine, for as long as the kind says. None: available. The
        state is derived, and the right to change the assignments has been checked;
        hence the superuser.
        """
        states = self.sudo().grouped(lambda resource: resource._implied_state())
        for (state, until_date), resources in states.items():
            changed = resources.filtered(
                lambda r, new=(state, until_date): (
                    new != (r.state, r.quarantine_until_date)
                )
            )
            changed.write({"state": state, "quarantine_until_date": until_date})

    def _implied_state(self):
        """Return (state, quarantine_until_date) that the assignments imply."""
        self.ensure_one()
        live = self._live_assignments()
        if live:
            pending = lifecycle.PENDING
            is_planned = all(a.subscription_id.telecom_state == pending for a in live)
            return (RESERVED if is_planned else ACTIVE, False)
        if self.assignment_ids:
            return self._implied_rest(max(self.assignment_ids.mapped("end_at")))
        return (AVAILABLE, False)

    def _implied_rest(self, ended_at):
        """Return state and quarantine of a resource whose last use is over.

        :param datetime ended_at: UTC end of the last assignment, half-open
        """
        company = self.company_id
        last_date = company._telecom_civil_date(ended_at - timedelta(microseconds=1))
        days = self.kind_id._quarantine_days_in(company)
        until_date = last_date + timedelta(days=days + 1)
        if not days or until_date <= company._telecom_today():
            return (AVAILABLE, False)
        return (QUARANTINE, until_date)

    @api.model
    def _cron_follow_calendar(self):
        """Free what has rested long enough; rest what was used until now."""
        for company in self.env["res.company"].search([]):
            rested = self.search(self._domain_rested(company), order="id")
            rested._in_lots(lambda lot: lot._free_rested())
        ended = self.search(self._domain_ended(), order="id")
        ended._in_lots(lambda lot: lot._follow_assignments())

    def _in_lots(self, change):
        """Let a cron change resources, some hundred at a time, each lot for good.

        What somebody else has in hand is left for the next time.

        :param change: method of a lot, whose resources nobody else changes meanwhile
        """
        Cron = self.env["ir.cron"]
        if not self or not Cron._commit_progress(remaining=len(self)):
            return
        for ids in split_every(CRON_LOT, self.ids):
            lot = self.browse(ids).try_lock_for_update()
            lot.invalidate_recordset()
            change(lot)
            if not Cron._commit_progress(len(ids)):
                break

    @api.model
    def _domain_rested(self, company):
        """Return the domain of the resources of a company that have rested."""
        return [
            ("company_id", "=", company.id),
            ("state", "=", QUARANTINE),
            ("quarantine_until_date", "<=", company._telecom_today()),
        ]

    def _free_rested(self):
        """Make resources available that still rest."""
        rested = self.filtered(lambda resource: resource.state == QUARANTINE)
        rested.write({"state": AVAILABLE, "quarantine_until_date": False})

    @api.model
    def _domain_ended(self):
        """Return the domain of resources whose dated assignment has run out."""
        now = fields.Datetime.now()
        live = Domain("end_at", "=", False) | Domain("end_at", ">", now)
        return (
            Domain("state", "in", (ACTIVE, RESERVED))
            & Domain("assignment_ids", "!=", False)
            & ~Domain("assignment_ids", "any", live)
        )
