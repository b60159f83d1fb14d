# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ... import lifecycle
from ..contract_completion import LIFECYCLE_PASS
from ..telecom_resource import ACTIVE


class ContractContract(models.Model):
    """Another number, SIM or line, and another place, for the same service."""

    _inherit = "contract.contract"

    @api.private
    def swap_resource(self, resource, at=None, replaced=None):
        """Replace what the subscription holds by another resource of its kind.

        :param resource: telecom.resource that comes
        :param datetime at: UTC instant, now by default
        :param replaced: telecom.resource that goes, where it holds several
        :return: telecom.resource that went
        :raise UserError: when it holds none or several of the kind, or the new one
            is held by somebody
        """
        self.ensure_one()
        at = at or fields.Datetime.now()
        held = self._held_like(resource, at, replaced)
        self._check_resource_free(resource)
        old = held.resource_id
        is_plan = self.telecom_state == lifecycle.PENDING
        vals = {
            "subscription_id": self.id,
            "resource_id": resource.id,
            "start_at": held.start_at if is_plan else at,
            "end_at": held.end_at,
        }
        if is_plan:
            held.with_context(telecom_pass=LIFECYCLE_PASS).unlink()
        else:
            self._check_begun(held, at)
            held.write({"end_at": at})
        self.env["telecom.resource.assignment"].create(vals)
        return old

    def _held_like(self, resource, at, replaced):
        """Return the one assignment that a resource would take the place of."""
        held = self.assignment_ids.filtered(
            lambda assignment: assignment.kind_id == resource.kind_id
        )
        if self.telecom_state != lifecycle.PENDING:
            held = held._covering(at, at + timedelta(microseconds=1))
        if replaced:
            held = held.filtered(lambda assignment: assignment.resource_id == replaced)
        if len(held) != 1:
            raise UserError(
                self.env._(
                    "Subscription %(subscription)s holds %(held)s of the kind %(kind)s:"
                    " say which one is replaced, or assign it under Resources.",
                    subscription=self.display_name,
                    held=", ".join(held.resource_id.mapped("display_name"))
                    or self.env._("none"),
                    kind=resource.kind_id.name,
                )
            )
        return held

    def _check_resource_free(self, resource):
        """Raise when the resource is held by a subscription in service."""
        if resource.state == ACTIVE:
            raise UserError(
                self.env._(
                    "%(resource)s is held by %(subscription)s: choose another one.",
                    resource=resource.display_name,
                    subscription=resource.current_subscription_id.display_name or "-",
                )
            )

    def _check_begun(self, held, at):
        """Raise when what is replaced has only just begun."""
        if held.start_at >= at:
            raise UserError(
                self.env._(
                    "%(resource)s is held since %(start)s UTC: it cannot be replaced "
                    "before that.",
                    resource=held.resource_id.display_name,
                    start=fields.Datetime.to_string(held.start_at),
                )
            )

    @api.private
    def move_service(self, address):
        """Deliver the service of subscriptions at another address.

        :param address: res.partner, a contact of the holder; empty: at the holder's
        :return: True
        :raise UserError: when the address is somebody else's, or in another tax
            territory: a bill has one territory for each service and month
        """
        for subscription in self:
            subscription._check_address_owner(address)
            subscription._check_same_territory(address or subscription.partner_id)
        return self.write({"service_partner_id": address.id})

    def _check_address_owner(self, address):
        """Raise when an address is no contact of the holder."""
        owner = self.partner_id.commercial_partner_id
        if address and address.commercial_partner_id != owner:
            raise UserError(
                self.env._(
                    "%(address)s is no address of %(holder)s: add it to their contacts "
                    "first.",
                    address=address.display_name,
                    holder=self.partner_id.display_name,
                )
            )

    def _check_same_territory(self, address):
        """Raise when the taxes of the service would be others."""
        old = self.service_partner_id or self.partner_id
        Position = self.env["account.fiscal.position"].with_company(self.company_id)
        if not (old.country_id and address.country_id):
            return
        if Position._get_fiscal_position(old) != Position._get_fiscal_position(address):
            raise UserError(
                self.env._(
                    "%(address)s has other taxes than %(old)s, and each day is taxed "
                    "where it was delivered. Plan the termination of "
                    "%(subscription)s for the eve of the move; then open a new "
                    "subscription at the new address and assign it the same number "
                    "from the day of the move on, so that the number does not rest.",
                    address=address.display_name,
                    old=old.display_name,
                    subscription=self.display_name,
                )
            )
