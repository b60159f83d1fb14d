# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What holds for any tariff and any usage, without a second rater to ask."""

import random
from collections import defaultdict
from decimal import Decimal

from odoo.tests import tagged

from .rating_property_case import WORLD_PIECES, PropertyCase
from .rating_worlds import merge

#: Most subscriptions of an account; August to December with usage, and two months
#: before whose rests roll.
MEMBERS, MONTHS = 3, 7


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
        self._assert_same(self._rate(self.world.document, rows), self.first)

    def test_an_account_costs_alone_what_it_costs_among_others(self):
        for number in random.Random(self.seed).sample(range(WORLD_PIECES), 6):
            kept = [
                piece if place == number else None
                for place, piece in enumerate(self.pieces)
            ]
            alone = merge(self.scene, kept)
            found = self._rate(alone.document, alone.rows)
            self._assert_same(found, self.first)

    def test_a_prefix_of_nobody_s_number_changes_nothing(self):
        unrelated = {"code": "moon", "name": "Moon", "prefixes": ["999", "3469999"]}
        document = dict(self.world.document)
        document["destinations"] = [*document["destinations"], unrelated]
        self._assert_same(self._rate(document, self.world.rows), self.first)

    def test_no_limited_allowance_gives_more_than_all_its_months_hold(self):
        used = defaultdict(Decimal)
        for row in self._rated_rows():
            for code, quantity in row["allowances"]:
                used[code] += quantity
        sizes = self._sizes()
        self.assertTrue(used.keys() & sizes)
        for code in used.keys() & sizes:
            self.assertLessEqual(used[code], sizes[code], code)

    def test_an_amount_is_its_exact_value_within_one_step_of_rounding(self):
        steps = {
            plan["code"]: Decimal(1).scaleb(-plan["amount_digits"])
            for plan in self.world.document["plans"]
        }
        for row in self._rated_rows():
            taken = (row["allowance_amount"] or 0) + (row["capped_amount"] or 0)
            rounded, step = row["amount"] + taken, steps[row["plan"]]
            self.assertEqual(rounded % step, 0, row)
            self.assertLess(abs(rounded - row["amount_exact"]), step, row)

    def _rated_rows(self):
        return [row for row in self.first.values() if row["status"] == "rated"]

    def _sizes(self):
        """Return the most that each limited allowance can have given."""
        return {
            allowance["code"]: Decimal(allowance["quantity"]) * MEMBERS * MONTHS
            for plan in self.world.document["plans"]
            for allowance in plan["allowances"]
            if allowance.get("quantity")
        }


@tagged("post_install", "-at_install")
class TestRatingAgain(PropertyCase):
    piece_count = 25

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
