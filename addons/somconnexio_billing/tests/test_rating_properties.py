# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What holds for any tariff and any usage, without a second rater to ask."""

import random
from collections import defaultdict
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ..tariff_document import UsageReader, parse
from .rating_worlds import collect_worlds, merge, read_seed

EVENT_COUNT = 1500
WORLD_PIECES = 80
WHOLE_TIME = (date(2026, 7, 1), date(2027, 1, 1))


class PropertyCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seed = read_seed()
        cls.scene, cls.pieces = next(
            collect_worlds(EVENT_COUNT, WORLD_PIECES, cls.seed)
        )
        cls.world = merge(cls.scene, cls.pieces)
        cls.bench = cls.env["telecom.tariff.document"]._bench()
        cls.enterClassContext(cls.bench)

    def _rate(self, document, rows):
        """Return the product's result by event."""
        parsed = parse(document)
        usage = UsageReader(parsed).read_all(rows)
        rated = self.bench.rate(parsed, usage, explain=False)
        return {row["event_id"]: row for row in rated.rows}

    @contextmanager
    def _rated(self):
        """Rate the world; what is stored can be looked at within the block."""
        parsed = parse(self.world.document)
        usage = UsageReader(parsed).read_all(self.world.rows)
        with self.bench.rating(parsed, usage):
            yield

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


@tagged("post_install", "-at_install")
class TestRatingProperties(PropertyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls._rate(cls, cls.world.document, cls.world.rows)

    def test_every_event_is_either_rated_or_waits_with_a_reason(self):
        for row in self.first.values():
            is_rated = row["status"] == "rated"
            self.assertEqual(is_rated, not row["reason"], row)
            self.assertEqual(is_rated, row["amount"] is not None, row)
        self.assertEqual(len(self.first), len(self.world.rows))

    def test_units_and_amounts_are_conserved_in_each_row(self):
        for row in self._rated_rows():
            units = row["allowance_quantity"] + row["charged_quantity"]
            self.assertEqual(row["chargeable_quantity"], units, row)
            self.assertGreaterEqual(min(units, row["charged_quantity"]), 0, row)
            self.assertGreaterEqual(row["amount"], 0, row)

    def test_order_of_the_usage_does_not_matter(self):
        rows = list(self.world.rows)
        random.Random(self.seed).shuffle(rows)
        self.assertEqual(self._rate(self.world.document, rows), self.first)

    def test_an_account_costs_alone_what_it_costs_among_others(self):
        for number in random.Random(self.seed).sample(range(WORLD_PIECES), 6):
            kept = [
                piece if place == number else None
                for place, piece in enumerate(self.pieces)
            ]
            alone = merge(self.scene, kept)
            found = self._rate(alone.document, alone.rows)
            self.assertEqual(found, {key: self.first[key] for key in found})

    def test_a_prefix_of_nobody_s_number_changes_nothing(self):
        unrelated = {"code": "moon", "name": "Moon", "prefixes": ["999", "3469999"]}
        document = dict(self.world.document)
        document["destinations"] = [*document["destinations"], unrelated]
        self.assertEqual(self._rate(document, self.world.rows), self.first)

    def test_no_limited_allowance_gives_more_than_its_months_hold(self):
        sizes, used = self._sizes(), defaultdict(Decimal)
        for row in self._rated_rows():
            month = row["event_id"], 0
            for code, quantity in row["allowances"]:
                used[code] += quantity
                if code in sizes:
                    self.assertLessEqual(quantity, sizes[code], (row, month))
        self.assertTrue(used)

    def test_an_amount_is_its_exact_value_within_one_step_of_rounding(self):
        digits = {
            plan["code"]: plan["amount_digits"] for plan in self.world.document["plans"]
        }
        for row in self._rated_rows():
            has_limits = row["allowance_amount"] or row["capped_amount"]
            if has_limits or row["amount"] == row["amount_exact"]:
                continue
            step = Decimal(1).scaleb(-digits[row["plan"]])
            self.assertEqual(row["amount"] % step, 0, row)

    def _rated_rows(self):
        return [row for row in self.first.values() if row["status"] == "rated"]

    def _sizes(self):
        """Return the most that one event may draw from each limited allowance."""
        members, months = 3, 4
        return {
            allowance["code"]: Decimal(allowance["quantity"]) * members * months
            for plan in self.world.document["plans"]
            for allowance in plan["allowances"]
            if allowance.get("quantity")
        }


@tagged("post_install", "-at_install")
class TestRatingAgain(PropertyCase):
    def test_rating_again_leaves_every_row_and_version(self):
        with self._rated():
            first = self._digest("event_id", "ctid", "version", "amount")
            self._rate_again()
            again = self._digest("event_id", "ctid", "version", "amount")
            self.assertEqual(again, first)
            self.assertTrue(first)

    def test_rating_in_ten_batches_ends_like_rating_at_once(self):
        with self._rated():
            at_once = self._digest()
            self._execute("DELETE FROM telecom_rated_usage WHERE company_id = %s")
            self._execute(
                "CREATE TEMP TABLE parked_event ON COMMIT DROP AS"
                " SELECT * FROM telecom_usage_event WHERE company_id = %s"
            )
            self._execute("DELETE FROM telecom_usage_event WHERE company_id = %s")
            for batch in random.Random(self.seed).sample(range(10), 10):
                self.env.cr.execute(
                    "INSERT INTO telecom_usage_event SELECT * FROM parked_event"
                    " WHERE hashint8(id) & 1023 %% 10 = %s",
                    [batch],
                )
                self._rate_again()
            self.assertEqual(self._digest(), at_once)

    def test_prices_changed_and_changed_back_cost_what_they_did(self):
        with self._rated():
            first = self._digest()
            self._add_to_setup_fees(1)
            self.assertNotEqual(self._digest(), first)
            self._add_to_setup_fees(-1)
            self.assertEqual(self._digest(), first)

    def _add_to_setup_fees(self, amount):
        self.env.cr.execute(
            "UPDATE telecom_tariff_rate SET setup_fee = setup_fee + %s", [amount]
        )
        self._rate_again()

    def _execute(self, statement):
        self.env.cr.execute(statement, [self.bench.company_id])
