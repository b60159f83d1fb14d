# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...catalogue.cells import price_text

CHANNELS = ("agent", "public")


class ProductTemplate(models.Model):
    """The catalogue as other programs and forms ask for it."""

    _inherit = "product.template"

    @api.model
    @api.readonly
    def available_offerings(
        self,
        partner=None,
        address=None,
        homes=None,
        channel="public",
        kind="offering",
        service_type_code=None,
        pricelist_code=None,
        date=None,
        with_refused=False,
        agreement_code=None,
    ):
        """Return the offerings that a holder may newly have, with their prices.

        :param partner: res.partner or its id; None: everybody's offerings, without
            asking who it is for
        :param address: res.partner of the service or its id; the holder by default
        :param int homes: number of homes, instead of the one at the address
        :param str channel: public (what forms may show) or agent
        :param str kind: offering, addon, one_shot or discount
        :param str service_type_code: only of this service type
        :param str pricelist_code: catalogue code of a price list; by default that of
            the agreement, else the company's
        :param date: civil date (YYYY-MM-DD) of the sale; today by default
        :param bool with_refused: also those it may not have, with ``problems``
        :param str agreement_code: code of the collective agreement by which somebody
            is to join; whoever is in by an agreement already need not name it
        :return: list of dicts with the keys of ``_offering_facts`` and ``problems``
            (list of sentences)
        :raise UserError: for a channel, kind, date, code or id that does not exist
        """
        company = self.env.company
        if channel not in CHANNELS:
            raise UserError(self.env._("The channel is agent or public."))
        day = self._asked_day(date, company)
        partner = self._asked_partner(partner)
        address = self._asked_partner(address)
        agreement = self._asked_agreement(agreement_code, partner, company)
        pricelist = self._asked_pricelist(pricelist_code, company, agreement)
        products = self._asked_products(kind, service_type_code)
        prices = products._telecom_prices_on(day, company, pricelist)
        found = []
        for product in products:
            problems = product._sale_problems(channel, day)
            if partner:
                problems += product._rule_problems(partner, address, homes)
            if agreement_code and kind == "offering":
                who = partner.name or self.env._("who asks")
                problems += agreement._offering_problems(product, who)
            if with_refused or not problems:
                facts = product._offering_facts(prices[product.id], company, pricelist)
                found.append({**facts, "problems": problems})
        return found

    def _offering_facts(self, price, company, pricelist):
        """Return what programs are told of a product of the catalogue.

        :param price: Decimal without tax
        """
        self.ensure_one()
        taxed = self._telecom_taxed(price, company)
        return {
            "id": self.id,
            "code": self.default_code or "",
            "name": self.name,
            "kind": self.telecom_kind,
            "service_type": self.telecom_service_type_id.code or "",
            "download_mbps": self.download_mbps,
            "upload_mbps": self.upload_mbps,
            "included": self.telecom_allowance_text or "",
            "commitment_months": self.telecom_commitment_months,
            "notice_days": self.telecom_notice_days,
            "terms": self.telecom_terms or "",
            "visibility": self.telecom_visibility or "public",
            "price_without_tax": price_text(price),
            "price_with_tax": price_text(taxed),
            "price": price_text(taxed if pricelist.telecom_tax_shown else price),
            "currency": company.currency_id.name,
            "packs": sorted(self.telecom_pack_slot_ids.pack_id.mapped("code")),
        }

    def _asked_products(self, kind, service_type_code):
        kinds = dict(self._fields["telecom_kind"].selection)
        if kind not in kinds:
            raise UserError(self.env._("The kind is one of %s.", ", ".join(kinds)))
        domain = Domain("telecom_kind", "=", kind)
        if service_type_code:
            service_type = self.env["telecom.service.type"].search(
                [("code", "=", service_type_code)]
            )
            if not service_type:
                raise UserError(
                    self.env._("There is no service type %s.", service_type_code)
                )
            domain &= Domain("telecom_service_type_id", "=", service_type.id)
        return self.search(domain, order="telecom_service_type_id, list_price, id")

    def _asked_day(self, date, company):
        try:
            return fields.Date.to_date(date) or company._telecom_today()
        except (TypeError, ValueError) as error:
            raise UserError(
                self.env._("Write the date as 2026-10-31, not as %s.", date)
            ) from error

    def _asked_partner(self, partner):
        Partner = self.env["res.partner"]
        if not isinstance(partner, (int, type(Partner), type(None))):
            raise UserError(self.env._("Give the id of a partner."))
        if isinstance(partner, int):
            partner = Partner.browse(partner).exists()
            if not partner:
                raise UserError(self.env._("There is no such partner."))
        return partner or Partner

    def _asked_agreement(self, code, partner, company):
        """Return the agreement named, or by which the partner is in; may be empty."""
        Agreement = self.env["cooperative.agreement"]
        if not code:
            return partner._agreements(company).get(partner, Agreement)
        agreement = Agreement._by_code(code, company)
        if not agreement:
            raise UserError(self.env._("There is no agreement %s.", code))
        return agreement

    def _asked_pricelist(self, code, company, agreement):
        if not code:
            return agreement.pricelist_id or company.telecom_pricelist_id
        pricelist = self.env["product.pricelist"].search(
            [("telecom_code", "=", code), ("company_id", "in", (False, company.id))],
            limit=1,
        )
        if not pricelist:
            raise UserError(self.env._("There is no price list %s.", code))
        return pricelist
