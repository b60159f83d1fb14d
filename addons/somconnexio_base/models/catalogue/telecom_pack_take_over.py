# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from collections import Counter

from odoo import api, models

from ... import lifecycle
from ...catalogue import packs
from .pack_plan import PackPlan

RUNNING = (lifecycle.ACTIVE, lifecycle.SUSPENDED)


class TelecomPack(models.Model):
    """Packs of subscriptions that came from elsewhere, with what packs give already."""

    _inherit = "telecom.pack"

    @api.model
    def _take_over_running(self):
        """Put subscriptions into the packs whose offerings they already have.

        Only where a pack is complete and would change nothing. Subscriptions that are
        in a pack are left alone, so that a second time nothing is made.

        :return: telecom.pack.group records made
        """
        made = self.env["telecom.pack.group"]
        for pack in self.search([("scope", "=", "account")]):
            by_account = pack._running_with_its_offerings().grouped(
                "telecom_billing_account_id"
            )
            for account, members in by_account.items():
                made |= pack._take_over(account, members)
        return made

    def _running_with_its_offerings(self):
        """Return the subscriptions in service that have an offering of the pack."""
        self.ensure_one()
        rows = self.effect_ids.filtered(lambda row: not row.is_fallback)
        given = rows.product_tmpl_id.filtered("is_telecom_offering")
        return self.env["contract.contract"].search(
            [
                ("telecom_state", "in", RUNNING),
                ("telecom_offering_id.product_tmpl_id", "in", given.ids),
                ("telecom_billing_account_id", "!=", False),
                ("pack_member_ids", "=", False),
            ],
            order="activation_date, id",
        )

    def _take_over(self, account, members):
        """Make the pack of one account; return it, empty when it does not fit."""
        self.ensure_one()
        Group = self.env["telecom.pack.group"]
        day = account.company_id._telecom_today()
        plan = PackPlan(self, Group, day)
        counts = Counter()
        for subscription in members | self._others_for(account):
            slot = self._slot_for(subscription._pack_offering_on(day))
            is_full = slot.maximum and counts[slot.id] >= slot.maximum
            if not slot or (is_full and subscription not in members):
                continue
            counts[slot.id] += 1
            plan.join(subscription, slot, day)
        slots = self._pure_slots()
        if packs.find_overfull(slots, counts) or not packs.is_complete(slots, counts):
            return Group
        effects = plan.effects()
        if any(effect["change"] != "join" for effect in effects):
            return Group
        members._apply_pack_effects(effects)
        return members.pack_member_ids.group_id

    def _others_for(self, account):
        """Return the account's subscriptions for the parts that give no offering."""
        self.ensure_one()
        rows = self.effect_ids.filtered(lambda row: not row.is_fallback)
        giving = rows.filtered("product_tmpl_id.is_telecom_offering").slot_id
        types = (self.slot_ids - giving).service_type_id
        return self.env["contract.contract"].search(
            [
                ("telecom_billing_account_id", "=", account.id),
                ("telecom_service_type_id", "in", types.ids),
                ("telecom_state", "in", RUNNING),
                ("pack_member_ids", "=", False),
            ],
            order="activation_date, id",
        )
