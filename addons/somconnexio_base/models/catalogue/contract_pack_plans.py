# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ... import lifecycle
from .pack_plan import PackPlan

ONE_DAY = timedelta(days=1)


class ContractContract(models.Model):
    """Which packs an action touches, and what it changes in them."""

    _inherit = "contract.contract"

    def _plan_join(self, pack, date, group=None):
        """Return the plans of the pack joined, and of those left for it."""
        group = group or self._pack_group_to_join(pack, date)
        self._check_pack_scope(pack, group)
        plans = []
        members = self._pack_members_after(date)
        for other, moving in members.grouped("group_id").items():
            if other == group:
                raise UserError(
                    self.env._(
                        "%s is in this pack already.",
                        moving.subscription_id[:1].display_name,
                    )
                )
            plan = PackPlan(other.pack_id, other, date)
            for member in moving:
                product = member.subscription_id._pack_offering_on(date)
                plan.leave(member.subscription_id, date, product)
            plans.append(plan)
        joined = PackPlan(pack, group, date)
        for subscription in self:
            joined.join(subscription, subscription._pack_slot(pack, date), date)
        return [*plans, joined]

    def _plan_leave(self, date, product=None):
        members = self._pack_members_after(date)
        if outside := self - members.subscription_id:
            raise UserError(
                self.env._("%s is in no pack then.", outside[:1].display_name)
            )
        template = product.product_tmpl_id if product else None
        plans = self._plans_of(members, date)
        for plan, own in plans:
            for member in own:
                plan.leave(member.subscription_id, date, template)
        return [plan for plan, _own in plans]

    def _plan_activate(self, date):
        waiting = self._pack_members_after(date).filtered(lambda m: not m.start_date)
        plans = self._plans_of(waiting, date)
        for plan, own in plans:
            for member in own:
                plan.start(member.subscription_id, date)
        return [plan for plan, _own in plans]

    def _plan_change(self, product, date):
        """An offering that fits keeps the member in the pack; another lets it go."""
        date = fields.Date.to_date(date)
        template = product.product_tmpl_id
        plans = self._plans_of(self._pack_members_after(date), date)
        for plan, own in plans:
            for member in own:
                if member.slot_id._fits(template):
                    plan.change(member.subscription_id, template)
                else:
                    plan.leave(member.subscription_id, date, template)
        return [plan for plan, _own in plans]

    def _plan_terminate(self, date):
        """Whoever ends leaves the day after; a day planned before counts no more."""
        first_out = date + ONE_DAY
        members = self._pack_members_after(first_out)
        members |= self.pack_member_ids.filtered(
            lambda m: m.end_date and m.end_date == m.subscription_id._first_day_out()
        )
        plans = self._plans_of(members, first_out)
        for plan, own in plans:
            for member in own:
                plan.leave(member.subscription_id, first_out, is_over=True)
        return [plan for plan, _own in plans]

    def _plan_stay(self):
        members = self.pack_member_ids.filtered(
            lambda m: m.end_date and m.end_date == m.subscription_id._first_day_out()
        )
        day = min(members.mapped("end_date"), default=None)
        plans = self._plans_of(members, day)
        for plan, own in plans:
            for member in own:
                plan.stay(member.subscription_id)
        return [plan for plan, _own in plans]

    def _plans_of(self, members, day):
        """Return (plan, members of self in it) for each pack."""
        return [
            (
                PackPlan(
                    group.pack_id,
                    group,
                    min([day, *(m.end_date for m in own if m.end_date)]),
                ),
                own,
            )
            for group, own in members.grouped("group_id").items()
        ]

    def _pack_members_after(self, day):
        """Return the memberships that last until after the eve of a day, at least."""
        return self.env["telecom.pack.member"].search(
            [
                ("subscription_id", "in", self.ids),
                "|",
                ("end_date", "=", False),
                ("end_date", ">", day),
            ]
        )

    def _pack_group_to_join(self, pack, day):
        """Return the customer's pack of that kind, empty when there is none."""
        field = "partner_id" if pack.scope == "holder" else "billing_account_id"
        owners = (
            self.partner_id
            if pack.scope == "holder"
            else self.telecom_billing_account_id
        )
        members = self.env["telecom.pack.member"].search(
            [
                ("pack_id", "=", pack.id),
                (f"group_id.{field}", "in", owners.ids),
                "|",
                ("end_date", "=", False),
                ("end_date", ">", day),
            ],
            order="id",
        )
        return members[:1].group_id

    def _check_pack_scope(self, pack, group):
        """Raise unless all who join are of the same account, or holder, as the pack."""
        if pack.scope == "holder":
            owners = self.partner_id | group.member_ids.subscription_id.partner_id
        else:
            owners = self.telecom_billing_account_id | group.billing_account_id
        if len(owners) > 1:
            raise UserError(
                self.env._(
                    "The members of %(pack)s need the same holder or billing account, "
                    "as it says; these have %(owners)s.",
                    pack=pack.name,
                    owners=", ".join(owners.mapped("display_name")),
                )
            )

    def _pack_slot(self, pack, day):
        """Return the part that this subscription can take.

        :raise UserError: naming the subscription that fits none
        """
        self.ensure_one()
        offering = self._pack_offering_on(day)
        slot = pack._slot_for(offering)
        if not slot:
            raise UserError(
                self.env._(
                    "%(subscription)s has %(offering)s, which is in no part of "
                    "%(pack)s. Change its tariff first, or add the offering to the "
                    "pack.",
                    subscription=self.display_name,
                    offering=offering.display_name or "-",
                    pack=pack.name,
                )
            )
        return slot

    def _pack_offering_on(self, day):
        """Return the offering (product.template) on a day."""
        self.ensure_one()
        return self._telecom_tariff_line_on(day).product_id.product_tmpl_id

    def _first_day_out(self):
        """Return the first civil day after a planned or past termination."""
        self.ensure_one()
        return self.termination_date and self.termination_date + ONE_DAY

    def _last_change_date(self):
        """Return the day of the last change of state in service, or None."""
        self.ensure_one()
        days = self.transition_ids.filtered(
            lambda transition: transition.to_state != lifecycle.PENDING
        ).mapped("effective_date")
        return max(days, default=None)
