# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import date, timedelta
from itertools import groupby

from odoo import models

from ..contract_completion import LIFECYCLE_PASS
from .telecom_pack_member import PACK_PASS

ONE_DAY = timedelta(days=1)


class ContractContract(models.Model):
    """Doing what ``_pack_effects`` has said."""

    _inherit = "contract.contract"

    def _apply_pack_effects(self, effects):
        """Do what ``_pack_effects`` has said.

        :param effects: its result, from before the action
        """
        for effect in effects:
            self._apply_membership(effect)
        offerings = [e for e in effects if e["change"] == "offering"]
        offerings.sort(key=lambda e: (e["date"], e["product"].id))
        for (day, product), same in groupby(
            offerings, key=lambda e: (e["date"], e["product"])
        ):
            subscriptions = self.browse([e["subscription"].id for e in same])
            subscriptions._set_pack_offering(product.product_variant_id, day)
        for effect in sorted(
            (e for e in effects if e["change"] in ("add", "end")),
            key=lambda e: e["date"],
        ):
            effect["subscription"]._set_pack_line(effect)

    def _apply_membership(self, effect):
        """Write who is in the pack."""
        member = effect["member"].with_context(telecom_pack_pass=PACK_PASS)
        change, day = effect["change"], effect["date"]
        if change == "join":
            self._create_pack_member(effect)
        elif change == "start":
            member.start_date = day
        elif change == "stay":
            member.end_date = False
        elif change == "leave" and (not member.start_date or member.start_date >= day):
            member.unlink()
        elif change == "leave":
            member.end_date = day

    def _create_pack_member(self, effect):
        """Make the membership, and the customer's pack where there is none yet."""
        Group = self.env["telecom.pack.group"]
        subscription = effect["subscription"]
        group = effect["group"] or subscription._pack_group_to_join(
            effect["pack"], effect["date"] or subscription._telecom_today()
        )
        if not group:
            account = subscription.telecom_billing_account_id
            group = Group.create(
                {"pack_id": effect["pack"].id, "billing_account_id": account.id}
            )
        Member = self.env["telecom.pack.member"]
        Member.with_context(telecom_pack_pass=PACK_PASS).create(
            {
                "group_id": group.id,
                "slot_id": effect["slot"].id,
                "subscription_id": subscription.id,
                "start_date": effect["date"],
            }
        )

    def _set_pack_offering(self, product, day):
        """Give subscriptions an offering from a day on; one that ran on goes on.

        So a tariff that was to end keeps the price agreed for it.
        """
        eve = day - ONE_DAY
        for subscription in self:
            line = subscription._tariff_in_force(eve)
            if line.product_id != product:
                continue
            later = subscription.contract_line_ids.filtered(
                lambda li: li.telecom_line_kind == "tariff" and li.date_start >= day
            )
            later.with_context(telecom_pass=LIFECYCLE_PASS).unlink()
            line.date_end = subscription.termination_date
        rest = self.filtered(lambda s: s._tariff_in_force(day).product_id != product)
        if rest:
            rest._pack_pass().change_offering(product, day)

    def _tariff_in_force(self, day):
        """Return the tariff line in force on a day, empty when there is none."""
        self.ensure_one()
        return self.contract_line_ids.filtered(
            lambda line: (
                line.telecom_line_kind == "tariff"
                and line.date_start <= day
                and (not line.date_end or line.date_end >= day)
            )
        )

    def _set_pack_line(self, effect):
        """Add or end the line of a product that the pack gives."""
        self.ensure_one()
        product, day = effect["product"].product_variant_id, effect["date"]
        member = self.pack_member_ids.filtered(
            lambda m: m.pack_id == effect["pack"] and (m.start_date or day) <= day
        ).sorted(lambda m: m.start_date or date.min)[-1:]
        lines = self.contract_line_ids.filtered(
            lambda line: (
                line.telecom_pack_member_id.pack_id == effect["pack"]
                and line.product_id == product
                and (not line.date_end or line.date_end >= day)
            )
        )
        later = lines.filtered(lambda line: line.date_start >= day)
        later.with_context(telecom_pass=LIFECYCLE_PASS).unlink()
        (lines - later).date_end = day - ONE_DAY
        if effect["change"] == "add":
            self.env["contract.line"].create(
                {
                    **self._prepare_tariff_vals(product, day),
                    "telecom_pack_member_id": member.id,
                }
            )
