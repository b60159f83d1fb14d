# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, LockError, UserError
from odoo.fields import Domain

from ... import lifecycle, sql_steps
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
MAX_PICKED = 100
CRON_BATCH = 1000


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
        :raise UserError: naming the resource that isn't available, and who has it
        """
        self._check_may_reserve()
        resources = self.sudo()
        resources._lock_or_tell()
        resources._free_expired()
        resources._check_not_reserved()
        resources._require_state(AVAILABLE, self.env._("reserve"))
        for company, own in resources.grouped("company_id").items():
            own._keep(company, hours, partner_id)
        return True

    @api.model
    def reserve_available(
        self, kind_code, count=1, provider_id=None, hours=None, partner_id=None
    ):
        """Reserve resources of a kind that nobody else is about to take.

        :param str kind_code: code of a telecom.resource.kind: msisdn, iccid…
        :param int count: how many, 1 to 100
        :param int provider_id: res.partner who gave them; any by default
        :param int hours: see ``reserve``
        :param int partner_id: see ``reserve``
        :return: list of dicts with id, value (34612345678) and label (+34 612 34 56 78)
        :raise AccessError: for people who are neither agent nor technician
        :raise UserError: when the kind is unknown, the count out of range, or the
            stock too small
        """
        self._check_may_reserve()
        kind = self._kind_to_pick(kind_code, count)
        self.flush_model(["company_id", "kind_id", "provider_id", "state"])
        rows = sql_steps.fetch(
            self.env,
            "inventory/20_pick_available",
            company_id=self.env.company.id,
            kind_id=kind.id,
            provider_id=provider_id,
            count=count,
        )
        if len(rows) < count:
            raise UserError(
                self.env._(
                    "Of %(kind)s, %(found)s of %(wanted)s are available: import more, "
                    "or release some.",
                    kind=kind.name,
                    found=len(rows),
                    wanted=count,
                )
            )
        picked = self.sudo().browse([row["id"] for row in rows])
        picked._keep(self.env.company, hours, partner_id)
        return [
            {"id": resource.id, "value": resource.name, "label": resource.display_name}
            for resource in picked
        ]

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
    def _kind_to_pick(self, kind_code, count):
        """Return the kind with a code.

        :raise UserError: when there is none, or the count is out of range
        """
        if not isinstance(count, int) or not 1 <= count <= MAX_PICKED:
            raise UserError(self.env._("Reserve 1 to %(max)s at once.", max=MAX_PICKED))
        kind = self.env["telecom.resource.kind"].search([("code", "=", kind_code)])
        if not kind:
            raise UserError(
                self.env._(
                    "No kind of resource has the code %(code)s: see Telecom, "
                    "Configuration, Resource kinds.",
                    code=kind_code,
                )
            )
        return kind

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
        Cron = self.env["ir.cron"]
        expired = self.search(self._domain_expired(), order="reserved_until_at")
        Cron._commit_progress(remaining=len(expired))
        for start in range(0, len(expired), CRON_BATCH):
            batch = expired[start : start + CRON_BATCH].try_lock_for_update()
            batch.write({"state": AVAILABLE})
            if not Cron._commit_progress(CRON_BATCH):
                break
        return result
