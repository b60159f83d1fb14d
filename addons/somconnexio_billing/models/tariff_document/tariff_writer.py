# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Write the parts of a tariff document as records."""

from ...tariff_document import DocumentError, Problem
from .rate_rows import RateRows

PLAN_FIELDS = (
    "code",
    "name",
    "amount_digits",
    "rounding_method",
    "band_rule",
    "proration_method",
)
UNITS = ("second", "byte", "message")


class TariffWriter:
    """Makes the records of a document for one company.

    Bands, calendars, destinations, zones and categories belong to all companies.
    Those that exist by their code are taken as they are, unless a namespace keeps
    the document's apart.

    :param env: environment of the company
    :param TariffDocument document: what to write
    :param product: product.product of bill lines that are made
    :param str namespace: put in front of the codes of shared records
    :ivar dict ids: record id by code, for each of the document's lists
    """

    def __init__(self, env, document, product, namespace=""):
        self.env = env
        self.document = document
        self.product = product
        self.namespace = namespace
        self.ids = {}

    def write_shared(self):
        """Make what rates and allowances refer to."""
        document = self.document
        self._obtain("telecom.usage.type", "usage_type", self._usage_types())
        self._obtain("telecom.holiday.calendar", "calendar", self._calendars())
        self._obtain("telecom.time.band", "time_band", self._time_bands())
        self._obtain("telecom.destination", "destination", self._destinations())
        self._obtain("telecom.roaming.zone", "zone", self._zones())
        self._obtain("telecom.usage.category", "category", self._categories())
        self.default_category_id = next(iter(self.ids["category"].values()), None)
        if document.categories:
            return
        Category = self.env["telecom.usage.category"]
        self.default_category_id = Category.search([], limit=1).id

    def write_tariff(self, plan, rates=None, purpose="retail"):
        """Return a tariff with the rates of a plan, or with others.

        :param Plan plan: its numbers and rules
        :param rates: other rates than the plan's, for a wholesale tariff
        """
        is_retail = purpose == "retail"
        values = {name: getattr(plan, name) for name in PLAN_FIELDS}
        if is_retail:
            values["minimum_spend"] = float(plan.minimum_spend)
            values["maximum_spend"] = float(plan.maximum_spend)
            if plan.minimum_spend:
                values["minimum_spend_product_id"] = self.product.id
        else:
            values["code"] = f"{plan.code}:wholesale"
        tariff = self.env["telecom.tariff"].create({**values, "purpose": purpose})
        rows = RateRows(self.env, self.ids, self.default_category_id)
        rows.insert(tariff, plan.rates if rates is None else rates)
        return tariff

    def write_allowances(self, plan, template_id):
        """Return the allowances of a plan's offering, in the plan's order."""
        return self.env["telecom.allowance"].create(
            [self._allowance_values(item, template_id) for item in plan.allowances]
        )

    def _obtain(self, model, kind, values_list):
        """Find or make the shared records of one kind and remember their ids."""
        Model = self.env[model].with_context(active_test=False)
        wanted = {self.namespace + values["code"]: values for values in values_list}
        found = {}
        if not self.namespace:
            known = Model.search([("code", "in", list(wanted))])
            found = {record.code: record for record in known}
        missing = [
            {**values, "code": code}
            for code, values in wanted.items()
            if code not in found
        ]
        made = Model.create(missing)
        found |= {record.code: record for record in made}
        self.ids[kind] = {
            values["code"]: found[code].id for code, values in wanted.items()
        }

    def _usage_types(self):
        return [
            {
                "code": item.code,
                "name": item.name,
                "unit": item.unit if item.unit in UNITS else "unit",
                "display_unit_name": item.display_unit or item.unit,
                "display_factor": item.display_factor,
            }
            for item in self.document.all_usage_types.values()
        ]

    def _calendars(self):
        return [
            {
                "code": item.code,
                "name": item.name,
                "date_ids": [(0, 0, {"date": day}) for day in item.dates],
            }
            for item in self.document.calendars
        ]

    def _time_bands(self):
        return [
            {
                "code": item.code,
                "name": item.name,
                "sequence": number,
                "calendar_id": self.ids["calendar"].get(item.calendar),
                "window_ids": [
                    (
                        0,
                        0,
                        {
                            "day_kind": str(day),
                            "start_minute": window.start_minute,
                            "end_minute": window.end_minute,
                        },
                    )
                    for window in item.windows
                    for day in window.days or ("holiday",)
                ],
            }
            for number, item in enumerate(self.document.time_bands, start=1)
        ]

    def _destinations(self):
        return [
            {
                "code": item.code,
                "name": item.name,
                "kind": item.kind,
                "prefix_ids": [(0, 0, {"prefix": prefix}) for prefix in item.prefixes],
            }
            for item in self.document.destinations
        ]

    def _zones(self):
        country_ids = self._country_ids()
        return [
            {
                "code": item.code,
                "name": item.name,
                "country_ids": [(6, 0, [country_ids[c] for c in item.countries])],
            }
            for item in self.document.roaming_zones
        ]

    def _country_ids(self):
        zones = self.document.roaming_zones
        codes = {code for zone in zones for code in zone.countries}
        countries = self.env["res.country"].search([("code", "in", list(codes))])
        found = {country.code: country.id for country in countries}
        problems = [
            Problem(
                f"roaming_zones[{number}].countries",
                self.env._(
                    "%(code)r is no country: write its ISO 3166 code, such as FR",
                    code=code,
                ),
            )
            for number, zone in enumerate(zones)
            for code in zone.countries
            if code not in found
        ]
        if problems:
            raise DocumentError(problems)
        return found

    def _categories(self):
        return [
            {"code": item.code, "name": item.name, "product_id": self.product.id}
            for item in self.document.categories
        ]

    def _allowance_values(self, item, template_id):
        ids = self.ids
        return {
            "code": item.code,
            "name": item.name,
            "product_tmpl_id": template_id,
            "kind": item.kind,
            "usage_type_id": ids["usage_type"].get(item.usage_type),
            "direction": item.direction,
            "destination_ids": [
                (6, 0, [ids["destination"][code] for code in item.destinations])
            ],
            "network": item.network,
            "include_home": item.include_home,
            "zone_ids": [(6, 0, [ids["zone"][code] for code in item.zones])],
            "time_band_id": ids["time_band"].get(item.time_band),
            "quantity": float(item.quantity or 0),
            "amount": float(item.amount or 0),
            "is_unlimited": item.unlimited,
            "priority": item.priority,
            "sequence": item.sequence,
            "sharing": item.sharing,
            "proration": item.proration,
            "rollover_months": item.rollover_months,
            "rollover_limit": float(item.rollover_limit),
            "is_one_shot": item.one_shot,
        }
