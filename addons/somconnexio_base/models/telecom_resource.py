# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

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
            resource._check_value_kept(kind, name)
            super(TelecomResource, resource).write({**vals, "name": name})
        return True

    def _check_value_kept(self, kind, name):
        """Raise when a resource that has been in use would become another one."""
        is_other = (kind, name) != (self.kind_id, self.name)
        if is_other and any(a._is_history() for a in self.assignment_ids):
            raise UserError(
                self.env._(
                    "%(resource)s has been in use and keeps its value. End its "
                    "assignment and assign the right one instead.",
                    resource=self.display_name,
                )
            )

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
