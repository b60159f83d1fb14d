# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, LockError, UserError
from odoo.fields import Domain

from ... import lifecycle
from ..telecom_resource import AVAILABLE, RESERVED

RESERVING_ROLES = (
    "somconnexio_base.group_telecom_agent",
    "somconnexio_base.group_telecom_technician",
)
TECHNICIAN = RESERVING_ROLES[1]
NO_RESERVATION = {
    "reserved_until_at": False,
    "reserved_by_id": False,
    "reserved_for_id": False,
}


class TelecomResource(models.Model):
    """A number that is kept for somebody, up to an instant."""

    _inherit = "telecom.resource"

    reserved_until_at = fields.Datetime(
        string="Reserved until",
        readonly=True,
        copy=False,
        help="From then on it is free again, unless it was assigned.",
    )
    reserved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    reserved_for_id = fields.Many2one("res.partner", readonly=True, copy=False)

    def write(self, vals):
        """Override of ``somconnexio_base``: what isn't reserved is kept for nobody."""
        if vals.get("state", RESERVED) != RESERVED:
            vals = {**vals, **NO_RESERVATION}
        return super().write(vals)

    def action_reserve(self):
        """Keep available resources from being given to somebody else."""
        return self.reserve()

    def reserve(self, hours=None, partner_id=None):
        """Keep available resources for the user, or for one of the customers.

        Of two people who want the same one at the same time, one gets it.

        :param int hours: for how long; the company's setting by default, 0 for ever
        :param int partner_id: res.partner it is kept for; any agent may assign it to
            a subscription of that customer
        :return: True
        :raise AccessError: for people who are neither agent nor technician
        :raise UserError: naming the resource that isn't available, and who has it;
            or when the hours are no number, or the partner is unknown
        """
        self._check_may_reserve()
        self._check_terms(hours, partner_id)
        resources = self.sudo()
        resources._lock_or_tell()
        resources._free_expired()
        resources._check_not_reserved()
        resources._require_state(AVAILABLE, self.env._("reserve"))
        for company, own in resources.grouped("company_id").items():
            own._keep(company, hours, partner_id)
        return True

    def action_release(self):
        """Override of ``somconnexio_base``: agents take back what they reserved."""
        if self.env.su or self.env.user.has_group(TECHNICIAN):
            return super().action_release()
        self._check_may_reserve()
        for resource in self:
            if resource.reserved_by_id != self.env.user:
                raise AccessError(
                    self.env._(
                        "%(resource)s was not reserved by you: ask %(user)s, or a "
                        "technician, to release it.",
                        resource=resource.display_name,
                        user=resource.reserved_by_id.name or "-",
                    )
                )
        return super(TelecomResource, self.sudo()).action_release()

    def _check_may_reserve(self):
        """Raise for people who don't give numbers to customers."""
        self.check_access("read")
        user = self.env.user
        if not self.env.su and not any(map(user.has_group, RESERVING_ROLES)):
            raise AccessError(
                self.env._("Only agents and technicians reserve: ask one of them.")
            )

    @api.model
    def _check_terms(self, hours, *partner_ids):
        """Raise for hours that are no number, or partners that don't exist."""
        if hours is not None and (not isinstance(hours, int) or hours < 0):
            raise UserError(
                self.env._("Reserve for a whole number of hours; 0 is until released.")
            )
        for partner_id in filter(None, partner_ids):
            is_id = isinstance(partner_id, int)
            if not is_id or not self.env["res.partner"].browse(partner_id).exists():
                raise UserError(self.env._("No partner has the id %s.", partner_id))

    def _lock_or_tell(self):
        """Lock the rows; tell whoever comes second."""
        try:
            self.lock_for_update()
        except LockError as error:
            raise UserError(
                self.env._(
                    "Somebody else is taking %(resources)s at this moment: choose "
                    "another one.",
                    resources=", ".join(self.mapped("display_name")),
                )
            ) from error

    def _check_not_reserved(self):
        """Raise for a resource that is kept, saying by whom and until when."""
        for resource in self.filtered("reserved_by_id"):
            until_at = resource.reserved_until_at
            raise UserError(
                self.env._(
                    "%(resource)s is reserved by %(user)s until %(until)s (UTC): "
                    "choose another one.",
                    resource=resource.display_name,
                    user=resource.reserved_by_id.name,
                    until=until_at or self.env._("it is released"),
                )
            )

    def _keep(self, company, hours, partner_id):
        """Write the reservation of resources of one company."""
        hours = company.telecom_reservation_hours if hours is None else hours
        until_at = fields.Datetime.now() + timedelta(hours=hours) if hours else False
        return self.write(
            {
                "state": RESERVED,
                "reserved_until_at": until_at,
                "reserved_by_id": self.env.uid,
                "reserved_for_id": partner_id,
            }
        )

    @api.model
    def _domain_expired(self):
        """Return the domain of reservations that are over and not used."""
        now = fields.Datetime.now()
        is_held = (Domain("end_at", "=", False) | Domain("end_at", ">", now)) & Domain(
            "subscription_id.telecom_state", "!=", lifecycle.TERMINATED
        )
        return (
            Domain("state", "=", RESERVED)
            & Domain("reserved_until_at", "<=", now)
            & ~Domain("assignment_ids", "any", is_held)
        )

    def _free_expired(self):
        """Make available those of these resources whose reservation is over."""
        expired = self.filtered_domain(self._domain_expired())
        expired.write({"state": AVAILABLE})
        return expired

    @api.model
    def _cron_follow_calendar(self):
        """Override of ``somconnexio_base`` to free reservations that are over."""
        result = super()._cron_follow_calendar()
        expired = self.search(self._domain_expired(), order="reserved_until_at")
        expired._in_lots(lambda lot: lot._free_expired())
        return result
