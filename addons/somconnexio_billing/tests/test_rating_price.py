# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What one event costs: increments, set-up fee, rounding, rates by date and place."""

from datetime import date
from decimal import Decimal

from odoo.tests import tagged

from .rating_common import (
    FIXED,
    FRENCH_MOBILE,
    MEGABYTE,
    MOBILE,
    RatingCommon,
    madrid,
)


@tagged("post_install", "-at_install")
class TestRatingPrice(RatingCommon):
    def test_increments_count_whole_steps_from_the_first_on(self):
        rate = self._create_rate()
        for quantity, first, following, chargeable in [
            (0, 60, 60, 0),
            ("0.4", 60, 60, 60),
            (1, 60, 60, 60),
            (60, 60, 60, 60),
            (61, 60, 60, 120),
            (120, 60, 60, 120),
            (59, 60, 1, 60),
            (61, 60, 1, 61),
            (30, 30, 6, 30),
            (36, 30, 6, 36),
            (37, 30, 6, 42),
            ("36.001", 30, 6, 42),
            (1, 1, 1, 1),
            (10**15 + 1, 1, 1000, 10**15 + 1),
            (10**15 + 2, 1, 1000, 10**15 + 1001),
        ]:
            with self.subTest(quantity=quantity, first=first, following=following):
                rate.write({"first_increment": first, "next_increment": following})
                event = self._add_event(quantity)
                self._rate()
                counted = self._usage(event)["chargeable_quantity"]
                self.assertEqual(counted, Decimal(chargeable))

    def test_amount_is_price_of_the_units_and_setup_fee(self):
        self._create_rate("0.10", setup_fee=0.15, first_increment=60)
        event = self._add_event(90)
        self._rate()
        self._assert_costs(event, "0.30")

    def test_event_of_nothing_costs_nothing_not_even_the_setup_fee(self):
        self._create_rate("0.10", setup_fee=0.15, first_increment=60)
        event = self._add_event(0)
        self._rate()
        self._assert_costs(event, 0)

    def test_free_rate_with_setup_fee_charges_the_fee(self):
        self._create_rate(0, setup_fee=0.15)
        event = self._add_event(10)
        self._rate()
        self._assert_costs(event, "0.15")

    def test_division_by_the_price_unit_is_rounded_once(self):
        # 1 s of 0.10 a minute is 0.001666…; 7 s are 0.011666…
        self._create_rate("0.10")
        one, seven = self._add_event(1), self._add_event(7)
        self._rate()
        self._assert_costs(one, "0.001667")
        self._assert_costs(seven, "0.011667")
        self.assertEqual(self._usage(one)["amount_exact"], Decimal("0.001666666667"))

    def test_rounding_follows_the_method_of_the_tariff(self):
        # 3 s of 0.01 a minute are 0.0005, 5 s 0.00083…, 9 s 0.0015, 12 s 0.002.
        expected = {
            "half_up": ("0.001", "0.001", "0.002", "0.002"),
            "half_even": ("0.000", "0.001", "0.002", "0.002"),
            "up": ("0.001", "0.001", "0.002", "0.002"),
            "down": ("0.000", "0.000", "0.001", "0.002"),
        }
        self._create_rate("0.01")
        self.tariff.amount_digits = 3
        events = [self._add_event(seconds) for seconds in (3, 5, 9, 12)]
        for method, amounts in expected.items():
            self.tariff.rounding_method = method
            self._rate()
            for event, amount in zip(events, amounts, strict=True):
                with self.subTest(method=method, amount=amount):
                    self._assert_costs(event, amount)

    def test_near_tie_of_a_large_volume_is_rounded_the_right_way(self):
        # One byte less or more than a tie at the third decimal: a float would miss it.
        self._create_rate("0.001", usage_type_id=self.data.id, price_unit=MEGABYTE)
        self.tariff.amount_digits = 3
        tie = 10**9 * MEGABYTE + MEGABYTE // 2
        events = [
            self._add_event(tie + step, usage_type_id=self.data.id, other_number=None)
            for step in (-1, 0, 1)
        ]
        self._rate()
        self._assert_costs(events[0], "1000000.000")
        self._assert_costs(events[1], "1000000.001")
        self._assert_costs(events[2], "1000000.001")

    def test_rate_of_the_destination_comes_before_the_one_for_any(self):
        self._create_rate("0.10")
        self._create_rate("0.20", destination_id=self.to_france.id)
        national = self._add_event(60)
        french = self._add_event(60, other_number=FRENCH_MOBILE)
        self._rate()
        self._assert_costs(national, "0.10")
        self._assert_costs(french, "0.20")

    def test_rate_is_the_one_valid_on_the_civil_day(self):
        self._create_rate("0.10", valid_to=date(2026, 10, 15))
        self._create_rate("0.30", valid_from=date(2026, 10, 15))
        last_second = self._add_event(60, madrid(2026, 10, 14, 23, 59, 59))
        first_second = self._add_event(60, madrid(2026, 10, 15))
        self._rate()
        self._assert_costs(last_second, "0.10")
        self._assert_costs(first_second, "0.30")

    def test_roaming_rate_holds_in_the_countries_of_its_zone_only(self):
        self._create_rate("0.10")
        self._create_rate("0.50", zone_id=self.zone_eu.id)
        home = self._add_event(60)
        france = self._add_event(60, visited_country="FR")
        world = self._add_event(60, visited_country="US")
        self._rate()
        self._assert_costs(home, "0.10")
        self._assert_costs(france, "0.50")
        self.assertEqual(self._reason(world), "no_rate")

    def test_country_of_no_zone_matches_no_rate(self):
        self._create_rate("0.10")
        event = self._add_event(60, visited_country="XX")
        self._rate()
        self.assertEqual(self._reason(event), "no_rate")

    def test_incoming_call_needs_no_destination(self):
        self._create_rate(0, direction="incoming")
        hidden = self._add_event(60, other_number=None, direction="incoming")
        odd = self._add_event(60, other_number="99911", direction="incoming")
        self._rate()
        self._assert_costs(hidden, 0)
        self._assert_costs(odd, 0)

    def test_direction_and_usage_type_have_their_own_rates(self):
        self._create_rate("0.10")
        self._create_rate("0.02", direction="incoming")
        self._create_rate("0.05", usage_type_id=self.sms.id, price_unit=1)
        outgoing = self._add_event(60)
        incoming = self._add_event(60, direction="incoming")
        message = self._add_event(2, usage_type_id=self.sms.id)
        self._rate()
        self._assert_costs(outgoing, "0.10")
        self._assert_costs(incoming, "0.02")
        self._assert_costs(message, "0.10")

    def test_tariff_is_the_one_of_the_line_valid_on_the_civil_day(self):
        self._create_rate("0.10")
        other = self._create_tariff("TEST-OTHER")
        self._create_rate("0.40", tariff=other)
        self.offering_mobile_large.product_tmpl_id.telecom_tariff_id = other
        self.subscription.change_offering(self.offering_mobile_large, "2026-10-20")
        before = self._add_event(60, madrid(2026, 10, 19, 23, 59, 59))
        after = self._add_event(60, madrid(2026, 10, 20))
        self._rate()
        self._assert_costs(before, "0.10")
        self._assert_costs(after, "0.40")
        self.assertEqual(
            self._usage(after)["product_id"], self.offering_mobile_large.id
        )

    def test_row_says_where_its_price_came_from(self):
        rate = self._create_rate("0.10", setup_fee=0.05)
        event = self._add_event(90, other_number=FIXED, wholesale_cost="0.0125")
        self._rate()
        usage = self._usage(event)
        self.assertEqual(usage["rate_id"], rate.id)
        self.assertEqual(usage["tariff_id"], self.tariff.id)
        self.assertEqual(usage["category_id"], self.category.id)
        self.assertEqual(usage["destination_id"], self.to_fixed.id)
        self.assertIsNone(usage["zone_id"])
        self.assertEqual(
            usage["billing_account_id"],
            self.subscription.telecom_billing_account_id.id,
        )
        self.assertEqual(usage["version"], 1)
        self.assertEqual(
            self.Rated.search([("event_id", "=", event)]).wholesale_cost, 0.0125
        )

    def test_prefix_that_is_longest_decides_the_destination(self):
        special = self.env["telecom.destination"].create(
            {
                "name": "One exchange",
                "code": "TEST",
                "kind": "special",
                "prefix_ids": [(0, 0, {"prefix": "346123"})],
            }
        )
        self._create_rate("0.10")
        self._create_rate("0.90", destination_id=special.id)
        inside = self._add_event(60, other_number=MOBILE)
        outside = self._add_event(60, other_number="34612445678")
        self._rate()
        self._assert_costs(inside, "0.90")
        self._assert_costs(outside, "0.10")
        special.active = False
        self._rate()
        self._assert_costs(inside, "0.10")
