# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError

from .telecom_pack_member import PACK_PASS


class ContractContract(models.Model):
    """Subscriptions in packs: what a change does to the siblings, and doing it."""

    _inherit = "contract.contract"

    pack_member_ids = fields.One2many(
        "telecom.pack.member", "subscription_id", string="Packs"
    )
    telecom_pack_group_id = fields.Many2one(
        "telecom.pack.group",
        string="Pack",
        compute="_compute_telecom_pack_group_id",
        search="_search_telecom_pack_group_id",
        help="The pack that it is in today, or will be from its activation on.",
    )

    @api.depends("pack_member_ids.start_date", "pack_member_ids.end_date")
    def _compute_telecom_pack_group_id(self):
        for subscription in self:
            today = subscription._telecom_today()
            members = subscription.pack_member_ids.filtered(
                lambda m, day=today: (
                    (not m.start_date or m.start_date <= day)
                    and (not m.end_date or m.end_date > day)
                )
            )
            subscription.telecom_pack_group_id = members[:1].group_id

    @api.model
    def _search_telecom_pack_group_id(self, operator, value):
        if operator not in ("in", "any"):
            return NotImplemented
        today = self.env.company._telecom_today()
        members = self.env["telecom.pack.member"]._search(
            [
                ("group_id", "in", value),
                "|",
                ("start_date", "=", False),
                ("start_date", "<=", today),
                "|",
                ("end_date", "=", False),
                ("end_date", ">", today),
            ]
        )
        return [("pack_member_ids", "in", members)]

    @api.private
    def join_pack(self, pack, date=None, group=None):
        """Let subscriptions take their parts in a pack from a civil day on.

        One that is in another pack leaves that. One that is pending counts from its
        activation on.

        :param pack: telecom.pack
        :param date date: first civil day; today by default
        :param group: telecom.pack.group to join; by default the customer's one of that
            pack, or a new one
        :return: telecom.pack.group
        :raise UserError: when a subscription fits no part, is of another customer, or
            there is no room
        """
        for subscriptions, day in self._by_day(date):
            effects = subscriptions._pack_effects(
                "join", pack=pack, date=day, group=group
            )
            subscriptions._apply_pack_effects(effects)
        return self.pack_member_ids.filtered(
            lambda member: member.pack_id == pack and not member.end_date
        ).group_id

    @api.private
    def leave_pack(self, date=None, product=None):
        """Let subscriptions leave their pack on a civil day.

        :param date date: first civil day without the pack; today by default
        :param product: product.product that they have then; by default what the pack's
            table says
        :return: True
        :raise UserError: naming the subscription that is in no pack then
        """
        for subscriptions, day in self._by_day(date):
            effects = subscriptions._pack_effects("leave", date=day, product=product)
            if product:
                subscriptions._pack_pass().change_offering(product, day)
            subscriptions._apply_pack_effects(effects)
            subscriptions._check_left_with(day)
        return True

    def _check_left_with(self, day):
        """Raise when who has left a pack would keep what only its members have."""
        for subscription in self:
            offering = subscription._pack_offering_on(day)
            if offering.telecom_is_pack_only:
                raise UserError(
                    self.env._(
                        "%(subscription)s cannot keep %(offering)s outside of a pack: "
                        "choose the offering that it has then.",
                        subscription=subscription.display_name,
                        offering=offering.display_name,
                    )
                )

    def _pack_effects(self, action, **values):
        """Return what an action does to the packs these subscriptions are in.

        Nothing is changed. The effects come in the order in which they are applied.

        :param str action: join (pack, date, group), leave (date, product),
            activate (date), change_offering (product, date), terminate (date: the last
            day of service) or cancel_termination
        :return: list of dicts: ``change`` (join, leave, start or stay: who is in the
            pack; offering: another one; add or end: a line of the pack),
            ``subscription``, ``date`` (first civil day), ``product`` and ``before``
            (product.template), ``pack``, ``group``, ``slot``, ``member``
        :raise UserError: saying why it cannot be done
        :raise ValueError: for an action that does not exist
        """
        planners = {
            "join": self._plan_join,
            "leave": self._plan_leave,
            "activate": self._plan_activate,
            "change_offering": self._plan_change,
            "terminate": self._plan_terminate,
            "cancel_termination": self._plan_stay,
        }
        if action not in planners:
            raise ValueError(f"{action} is none of {', '.join(planners)}")
        plans = planners[action](**values)
        return [effect for plan in plans for effect in plan.effects()]

    def action_simulate_pack(self):
        """Show what joining or leaving a pack would do, before it is done."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_base.action_telecom_pack_simulator"
        )
        in_pack = self.filtered("telecom_pack_group_id")
        context = {
            "default_subscription_ids": self.ids,
            "default_action": "leave" if in_pack == self else "join",
            "dialog_size": "extra-large",
        }
        return {**action, "context": context}

    def _pack_pass(self):
        """Return these subscriptions for changes that the pack itself asks for."""
        return self.with_context(telecom_pack_pass=PACK_PASS)
