# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Set-up fee, least and most of an event; tiers and packages over the month."""

from datetime import date
from decimal import Decimal

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .rating_common import RatingCommon, madrid

NEXT_PERIOD = (date(2026, 11, 1), date(2026, 12, 1))


@tagged("post_install", "-at_install")
class TestRatingEventLimits(RatingCommon):
    def _cost(self, quantity, **vals):
        event = self._add_event(quantity, **vals)
        self._rate()
        return self._usage(event)["amount"]

    def test_event_counts_the_least_quantity_before_its_increments(self):
        self._create_rate("0.60", minimum_quantity=45, next_increment=10)
        event = self._add_event(3)
        nothing = self._add_event(0)
        self._rate()
        self.assertEqual(self._usage(event)["chargeable_quantity"], 51)
        self.assertEqual(self._usage(nothing)["chargeable_quantity"], 0)

    def test_setup_fee_is_charged_of_nothing_where_the_rate_says_so(self):
        rate = self._create_rate("0.60", setup_fee=0.15)
        self.assertEqual(self._cost(0), 0)
        rate.setup_on_zero = True
        self.assertEqual(self._cost(0), Decimal("0.15"))

    def test_setup_fee_is_charged_when_covered_where_the_rate_says_so(self):
        rate = self._create_rate("0.60", setup_fee=0.15)
        self._create_allowance(6000)
        event = self._add_event(60)
        self._rate()
        self._assert_costs(event, 0)
        self.assertEqual(self._usage(event)["setup_fee"], 0)
        rate.setup_on_covered = True
        self._rate()
        self._assert_costs(event, "0.15")
        self.assertIn("The set-up fee of 0.15", self._explanation(event)[-1])

    def test_event_costs_its_minimum_at_least_and_its_maximum_at_most(self):
        self._create_rate("0.60", setup_fee=0.10, minimum_charge=0.30, maximum_charge=1)
        self.assertEqual(self._cost(1), Decimal("0.30"))
        self.assertEqual(self._cost(20), Decimal("0.30"))
        self.assertEqual(self._cost(60), Decimal("0.70"))
        self.assertEqual(self._cost(600), 1)
        self.assertEqual(self._cost(0), 0)

    def test_explanation_tells_the_maximum(self):
        self._create_rate("0.60", maximum_charge=1)
        event = self._add_event(600)
        self._rate()
        sign = self.company.currency_id.symbol
        self.assertEqual(
            self._explanation(event)[2:],
            [
                f"10:00 min at 0.60 {sign} per min: 6.00 {sign}.",
                f"It costs 1.00 {sign} at most.",
                f"This makes 1.00 {sign}.",
            ],
        )


@tagged("post_install", "-at_install")
class TestRatingTiers(RatingCommon):
    """Prices by the position in the month: what the subscription is charged so far."""

    def _create_tiered(self, mode, *tiers, **vals):
        return self._create_rate(
            "0",
            price_mode=mode,
            price_unit=1,
            tier_ids=[
                (0, 0, {"up_to_quantity": end, "unit_price": price})
                for end, price in tiers
            ],
            **vals,
        )

    def _amounts(self, events):
        return [self._usage(event)["amount"] for event in events]

    def _add_days(self, *quantities):
        return [
            self._add_event(quantity, madrid(2026, 10, day))
            for day, quantity in enumerate(quantities, start=1)
        ]

    def test_graduated_price_adds_up_the_tiers_an_event_lies_in(self):
        self._create_tiered("graduated", (100, 3), (200, 2), (0, 1))
        events = self._add_days(100, 50, 100, 10)
        self._rate()
        self.assertEqual(self._amounts(events), [300, 100, 150, 10])

    def test_explanation_tells_the_tiers(self):
        self._create_tiered("graduated", (120, 3), (0, 1))
        _first, event = self._add_days(60, 120)
        self._rate()
        sign = self.company.currency_id.symbol
        self.assertEqual(
            self._explanation(event)[2:],
            [
                f"2:00 min are charged, after 1:00 min in the month: 240.00 {sign}.",
                "1:00 min of them in the tier up to 2:00 min, at"
                f" 3.00 {sign} per 0:01 min.",
                f"1:00 min of them in the last tier, at 1.00 {sign} per 0:01 min.",
                f"This makes 240.00 {sign}.",
            ],
        )

    def test_closed_last_tier_goes_on_for_ever(self):
        self._create_tiered("graduated", (10, 3), (20, 2))
        [event] = self._add_days(50)
        self._rate()
        self.assertEqual(self._amounts([event]), [30 + 80])

    def test_volume_price_of_all_is_the_tiers_that_the_total_reaches(self):
        self._create_tiered("volume", (100, 3), (200, 2), (0, 1))
        events = self._add_days(60, 40)
        self._rate()
        self.assertEqual(self._amounts(events), [180, 120])
        events += [self._add_event(1, madrid(2026, 10, 1, 12))]
        self._rate()
        self.assertEqual(self._amounts(events), [120, 80, 2])

    def test_package_is_paid_when_it_begins(self):
        self._create_rate("5", price_mode="package", price_unit=100)
        events = self._add_days(60, 40, 1, 250, 0)
        self._rate()
        self.assertEqual(self._amounts(events), [5, 0, 5, 10, 0])

    def test_what_an_allowance_covers_is_no_position(self):
        self._create_tiered("graduated", (100, 3), (0, 1))
        self._create_allowance(1000)
        events = self._add_days(1000, 100, 10)
        self._rate()
        self.assertEqual(self._amounts(events), [0, 300, 10])

    def test_closed_usage_comes_first_and_stays(self):
        self._create_tiered("volume", (100, 3), (0, 1))
        closed = self._add_event(100, madrid(2026, 10, 20))
        run = self._create_run()
        self._rate(run=run)
        self._invoice(run)
        late = self._add_event(10, madrid(2026, 10, 1))
        self._rate(*NEXT_PERIOD)
        self.assertEqual(self._amounts([closed, late]), [300, 10])

    def test_month_begins_anew(self):
        self._create_tiered("graduated", (100, 3), (0, 1))
        september = self._add_event(100, madrid(2026, 9, 30, 23, 59, 59))
        october = self._add_event(100, madrid(2026, 10, 1))
        self._rate()
        self.assertEqual(self._amounts([september, october]), [300, 300])

    def test_rate_by_tiers_without_tiers_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "priced by tiers and has none"):
            self._create_rate("1", price_mode="graduated")
