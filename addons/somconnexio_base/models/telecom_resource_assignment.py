# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .. import lifecycle
from .contract_completion import LIFECYCLE_PASS
from .telecom_resource import QUARANTINE


class TelecomResourceAssignment(models.Model):
    """Which subscription holds a resource, from one instant up to another.

    The period is half-open; no end means that it is still held. The database
    refuses two holders at one instant (docs/adr/0002).
    """

    _name = "telecom.resource.assignment"
    _description = "Resource Assignment"
    _order = "start_at desc, id desc"
    _check_company_auto = True
    _rec_names_search = ["resource_id", "subscription_id"]

    resource_id = fields.Many2one(
        "telecom.resource",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    kind_id = fields.Many2one(
        related="resource_id.kind_id", store=True, precompute=True, index=True
    )
    resource_state = fields.Selection(related="resource_id.state")
    subscription_id = fields.Many2one(
        "contract.contract",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
        domain="[('is_telecom', '=', True)]",
    )
    company_id = fields.Many2one(
        related="subscription_id.company_id", store=True, precompute=True, index=True
    )
    start_at = fields.Datetime(
        string="From",
        required=True,
        default=lambda self: fields.Datetime.now(),
        help="UTC instant from which the subscription holds the resource.",
    )
    end_at = fields.Datetime(
        string="Until",
        help="UTC instant from which it no longer does; empty: it still does.",
    )

    _period_not_empty = models.Constraint(
        "CHECK (start_at < end_at)",
        "An assignment must end after it starts: correct its dates.",
    )
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist ("
        "int4range(resource_id, resource_id, '[]') WITH &&, "
        "tsrange(start_at, end_at, '[)') WITH &&)",
        "The resource is already assigned in that period: end the other assignment "
        "first, or start this one when it ends.",
    )

    @api.depends("resource_id", "subscription_id")
    def _compute_display_name(self):
        for assignment in self:
            names = (
                assignment.resource_id.display_name,
                assignment.subscription_id.code,
            )
            assignment.display_name = " → ".join(filter(None, names))

    @api.constrains("resource_id", "subscription_id")
    def _check_subscription_is_telecom(self):
        for assignment in self:
            if not assignment.subscription_id.is_telecom:
                raise ValidationError(
                    self.env._(
                        "%(contract)s is not a telecom subscription: give it a "
                        "service type before assigning %(resource)s to it.",
                        contract=assignment.subscription_id.display_name,
                        resource=assignment.resource_id.display_name,
                    )
                )

    @api.constrains("subscription_id", "end_at")
    def _check_terminated_holder(self):
        for assignment in self.filtered(lambda a: not a.end_at):
            subscription = assignment.subscription_id
            if subscription.telecom_state == lifecycle.TERMINATED:
                raise ValidationError(
                    self.env._(
                        "%(subscription)s is terminated and cannot hold %(resource)s: "
                        "give the assignment an end, or choose another subscription.",
                        subscription=subscription.display_name,
                        resource=assignment.resource_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of ``base`` to let the resources follow."""
        # An assignment that makes room must have ended before the next is inserted.
        self.flush_model(["start_at", "end_at"])
        assignments = super().create(vals_list)
        assignments._check_quarantine()
        assignments.resource_id._follow_assignments()
        return assignments

    def write(self, vals):
        """Override of ``base`` to let the resources follow."""
        self._check_parties_kept(vals)
        resources = self.resource_id
        result = super().write(vals)
        if {"resource_id", "subscription_id", "start_at", "end_at"} & vals.keys():
            self._check_quarantine()
            (resources | self.resource_id)._follow_assignments()
        return result

    def unlink(self):
        """Override of ``base`` to let the resources follow."""
        resources = self.resource_id
        result = super().unlink()
        resources._follow_assignments()
        return result

    def _is_history(self):
        """Tell whether the resource has been in use by this assignment."""
        self.ensure_one()
        is_plan = self.subscription_id.telecom_state == lifecycle.PENDING
        return self.start_at <= fields.Datetime.now() and not is_plan

    def _check_parties_kept(self, vals):
        """Raise when values give a used assignment another resource or holder."""
        for assignment in self:
            is_other = any(
                name in vals and vals[name] != assignment[name].id
                for name in ("resource_id", "subscription_id")
            )
            if is_other and assignment._is_history():
                raise UserError(
                    self.env._(
                        "%(assignment)s has been in use and is kept as history. End "
                        "it and make a new assignment instead.",
                        assignment=assignment.display_name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_history(self):
        if self.env.context.get("telecom_pass") is LIFECYCLE_PASS:
            return
        for assignment in self:
            if assignment._is_history():
                raise UserError(
                    self.env._(
                        "%(assignment)s has been in use and is kept as history. End "
                        "it instead.",
                        assignment=assignment.display_name,
                    )
                )

    def _check_quarantine(self):
        """Refuse to give a resting resource to anybody but its last holder."""
        if self.env.context.get("telecom_pass") is LIFECYCLE_PASS:
            return
        for assignment in self.filtered("resource_id.quarantine_until_date"):
            resource = assignment.resource_id
            last_holder = (resource.assignment_ids - self).sorted("end_at")[-1:]
            is_same = last_holder.subscription_id == assignment.subscription_id
            if resource.state == QUARANTINE and not assignment.end_at and not is_same:
                raise ValidationError(
                    self.env._(
                        "%(resource)s rests in quarantine until %(date)s. Choose "
                        "another one, or release it first if you must.",
                        resource=resource.display_name,
                        date=fields.Date.to_string(resource.quarantine_until_date),
                    )
                )

    def _covering(self, start_at, end_at):
        """Return the assignments that hold at some instant of a half-open period."""
        return self.filtered(
            lambda a: a.start_at < end_at and (not a.end_at or a.end_at > start_at)
        )

    @api.private
    def end(self, end_at=None):
        """End assignments; their resources rest from then on.

        :param datetime end_at: UTC instant, now by default
        :raise UserError: when one has ended before
        """
        end_at = end_at or fields.Datetime.now()
        for assignment in self:
            if assignment.end_at and assignment.end_at <= end_at:
                raise UserError(
                    self.env._(
                        "%(assignment)s has already ended on %(end_at)s UTC.",
                        assignment=assignment.display_name,
                        end_at=fields.Datetime.to_string(assignment.end_at),
                    )
                )
        return self.write({"end_at": end_at})

    def action_end(self):
        """End the assignments now."""
        return self.end()
