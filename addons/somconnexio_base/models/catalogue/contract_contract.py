# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models
from odoo.exceptions import UserError

from .telecom_pack_member import PACK_PASS


class ContractContract(models.Model):
    """What the catalogue refuses when a subscription begins or changes."""

    _inherit = "contract.contract"

    def _telecom_pricelists(self):
        """Return the price list that new lines of subscriptions take their prices from.

        :return: {subscription: product.pricelist}: that of the holder's agreement, else
            the catalogue's; without those that have none
        """
        found = {}
        for company, subscriptions in self.grouped("company_id").items():
            agreements = subscriptions.partner_id._agreements(company)
            for subscription in subscriptions:
                agreement = agreements.get(subscription.partner_id)
                own = agreement and agreement.pricelist_id
                if pricelist := own or company.telecom_pricelist_id:
                    found[subscription] = pricelist
        return found

    def _check_has_tariff(self):
        """Override to refuse the activation for a holder that may not have it."""
        result = super()._check_has_tariff()
        for company, subscriptions in self.grouped("company_id").items():
            bound = subscriptions
            if not company.cooperative_requires_membership:
                bound = subscriptions._bound_by_conditions()
            for subscription in bound:
                offering = subscription.telecom_offering_id.product_tmpl_id
                subscription._check_eligible(offering)
        self._check_pack_only()
        return result

    def _check_offering(self, product):
        """Override to refuse an offering that a holder may not have.

        What a pack gives to its members is the pack's to say.
        """
        result = super()._check_offering(product)
        offering = product.product_tmpl_id
        if self.env.context.get("telecom_pack_pass") is not PACK_PASS:
            for subscription in self._bound_by_conditions(offering):
                subscription._check_eligible(offering)
            self._check_pack_only(offering)
        self._check_addons_go_with(offering)
        return result

    def _bound_by_conditions(self, offering=None):
        """Return those whose offering, or whose holder's agreement, has conditions.

        :param offering: product.template that they are to have; their own when empty
        """
        agreements = {}
        for company, subscriptions in self.grouped("company_id").items():
            agreements |= subscriptions.partner_id._agreements(company)
        return self.filtered(
            lambda subscription: (
                subscription.partner_id in agreements
                or (
                    offering or subscription.telecom_offering_id.product_tmpl_id
                ).telecom_eligibility_rule_ids
            )
        )

    def _check_eligible(self, offering):
        """Raise with the reasons unless the holder may have an offering."""
        self.ensure_one()
        local = self.with_company(self.company_id)
        problems = offering.with_env(local.env)._rule_problems(
            local.partner_id, local.service_partner_id, without=local
        )
        if problems:
            raise UserError(
                self.env._(
                    "%(partner)s cannot have %(offering)s: %(problems)s",
                    partner=self.partner_id.display_name,
                    offering=offering.display_name,
                    problems=" ".join(problems),
                )
            )

    def _check_pack_only(self, offering=None):
        """Raise when an offering of packs would be had outside of one.

        :param offering: product.template that they are to have; their own when empty
        """
        for subscription in self:
            wanted = offering or subscription.telecom_offering_id.product_tmpl_id
            if not wanted.telecom_is_pack_only:
                continue
            today = subscription._telecom_today()
            ends = subscription.pack_member_ids.mapped("end_date")
            if all(end and end <= today for end in ends):
                raise UserError(
                    self.env._(
                        "%(subscription)s is in no pack, and %(offering)s is for "
                        "members of packs only (%(packs)s): let it join the pack, or "
                        "choose another offering.",
                        subscription=subscription.display_name,
                        offering=wanted.display_name,
                        packs=", ".join(wanted._telecom_giving_packs().mapped("name"))
                        or "-",
                    )
                )

    def _check_addons_go_with(self, offering):
        """Raise when an add-on in force would not go with an offering."""
        today = self._telecom_today()
        lines = self.contract_line_ids.filtered(
            lambda line: (
                line.telecom_line_kind == "addon"
                and (not line.date_end or line.date_end > today)
                and line.product_id.telecom_compatibility_ids
            )
        )
        problems = lines.product_id.product_tmpl_id._compatibility_problems(offering)
        if problems:
            raise UserError(
                self.env._(
                    "%(problems)s End the add-on first.", problems=" ".join(problems)
                )
            )
