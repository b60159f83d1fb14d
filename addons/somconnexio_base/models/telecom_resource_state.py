# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .. import lifecycle
from .telecom_resource import ACTIVE, AVAILABLE, QUARANTINE, RESERVED


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
            self._free_rested(company)
        self._rest_ended()

    @api.model
    def _free_rested(self, company):
        """Make available, at once, the resources of a company that have rested."""
        rested = self.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", QUARANTINE),
                ("quarantine_until_date", "<=", company._telecom_today()),
            ]
        )
        rested.write({"state": AVAILABLE, "quarantine_until_date": False})
        return rested

    @api.model
    def _rest_ended(self):
        """Send to quarantine the resources whose dated assignment has run out."""
        now = fields.Datetime.now()
        live = Domain("end_at", "=", False) | Domain("end_at", ">", now)
        ended = self.search(
            Domain("state", "in", (ACTIVE, RESERVED))
            & Domain("assignment_ids", "!=", False)
            & ~Domain("assignment_ids", "any", live)
        )
        ended._follow_assignments()
        return ended
