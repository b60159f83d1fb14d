# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from collections import Counter

from odoo import models

from ... import lifecycle
from ...catalogue.eligibility import Address, Holder, find_problems
from ..membership.membership import LIVE_STATES


class ProductTemplate(models.Model):
    """Whether a holder may have an offering, and if not, why."""

    _inherit = "product.template"

    def _eligibility_problems(
        self, partner, address=None, homes=None, channel="agent", day=None
    ):
        """Return why a holder may not newly have this offering.

        :param partner: res.partner that would be the holder
        :param address: res.partner of the service; the holder's own by default
        :param int homes: number of homes, instead of the one at the address
        :param str channel: public or agent; internal offerings are for agents
        :param date day: civil date of the sale; today by default
        :return: list of sentences in the user's language; empty: it may
        """
        self.ensure_one()
        day = day or self.env.company._telecom_today()
        return [
            *self._sale_problems(channel, day),
            *self._rule_problems(partner, address, homes),
        ]

    def _sale_problems(self, channel, day):
        """Return why nobody gets this offering by that channel on that day."""
        self.ensure_one()
        problems = []
        if not self.active or not self.telecom_kind:
            problems.append(self.env._("It is not in the catalogue."))
        if channel == "public" and self.telecom_visibility == "internal":
            problems.append(self.env._("It is sold by agents only."))
        if self.telecom_is_pack_only:
            packs = ", ".join(self._telecom_giving_packs().mapped("name"))
            problems.append(self.env._("Only members of a pack get it: %s.", packs))
        start, end = self.telecom_sale_start_date, self.telecom_sale_end_date
        if start and day < start:
            problems.append(self.env._("It is on sale from %s on.", start))
        if end and day >= end:
            problems.append(self.env._("It is no longer sold since %s.", end))
        return problems

    def _telecom_giving_packs(self):
        """Return the packs whose table gives this offering."""
        rows = self.env["telecom.pack.effect"].search(
            [("product_tmpl_id", "in", self.ids), ("is_fallback", "=", False)]
        )
        return rows.pack_id

    def _rule_problems(self, partner, address=None, homes=None, without=None):
        """Return which conditions a holder does not meet.

        Asked again when a subscription begins: dates of sale don't count then.

        :param without: contract.contract not to be counted among what the holder has
        :return: list of sentences
        """
        self.ensure_one()
        rules = self.telecom_eligibility_rule_ids.filtered("active")
        problems = list(partner._holder_problems(self))
        if not rules:
            return problems
        address = address or partner
        found = find_problems(
            [rule._as_rule() for rule in rules],
            partner._eligibility_holder(without),
            Address(
                postal_code=(address.zip or "").strip(),
                homes=address.telecom_home_count if homes is None else homes,
            ),
        )
        rule_by_code = {rule.code: rule for rule in rules}
        return problems + [
            rule_by_code[problem.rule.code]._reason_text(problem.reason)
            for problem in found
        ]

    def _compatibility_problems(self, offering):
        """Return why these add-ons or one-shots do not go with an offering.

        :param offering: product.template that is, or would be, the tariff
        :return: list of sentences; empty: they go with it
        """
        problems = []
        for addon in self:
            rows = addon.telecom_compatibility_ids
            excluded = rows.filtered(
                lambda row: row.kind == "excluded" and row._matches(offering)
            )
            allowed = rows.filtered(lambda row: row.kind == "allowed")
            is_allowed = not allowed or any(row._matches(offering) for row in allowed)
            if excluded or not is_allowed:
                problems.append(
                    self.env._(
                        "%(addon)s does not go with %(offering)s.",
                        addon=addon.display_name,
                        offering=offering.display_name,
                    )
                )
        return problems


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _eligibility_holder(self, without=None):
        """Return what rules ask of a holder: catalogue.eligibility.Holder.

        :param without: contract.contract not to be counted
        """
        self.ensure_one()
        family = self.commercial_partner_id
        subscriptions = self.env["contract.contract"].search(
            [
                ("is_telecom", "=", True),
                ("partner_id", "child_of", family.id),
                ("telecom_state", "!=", lifecycle.TERMINATED),
                ("id", "not in", without.ids if without else []),
            ]
        )
        memberships = self._cooperative_memberships(self.env.company)
        in_force = memberships.filtered(lambda one: one.state in LIVE_STATES)
        return Holder(
            kind="company" if family.is_company else "person",
            is_member=self._is_eligible_member(),
            tags=frozenset(self.category_id.ids + family.category_id.ids),
            agreements=frozenset(in_force.agreement_id.ids),
            service_types=Counter(
                subscription.telecom_service_type_id.id
                for subscription in subscriptions
            ),
            offerings=Counter(
                subscription.telecom_offering_id.product_tmpl_id.id
                for subscription in subscriptions
            ),
        )
