# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

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
        """Pass services on to another holder, with their numbers, at a midnight.

        The old holder pays until the day before, the new one from the day on, at the
        prices agreed for tariff and add-ons. Discounts were the old holder's. Packs of
        which all members are passed on go along; a service that is passed on without
        the others leaves its pack first, with the tariff that its table says.

        :param partner: res.partner, the new holder
        :param account: telecom.billing.account that pays from then on
        :param date date: first civil day of the new holder
        :return: contract.contract, the new subscriptions in the same order, active
        :raise UserError: when a service did not run the day before
        """
        day = fields.Date.to_date(date)
        start_at = self.company_id._telecom_day_start_at(day)
        packs = self._whole_packs(day)
        self._leave_other_packs(packs, day)
        held = [subscription._resources_held_at(start_at) for subscription in self]
        lines = [subscription._lines_carried_over(day) for subscription in self]
        quiet = self.with_context(telecom_quiet=True)
        quiet.terminate(self._reason_of_holder_change(), day - timedelta(days=1))
        new = quiet.create(
            [
                subscription._prepare_successor(partner, account, own)
                for subscription, own in zip(quiet, lines, strict=True)
            ]
        )
        for resources, successor in zip(held, new, strict=True):
            self._hand_over(resources, successor, start_at)
        successors = dict(zip(self, new, strict=True))
        for group, members in packs.items():
            group._follow_to(account, [successors[old] for old in members], day)
        new.activate(day)
        return new.with_context(telecom_quiet=False)

    def _reason_of_holder_change(self):
        """Return the reason of the end for the old holder."""
        return self.env["telecom.lifecycle.reason"].search(
            [("code", "=", CHANGED_HOLDER)], limit=1
        )

    def _pack_siblings(self, day):
        """Return the other subscriptions of the pack that one is in on a day.

        :raise UserError: when it is in none
        """
        self.ensure_one()
        group = self._pack_members_after(day)._begun_by(day).group_id
        if not group:
            raise UserError(
                self.env._("%s is in no pack then.", self.display_name),
            )
        return group._subscriptions_on(day) - self

    def _whole_packs(self, day):
        """Return the packs of which all members are among these.

        :return: dict: telecom.pack.group -> contract.contract
        """
        groups = self._pack_members_after(day)._begun_by(day).group_id
        members = {group: group._subscriptions_on(day) for group in groups}
        return {group: own for group, own in members.items() if own <= self}

    def _leave_other_packs(self, packs, day):
        """Let the subscriptions leave the packs that stay with the old holder."""
        members = self._pack_members_after(day)
        staying = members.filtered(lambda member: member.group_id not in packs)
        if staying:
            staying.subscription_id.leave_pack(day)

    def _resources_held_at(self, instant):
        """Return what a subscription holds at a UTC instant."""
        until = instant + timedelta(seconds=1)
        return self.assignment_ids._covering(instant, until).resource_id

    def _lines_carried_over(self, day):
        """Return the commands that create, for the successor, the lines of a day.

        What a pack gives, the pack of the successor gives again.
        """
        lines = self.contract_line_ids.filtered(
            lambda line: (
                line.telecom_line_kind in CARRIED_KINDS
                and not line.telecom_pack_member_id
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


class TelecomPackGroup(models.Model):
    _inherit = "telecom.pack.group"

    def _subscriptions_on(self, day):
        """Return who is in the pack on a civil day, or waits for its activation."""
        return (
            self.member_ids.filtered(
                lambda member: not member.end_date or member.end_date > day
            )
            ._begun_by(day)
            .subscription_id
        )

    def _follow_to(self, account, successors, day):
        """Make the same pack for the successors of all its members, still pending.

        :param account: telecom.billing.account of the new holder
        :param successors: list of contract.contract, one for each member
        :param date day: first civil day
        """
        new = self.create(
            {"pack_id": self.pack_id.id, "billing_account_id": account.id}
        )
        self.env["contract.contract"].concat(*successors).join_pack(
            self.pack_id, day, new
        )


class TelecomPackMember(models.Model):
    _inherit = "telecom.pack.member"

    def _begun_by(self, day):
        """Return the members that are in the pack on a day, or are pending."""
        return self.filtered(
            lambda member: not member.start_date or member.start_date <= day
        )
