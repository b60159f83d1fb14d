# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Read a tariff with what its offering includes as a document."""

from decimal import Decimal

from ... import sql_steps
from ...tariff_document.document import Allowance, Plan, Rate, TariffDocument, Tier
from .shared_reader import read_all

NUMBERS = (
    "setup_fee",
    "unit_price",
    "price_unit",
    "first_increment",
    "next_increment",
    "minimum_quantity",
    "minimum_charge",
    "maximum_charge",
)


class TariffReader:
    """Makes the document of one tariff.

    :param tariff: telecom.tariff
    :param offering: product.template whose allowances are included; none by default
    """

    def __init__(self, tariff, offering=None):
        self.tariff = tariff
        self.env = tariff.env
        self.allowances = self.env["telecom.allowance"]
        if offering:
            self.allowances = offering.telecom_allowance_ids

    def document(self):
        """Return the TariffDocument."""
        self.env.flush_all()
        tariff, company = self.tariff, self.tariff.company_id
        rates = tuple(rate for _id, rate in list_rates(tariff))
        bands = self._named("telecom.time.band", rates, "time_band")
        bands |= self.allowances.time_band_id
        bands = bands.sorted(lambda band: (band.sequence, band.id))
        destinations = self._destinations(rates).sorted("code")
        zones = self._named("telecom.roaming.zone", rates, "zone")
        zones |= self.allowances.zone_ids
        types = self._named("telecom.usage.type", rates, "usage_type")
        types |= self.allowances.usage_type_id
        categories = self._named("telecom.usage.category", rates, "category")
        return TariffDocument(
            code=tariff.code,
            currency=company.currency_id.name,
            time_zone=company.telecom_timezone,
            usage_types=read_all(types.sorted("code"), "usage_types"),
            calendars=read_all(bands.calendar_id.sorted("code"), "calendars"),
            time_bands=read_all(bands, "time_bands"),
            destinations=read_all(destinations, "destinations"),
            roaming_zones=read_all(zones.sorted("code"), "roaming_zones"),
            on_net_numbers=(),
            categories=read_all(categories.sorted("code"), "categories"),
            plan=self._plan(rates),
        )

    def _named(self, model, rates, field):
        """Return the records that rates name in a field, by code."""
        codes = {getattr(rate, field) for rate in rates} - {None}
        Model = self.env[model].with_context(active_test=False)
        return Model.search([("code", "in", list(codes))])

    def _destinations(self, rates):
        """Return the destinations that a price may depend on.

        A rate for any destination makes them all matter. Otherwise those that are
        named, and those that take numbers out of them by a longer prefix.
        """
        Destination = self.env["telecom.destination"]
        outgoing = (rate for rate in rates if rate.direction == "outgoing")
        if any(rate.destination is None for rate in outgoing):
            return Destination.search([])
        named = self._named("telecom.destination", rates, "destination")
        named |= self.allowances.destination_ids
        heads = tuple(named.prefix_ids.mapped("prefix"))
        prefixes = self.env["telecom.destination.prefix"].search([])
        inner = prefixes.filtered(lambda prefix: prefix.prefix.startswith(heads))
        return named | inner.destination_id.filtered("active")

    def _plan(self, rates):
        tariff = self.tariff
        return Plan(
            code=tariff.code,
            name=tariff.name,
            amount_digits=tariff.amount_digits,
            rounding_method=tariff.rounding_method,
            band_rule=tariff.band_rule,
            proration_method=tariff.proration_method,
            minimum_spend=_decimal(tariff.minimum_spend),
            maximum_spend=_decimal(tariff.maximum_spend),
            rates=rates,
            allowances=tuple(self._allowances()),
        )

    def _allowances(self):
        codes = set()
        # Equal ones are drawn on in the order of their ids, which a document keeps.
        for record in self.allowances.sorted(lambda a: (a.priority, a.sequence, a.id)):
            code = record.code or _free_code(record.name, codes)
            codes.add(code)
            yield _allowance(record, code)


def list_rates(tariff):
    """Return the rates of a tariff with all their digits, as (id, Rate)."""
    rows = sql_steps.fetch(
        tariff.env, "tariff_document/11_list_rates", tariff_id=tariff.id
    )
    return [(row.pop("id"), _rate(row)) for row in rows]


def _rate(row):
    tiers = tuple(
        Tier(Decimal(up_to) if up_to and Decimal(up_to) else None, Decimal(price))
        for up_to, price in row.pop("tiers")
    )
    numbers = {name: Decimal(row.pop(name)) for name in NUMBERS}
    return Rate(**row, **numbers, tiers=tiers)


def _allowance(record, code):
    is_money = record.kind == "money"
    is_sized = not (record.is_unlimited or record.is_one_shot)
    return Allowance(
        code=code,
        name=record.name,
        kind=record.kind,
        usage_type=record.usage_type_id.code or None,
        direction=record.direction or None,
        destinations=tuple(sorted(record.destination_ids.mapped("code"))),
        network=record.network,
        include_home=record.include_home,
        zones=tuple(sorted(record.zone_ids.mapped("code"))),
        time_band=record.time_band_id.code or None,
        quantity=_decimal(record.quantity) if is_sized and not is_money else None,
        amount=_decimal(record.amount) if is_sized and is_money else None,
        unlimited=record.is_unlimited,
        priority=record.priority,
        sequence=record.sequence,
        sharing=record.sharing,
        proration=record.proration,
        rollover_months=record.rollover_months,
        rollover_limit=_decimal(record.rollover_limit),
        one_shot=record.is_one_shot,
    )


def _decimal(number):
    """Return a float of the ORM as the Decimal that it prints as."""
    return Decimal(str(number))


def _free_code(name, taken):
    """Return a code made of a name, that no other allowance has."""
    stem = "".join(c if c.isalnum() else "-" for c in name.strip())[:48].strip("-")
    stem = stem or "allowance"
    code, number = stem, 1
    while code in taken:
        number += 1
        code = f"{stem}-{number}"
    return code
