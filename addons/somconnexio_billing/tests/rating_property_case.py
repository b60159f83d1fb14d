# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What tests of rating on a generated world share."""

from contextlib import contextmanager
from datetime import date
from functools import cache

from odoo.tests import TransactionCase
from odoo.tools import SQL

from ..tariff_document import UsageReader, parse
from .rating_worlds import collect_worlds, merge, read_seed

EVENT_COUNT = 1500
WORLD_PIECES = 80
WHOLE_TIME = (date(2026, 7, 1), date(2027, 1, 1))


@cache
def small_world(seed):
    """Return scene and pieces of one small world, the same for all tests."""
    return next(collect_worlds(EVENT_COUNT, WORLD_PIECES, seed))


class PropertyCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seed = read_seed()
        cls.scene, cls.pieces = small_world(cls.seed)
        cls.world = merge(cls.scene, cls.pieces)
        cls.bench = cls.env["telecom.tariff.document"]._bench()
        cls.enterClassContext(cls.bench)

    def _rate(self, document, rows):
        """Return the product's result by event."""
        parsed = parse(document)
        usage = UsageReader(parsed).read_all(rows)
        rated = self.bench.rate(parsed, usage, explain=False)
        return {
            row["event_id"]: {k: v for k, v in row.items() if k != "breakdown"}
            for row in rated.rows
        }

    def _assert_same(self, found, expected):
        """Assert that two ratings agree on the events of the first."""
        differing = {
            key: (row, expected.get(key))
            for key, row in found.items()
            if row != expected.get(key)
        }
        self.assertFalse(dict(list(differing.items())[:3]))
        self.assertTrue(found)

    @contextmanager
    def _rated(self):
        """Rate the world; what is stored can be looked at within the block."""
        parsed = parse(self.world.document)
        usage = UsageReader(parsed).read_all(self.world.rows)
        with self.bench.rating(parsed, usage) as reader:
            yield reader

    def _digest(self, *columns):
        """Return the stored rated usage as text, the physical place left out."""
        default = (
            "event_id",
            "chargeable_quantity",
            "allowance_quantity",
            "charged_quantity",
            "amount_exact",
            "allowance_amount",
            "capped_amount",
            "amount",
            "breakdown",
        )
        names = columns or default
        query = SQL(
            "SELECT %s FROM telecom_rated_usage WHERE company_id = %s"
            " ORDER BY event_id",
            SQL(", ").join(SQL("%s::text", SQL.identifier(name)) for name in names),
            self.bench.company_id,
        )
        return self.env.execute_query(query)

    def _rate_again(self):
        """Rate all months of the world once more, as a bill run would."""
        self.env["telecom.rated.usage"]._rate(self.bench.company, *WHOLE_TIME)
