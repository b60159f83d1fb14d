# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Insert and change rates of a tariff, all at once."""

from ... import sql_steps
from .bulk_rows import as_json, next_ids

#: Fields of a rate that are copied as they are.
RATE_FIELDS = (
    "direction",
    "network",
    "valid_from",
    "valid_to",
    "setup_fee",
    "setup_on_zero",
    "setup_on_covered",
    "unit_price",
    "price_unit",
    "first_increment",
    "next_increment",
    "minimum_quantity",
    "minimum_charge",
    "maximum_charge",
    "price_mode",
)
TABLES = {
    "usage_type": "telecom.usage.type",
    "destination": "telecom.destination",
    "zone": "telecom.roaming.zone",
    "time_band": "telecom.time.band",
    "category": "telecom.usage.category",
}


class RateRows:
    """Writes rates in one statement each, with their tiers.

    :param env: environment of the user
    :param dict ids: record id by code, for each of TABLES
    :param int default_category_id: of rates that name no category
    """

    def __init__(self, env, ids, default_category_id=None):
        self.env = env
        self.ids = ids
        self.default_category_id = default_category_id

    @classmethod
    def of_database(cls, env):
        """Return RateRows for the codes that the database has."""
        ids = {}
        for kind, model in TABLES.items():
            records = env[model].with_context(active_test=False).search([])
            ids[kind] = {record.code: record.id for record in records}
        return cls(env, ids)

    def insert(self, tariff, rates):
        """Insert rates of a tariff."""
        if not rates:
            return
        self.env.flush_all()
        ids = next_ids(self.env, "telecom_tariff_rate", len(rates))
        pairs = list(zip(ids, rates, strict=True))
        sql_steps.run(
            self.env,
            "tariff_document/05_insert_rates",
            rates=as_json([self._row(*pair) for pair in pairs]),
            tariff_id=tariff.id,
            company_id=tariff.company_id.id,
            user_id=self.env.uid,
        )
        self._insert_tiers(tariff, pairs)
        self.env.invalidate_all()

    def update(self, tariff, pairs):
        """Give rates new values; their keys and dates stay.

        :param pairs: (id, Rate)
        """
        if not pairs:
            return
        self.env.flush_all()
        sql_steps.run(
            self.env,
            "tariff_document/12_update_rates",
            rates=as_json([self._row(*pair) for pair in pairs]),
            user_id=self.env.uid,
        )
        rate_ids = [rate_id for rate_id, _rate in pairs]
        sql_steps.run(self.env, "tariff_document/14_delete_tiers", rate_ids=rate_ids)
        self._insert_tiers(tariff, pairs)
        self.env.invalidate_all()

    def end(self, rate_ids, day):
        """Let rates hold until the day before."""
        if not rate_ids:
            return
        self.env.flush_all()
        sql_steps.run(
            self.env,
            "tariff_document/13_end_rates",
            rate_ids=rate_ids,
            end_date=day,
            user_id=self.env.uid,
        )
        self.env.invalidate_all()

    def _insert_tiers(self, tariff, pairs):
        tiers = [
            {
                "rate_id": rate_id,
                "up_to_quantity": tier.up_to,
                "unit_price": tier.unit_price,
            }
            for rate_id, rate in pairs
            for tier in rate.tiers
        ]
        sql_steps.run(
            self.env,
            "tariff_document/06_insert_tiers",
            tiers=as_json(tiers),
            company_id=tariff.company_id.id,
            user_id=self.env.uid,
        )

    def _row(self, rate_id, rate):
        ids = self.ids
        return {
            "id": rate_id,
            "usage_type_id": ids["usage_type"][rate.usage_type],
            "destination_id": ids["destination"].get(rate.destination),
            "zone_id": ids["zone"].get(rate.zone),
            "time_band_id": ids["time_band"].get(rate.time_band),
            "category_id": ids["category"].get(rate.category)
            or self.default_category_id,
            **{name: getattr(rate, name) for name in RATE_FIELDS},
        }
