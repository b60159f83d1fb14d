# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .. import lifecycle
from ..numbering import e164

AVAILABLE = "available"
RESERVED = "reserved"
ACTIVE = "active"
QUARANTINE = "quarantine"


class TelecomResource(models.Model):
    """A number, SIM card, line or address; it exists once, in one company."""

    _name = "telecom.resource"
    _description = "Telecom Resource"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "kind_id, name"
    _check_company_auto = True

    kind_id = fields.Many2one(
        "telecom.resource.kind", required=True, index=True, ondelete="restrict"
    )
    name = fields.Char(
        string="Value",
        required=True,
        tracking=True,
        help="Stored in normal form: numbers as E.164 digits without plus.",
    )
    state = fields.Selection(
        [
            (AVAILABLE, "Available"),
            (RESERVED, "Reserved"),
            (ACTIVE, "Active"),
            (QUARANTINE, "Quarantine"),
        ],
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        default=AVAILABLE,
    )
    quarantine_until_date = fields.Date(
        readonly=True, copy=False, help="First civil day on which it is free again."
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    external_ref = fields.Char(
        string="External reference",
        index="btree_not_null",
        help="How the supplier names this resource.",
    )
    note = fields.Html()
    assignment_ids = fields.One2many(
        "telecom.resource.assignment", "resource_id", string="Assignments"
    )
    current_subscription_id = fields.Many2one(
        "contract.contract",
        string="Held by",
        compute="_compute_current_subscription_id",
        search="_search_current_subscription_id",
    )

    _kind_name_unique = models.Constraint(
        "UNIQUE (kind_id, name)",
        "This resource already exists: look it up, perhaps in another company, and "
        "assign it instead of writing it twice.",
    )

    @api.depends("name", "kind_id")
    def _compute_display_name(self):
        for resource in self:
            is_whole = resource.kind_id and resource.name
            resource.display_name = (
                resource.kind_id.format(resource.name) if is_whole else resource.name
            )

    @api.model
    def _search_display_name(self, operator, value):
        """Override of ``base`` to find numbers as people write them."""
        if not operator.endswith("like") or not value:
            return super()._search_display_name(operator, value)
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        digits = e164.compact(value).removeprefix("+")
        return Domain.OR(
            Domain("name", operator, text) for text in {value, digits} if text
        )

    @api.depends("assignment_ids.start_at", "assignment_ids.end_at")
    def _compute_current_subscription_id(self):
        holders = {
            resource: subscription
            for resource, subscription in self.env[
                "telecom.resource.assignment"
            ]._read_group(
                self._domain_open_now() & Domain("resource_id", "in", self.ids),
                ["resource_id", "subscription_id"],
            )
        }
        for resource in self:
            resource.current_subscription_id = holders.get(resource._origin)

    @api.model
    def _search_current_subscription_id(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        open_now = self._domain_open_now()
        if operator == "in" and False in value:
            held = Domain("assignment_ids", "any", open_now)
            wanted = Domain("subscription_id", "in", set(value) - {False})
            return ~held | Domain("assignment_ids", "any", open_now & wanted)
        wanted = Domain("subscription_id", operator, value)
        return Domain("assignment_ids", "any", open_now & wanted)

    @api.model
    def _domain_open_now(self):
        """Return the domain of the assignments that hold at this instant."""
        now = fields.Datetime.now()
        has_started = Domain("start_at", "<=", now)
        is_open = Domain("end_at", "=", False) | Domain("end_at", ">", now)
        return has_started & is_open

    @api.model_create_multi
    def create(self, vals_list):
        """Override of ``base`` to store values in the normal form of their kind."""
        kinds = self.env["telecom.resource.kind"].browse(
            {vals["kind_id"] for vals in vals_list if vals.get("kind_id")}
        )
        kind_by_id = {kind.id: kind for kind in kinds}
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            kind = kind_by_id.get(vals.get("kind_id"))
            if kind:
                vals["name"] = kind.normalise(vals.get("name"))
        return super().create(vals_list)

    def write(self, vals):
        """Override of ``base`` to store values in the normal form of their kind."""
        if not {"name", "kind_id"} & vals.keys():
            return super().write(vals)
        for resource in self:
            kind = resource.kind_id
            if vals.get("kind_id"):
                kind = kind.browse(vals["kind_id"])
            name = kind.normalise(vals.get("name", resource.name))
            super(TelecomResource, resource).write({**vals, "name": name})
        return True

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        used = self.filtered("assignment_ids")
        if used:
            raise UserError(
                self.env._(
                    "%(resource)s has been assigned and is kept as history.",
                    resource=used[0].display_name,
                )
            )

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
                lambda r, new=(state, until_date): new
                != (r.state, r.quarantine_until_date)
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
