# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, models
from odoo.exceptions import UserError

from ... import sql_steps

MAX_PICKED = 100


class TelecomResource(models.Model):
    """Numbers that nobody else is about to take."""

    _inherit = "telecom.resource"

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
        :raise UserError: when the kind is unknown, the count or the hours out of
            range, a partner unknown, or the stock too small
        """
        self._check_may_reserve()
        self._check_terms(hours, partner_id, provider_id)
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
