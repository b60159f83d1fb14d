# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What allowances cover: order, partial overflow, months, what was billed before."""

from datetime import date
from decimal import Decimal

from odoo.tests import tagged

from .rating_common import FIXED, FRENCH_MOBILE, MEGABYTE, RatingCommon, madrid


@tagged("post_install", "-at_install")
class TestRatingAllowance(RatingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_rate("0.60", setup_fee=0.15, first_increment=60)

    def _assert_covered(self, event_id, covered, charged, used_before=None):
        usage = self._usage(event_id)
        self.assertEqual(usage["allowance_quantity"], Decimal(covered))
        self.assertEqual(usage["charged_quantity"], Decimal(charged))
        if used_before is not None:
            self.assertEqual(usage["allowance_used_before"], Decimal(used_before))

    def test_allowance_covers_counted_units_until_it_is_used_up(self):
        self._create_allowance(150)
        events = [self._add_event(30, madrid(2026, 10, day, 9)) for day in (1, 2, 3, 4)]
        self._rate()
        self._assert_covered(events[0], 60, 0, used_before=0)
        self._assert_covered(events[1], 60, 0, used_before=60)
        self._assert_covered(events[2], 30, 30, used_before=120)
        self._assert_covered(events[3], 0, 60, used_before=150)

    def test_event_that_overflows_is_charged_for_the_rest_and_the_setup_fee(self):
        self._create_allowance(60)
        event = self._add_event(90)
        self._rate()
        self._assert_covered(event, 60, 30)
        self._assert_costs(event, "0.45")

    def test_covered_event_has_no_setup_fee(self):
        self._create_allowance(60)
        event = self._add_event(60)
        self._rate()
        self._assert_costs(event, 0)

    def test_unlimited_allowance_covers_all_and_tells_what_was_used(self):
        self._create_allowance()
        self._add_event(10**6, madrid(2026, 10, 1, 9))
        event = self._add_event(10**6, madrid(2026, 10, 2, 9))
        self._rate()
        self._assert_covered(event, 10**6, 0, used_before=10**6)
        self.assertIsNone(self._usage(event)["allowance_limit"])

    def test_event_of_nothing_takes_nothing(self):
        self._create_allowance(60)
        self._add_event(0, madrid(2026, 10, 1))
        event = self._add_event(60, madrid(2026, 10, 2))
        self._rate()
        self._assert_covered(event, 60, 0, used_before=0)

    def test_events_of_one_instant_take_turns_by_their_key(self):
        self._create_allowance(60)
        instant = madrid(2026, 10, 2, 9)
        later_key = self._add_event(
            60, instant, event_key="ffffffff-0000-0000-0000-000000000000"
        )
        earlier_key = self._add_event(
            60, instant, event_key="00000000-ffff-0000-0000-000000000000"
        )
        self._rate()
        self._assert_covered(earlier_key, 60, 0)
        self._assert_covered(later_key, 0, 60)

    def test_allowance_is_for_one_subscription(self):
        self._create_allowance(60)
        other = self._create_subscription(self.offering, state="active")
        mine = self._add_event(60)
        theirs = self._add_event(60, subscription_id=other.id)
        self._rate()
        self._assert_covered(mine, 60, 0)
        self._assert_covered(theirs, 60, 0)

    def test_allowance_fits_its_destinations_only(self):
        self._create_allowance(600, destination_ids=self.to_mobile.ids)
        mobile = self._add_event(60)
        fixed = self._add_event(60, other_number=FIXED)
        french = self._add_event(60, other_number=FRENCH_MOBILE)
        self._rate()
        self._assert_covered(mobile, 60, 0)
        self._assert_covered(fixed, 0, 60)
        self._assert_covered(french, 0, 60)
        self.assertIsNone(self._usage(fixed)["allowance_id"])

    def test_allowance_fits_home_and_zones_as_it_says(self):
        self._create_rate("0.60", zone_id=self.zone_eu.id)
        home_only = self._create_allowance(600)
        home, roaming = self._add_event(60), self._add_event(60, visited_country="FR")
        self._rate()
        self._assert_covered(home, 60, 0)
        self._assert_covered(roaming, 0, 60)
        home_only.write({"include_home": False, "zone_ids": [(6, 0, self.zone_eu.ids)]})
        self._rate()
        self._assert_covered(home, 0, 60)
        self._assert_covered(roaming, 60, 0)

    def test_allowances_cover_by_priority_and_the_next_takes_over(self):
        small = self._create_allowance(60, priority=1)
        large = self._create_allowance(600, priority=2)
        event = self._add_event(120)
        self._rate()
        self._assert_covered(event, 120, 0)
        self.assertEqual(
            [draw[:2] for draw in self._draws(event)], [(small.id, 60), (large.id, 60)]
        )

    def test_archived_allowance_covers_nothing(self):
        self._create_allowance(60, active=False)
        event = self._add_event(60)
        self._rate()
        self._assert_covered(event, 0, 60)

    def test_data_is_covered_by_its_own_allowance(self):
        self._create_rate(
            "0.01",
            usage_type_id=self.data.id,
            price_unit=MEGABYTE,
            first_increment=1024,
            next_increment=1024,
        )
        self._create_allowance(60)
        self._create_allowance(MEGABYTE, usage_type_id=self.data.id)
        session = self._add_event(
            3 * MEGABYTE, usage_type_id=self.data.id, other_number=None
        )
        self._rate()
        self._assert_covered(session, MEGABYTE, 2 * MEGABYTE)
        self._assert_costs(session, "0.02")


@tagged("post_install", "-at_install")
class TestRatingExample(RatingCommon):
    """The worked example of docs/rating.md."""

    def test_example_of_the_documentation_costs_what_it_says(self):
        self._create_rate("0.0248", setup_fee=0.15, first_increment=60)
        allowance = self._create_allowance(
            9000,
            name="150 minutes",
            destination_ids=[(6, 0, (self.to_mobile | self.to_fixed).ids)],
        )
        self._add_event(8940, madrid(2026, 10, 3))
        event = self._add_event(95, madrid(2026, 10, 20))
        self._rate()
        usage = self._usage(event)
        self.assertEqual(usage["allowance_id"], allowance.id)
        self.assertEqual(usage["allowance_used_before"], 8940)
        self.assertEqual(usage["allowance_quantity"], 60)
        self.assertEqual(usage["charged_quantity"], 35)
        self.assertEqual(usage["amount_exact"], Decimal("0.164466666667"))
        self._assert_costs(event, "0.164467")
        earlier = self._add_event(40, madrid(2026, 10, 18))
        self._rate()
        self._assert_costs(earlier, 0)
        self.assertEqual(self._usage(event)["charged_quantity"], 95)
        self.assertEqual(self._usage(event)["version"], 2)


@tagged("post_install", "-at_install")
class TestRatingAllowanceMonth(RatingCommon):
    """Which month an event draws on, at its borders and when it comes late."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_rate("0.60")
        cls.allowance = cls._create_allowance(60)

    def _covered(self, event_id):
        return self._usage(event_id)["allowance_quantity"]

    def test_month_begins_at_midnight_of_the_company(self):
        september = self._add_event(60, madrid(2026, 9, 30, 23, 59, 59))
        october = self._add_event(60, madrid(2026, 10, 1))
        self._rate()
        self.assertEqual(self._covered(september), 60)
        self.assertEqual(self._covered(october), 60)
        self.assertTrue(self._usage(september)["is_late"])
        self.assertFalse(self._usage(october)["is_late"])

    def test_event_after_the_last_midnight_waits_for_the_next_period(self):
        inside = self._add_event(60, madrid(2026, 10, 31, 23, 59, 59))
        outside = self._add_event(60, madrid(2026, 11, 1))
        self._rate()
        self.assertTrue(self._usage(inside))
        self.assertFalse(self._usage(outside))

    def test_hour_that_comes_twice_is_taken_in_the_order_of_instants(self):
        second = self._add_event(60, madrid(2026, 10, 25, 2, 10, fold=1))
        first = self._add_event(60, madrid(2026, 10, 25, 2, 50, fold=0))
        self._rate()
        self.assertEqual(self._covered(first), 60)
        self.assertEqual(self._covered(second), 0)

    def test_november_begins_in_winter_time(self):
        first = self._add_event(60, madrid(2026, 10, 31, 23, 59, 59))
        next_month = self._add_event(60, madrid(2026, 11, 1, 0, 0, 0))
        self._rate(date(2026, 11, 1), date(2026, 12, 1))
        self.assertEqual(self._covered(first), 60)
        self.assertEqual(self._covered(next_month), 60)

    def test_late_event_finds_what_billed_usage_left(self):
        run = self._create_run()
        early = self._add_event(40, madrid(2026, 10, 10))
        self._rate(run=run)
        self._invoice(run)
        late = self._add_event(40, madrid(2026, 10, 5))
        self._rate(date(2026, 11, 1), date(2026, 12, 1))
        self.assertEqual(self._covered(early), 40)
        usage = self._usage(late)
        self.assertEqual(usage["allowance_used_before"], 40)
        self.assertEqual(usage["allowance_quantity"], 20)
        self.assertTrue(usage["is_late"])
        self._assert_costs(late, "0.20")

    def test_late_event_is_charged_when_billed_usage_exceeds_a_smaller_allowance(self):
        run = self._create_run()
        self._add_event(60, madrid(2026, 10, 10))
        self._rate(run=run)
        self._invoice(run)
        self.allowance.quantity = 30
        late = self._add_event(40, madrid(2026, 10, 5))
        self._rate(date(2026, 11, 1), date(2026, 12, 1))
        usage = self._usage(late)
        self.assertEqual(usage["allowance_used_before"], 60)
        self.assertEqual(usage["allowance_quantity"], 0)

    def test_product_changed_in_the_month_brings_its_own_allowance(self):
        self.offering_mobile_large.product_tmpl_id.telecom_tariff_id = self.tariff
        self._create_allowance(60, offering=self.offering_mobile_large)
        self.subscription.change_offering(self.offering_mobile_large, "2026-10-20")
        before = self._add_event(60, madrid(2026, 10, 2))
        after = self._add_event(60, madrid(2026, 10, 21))
        self._rate()
        self.assertEqual(self._covered(before), 60)
        self.assertEqual(self._covered(after), 60)
