# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import timedelta

from odoo import Command, api, fields, models

from ...trial import is_trial
from ..contract_completion import LIFECYCLE_PASS

CARRIED_KINDS = ("tariff", "addon")
#: The access to a place: it stays there, whoever holds it.
LINE_VALIDATOR = "fibre_line"
CHANGED_HOLDER = "changed_holder"


class ContractContract(models.Model):
    """The service goes over to somebody else: one subscription ends, one begins."""

    _inherit = "contract.contract"

    @api.private
    def change_holder(self, partner, account, date):
        """Pass the service on to another holder, with its numbers, at a midnight.

        The old holder pays until the day before, the new one from the day on, at the
        prices agreed for tariff and add-ons. Discounts were the old holder's.

        :param partner: res.partner, the new holder
        :param account: telecom.billing.account that pays from then on
        :param date date: first civil day of the new holder
        :return: contract.contract, the new subscription, active
        :raise UserError: when the service did not run the day before
        """
        self.ensure_one()
        day = fields.Date.to_date(date)
        start_at = self.company_id._telecom_day_start_at(day)
        held = self.assignment_ids._covering(start_at, start_at + timedelta(seconds=1))
        lines = self._lines_carried_over(day)
        reason = self.env["telecom.lifecycle.reason"].search(
            [("code", "=", CHANGED_HOLDER)], limit=1
        )
        quiet = self.with_context(telecom_quiet=True)
        quiet.terminate(reason, day - timedelta(days=1))
        new = quiet.create(quiet._prepare_successor(partner, account, lines))
        self._hand_over(held.resource_id, new, start_at)
        new.activate(day)
        return new.with_context(telecom_quiet=False)

    def _lines_carried_over(self, day):
        """Return the commands that create, for the successor, the lines of a day."""
        lines = self.contract_line_ids.filtered(
            lambda line: (
                line.telecom_line_kind in CARRIED_KINDS
                and line.date_start <= day
                and (not line.date_end or line.date_end >= day)
            )
        )
        start = {"date_start": day, "recurring_next_date": day, "date_end": False}
        return [Command.create(vals) for vals in lines.copy_data(start)]

    def _prepare_successor(self, partner, account, lines):
        """Return the values of the subscription of the new holder."""
        vals = {
            "telecom_service_type_id": self.telecom_service_type_id.id,
            "telecom_billing_account_id": account.id,
            "partner_id": partner.id,
            "name": self.name,
            "tag_ids": [Command.set(self.tag_ids.ids)],
            "service_partner_id": self._address_for(partner).id,
            "contract_line_ids": lines,
        }
        if is_trial(self.env):
            vals["code"] = self.env._("(new) %s", self.code)
        return vals

    def _address_for(self, partner):
        """Return a contact of the new holder at the place of the service, if any.

        A line lies where it lies; other services go where the holder lives.
        """
        address = self.service_partner_id
        needed = self.telecom_service_type_id.resource_kind_ids
        if not address and LINE_VALIDATOR in needed.mapped("validator"):
            address = self.partner_id
        if not address:
            return address
        names = ("street", "street2", "zip", "city", "state_id", "country_id")
        vals = address._convert_to_write({name: address[name] for name in names})
        return address.create(
            {**vals, "name": partner.name, "parent_id": partner.id, "type": "other"}
        )

    @api.model
    def _hand_over(self, resources, new, start_at):
        """Assign resources that have just been let go, without letting them rest."""
        Assignment = self.env["telecom.resource.assignment"]
        Assignment.with_context(telecom_pass=LIFECYCLE_PASS).create(
            [
                {
                    "subscription_id": new.id,
                    "resource_id": resource.id,
                    "start_at": start_at,
                }
                for resource in resources
            ]
        )

    def _announce_holder_change(self):
        """Tell the old holder and the new one."""
        if not is_trial(self.env):
            self.env["telecom.notice"]._announce("holder_changed", self)
