# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Time bands and networks: which rate an event has, and calls across an edge."""

from datetime import date
from decimal import Decimal

from odoo.tests import tagged

from .rating_common import FIXED, RatingCommon, madrid

#: Monday 5 October 2026; Monday 12 October is a holiday in Spain.
MONDAY, SATURDAY, HOLIDAY = 5, 10, 12


@tagged("post_install", "-at_install")
class TestRatingBand(RatingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        calendar = cls.env["telecom.holiday.calendar"].create(
            {
                "name": "Spain",
                "code": "TEST-ES",
                "date_ids": [(0, 0, {"date": "2026-10-12"})],
            }
        )
        cls.peak = cls._create_band(
            "PEAK", ("12345", 8, 20), ("holiday", 10, 11), calendar=calendar
        )
        cls.any_time = cls._create_rate("0.10")
        cls.in_peak = cls._create_rate("0.30", time_band_id=cls.peak.id)

    def test_band_holds_its_hours_of_its_days(self):
        for day, hour, minute, second, amount in [
            (MONDAY, 7, 59, 59, "0.10"),
            (MONDAY, 8, 0, 0, "0.30"),
            (MONDAY, 19, 59, 59, "0.30"),
            (MONDAY, 20, 0, 0, "0.10"),
            (SATURDAY, 12, 0, 0, "0.10"),
            (HOLIDAY, 9, 0, 0, "0.10"),
            (HOLIDAY, 10, 0, 0, "0.30"),
            (HOLIDAY, 11, 0, 0, "0.10"),
        ]:
            with self.subTest(day=day, hour=hour, minute=minute):
                event = self._add_event(60, madrid(2026, 10, day, hour, minute, second))
                self._rate()
                self._assert_costs(event, amount)

    def test_event_is_priced_by_its_start_unless_the_tariff_splits(self):
        event = self._add_event(3600, madrid(2026, 10, MONDAY, 19, 59, 30))
        self._rate()
        self._assert_costs(event, "18")
        self.assertEqual(self._usage(event)["time_band_id"], self.peak.id)
        self.assertIn("It began in the time band PEAK.", self._explanation(event))

    def test_destination_goes_before_network_and_network_before_band(self):
        in_network = self._create_rate("0.05", network="off_net")
        event = self._add_event(60, madrid(2026, 10, MONDAY, 12))
        self._rate()
        self.assertEqual(self._usage(event)["rate_id"], in_network.id)
        self._create_rate("0.07", destination_id=self.to_mobile.id)
        self._rate()
        self._assert_costs(event, "0.07")

    def test_first_band_by_sequence_goes_first(self):
        noon = self._create_band("NOON", ("1234567", 12, 13), sequence=5)
        self._create_rate("0.90", time_band_id=noon.id)
        event = self._add_event(60, madrid(2026, 10, MONDAY, 12, 30))
        self._rate()
        self._assert_costs(event, "0.90")
        noon.sequence = 50
        self._rate()
        self._assert_costs(event, "0.30")

    def test_allowance_of_a_band_covers_what_begins_in_it(self):
        self._create_allowance(600, time_band_id=self.peak.id)
        inside = self._add_event(60, madrid(2026, 10, MONDAY, 12))
        outside = self._add_event(60, madrid(2026, 10, MONDAY, 22))
        self._rate()
        self._assert_costs(inside, 0)
        self._assert_costs(outside, "0.10")

    def test_hour_that_comes_twice_is_in_the_band_both_times(self):
        early = self._create_band("EARLY", ("7", 2, 3))
        self._create_rate("0.50", time_band_id=early.id)
        events = [
            self._add_event(60, madrid(2026, 10, 25, 2, 30, fold=fold))
            for fold in (0, 1)
        ]
        self._rate()
        for event in events:
            self._assert_costs(event, "0.50")


@tagged("post_install", "-at_install")
class TestRatingSplit(RatingCommon):
    """Calls across an edge, priced increment by increment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tariff.band_rule = "split"
        cls.peak = cls._create_band("PEAK", ("12345", 8, 20))
        cls.night = cls._create_rate(
            "0.60", setup_fee=0.01, first_increment=60, next_increment=30
        )
        cls.day = cls._create_rate(
            "1.20",
            setup_fee=0.05,
            first_increment=60,
            next_increment=60,
            time_band_id=cls.peak.id,
        )

    def test_call_across_an_edge_is_cut_where_increments_begin(self):
        # 19:58:30: increments of 60 s begin at 0, 60; at 120 s (20:00:30) of 30 s.
        event = self._add_event(200, madrid(2026, 10, 5, 19, 58, 30))
        self._rate()
        self.assertEqual(
            self._parts(event),
            [
                (self.day.id, 120, 120, Decimal("2.4")),
                (self.night.id, 90, 90, Decimal("0.9")),
            ],
        )
        usage = self._usage(event)
        self.assertEqual(usage["chargeable_quantity"], 210)
        self.assertEqual(usage["rate_id"], self.day.id)
        self._assert_costs(event, "3.35")

    def test_explanation_tells_the_parts(self):
        event = self._add_event(200, madrid(2026, 10, 5, 19, 58, 30))
        self._rate()
        sign = self.company.currency_id.symbol
        self.assertEqual(
            self._explanation(event)[2:],
            [
                "3:20 min were used and count as 3:30 min by the rate's increments.",
                "From 19:58:30 on 2:00 min count, by PEAK.",
                "From 20:00:30 on 1:30 min count.",
                f"2:00 min at 1.20 {sign} per min: 2.40 {sign}.",
                f"1:30 min at 0.60 {sign} per min: 0.90 {sign}.",
                f"The set-up fee is 0.05 {sign}.",
                f"This makes 3.35 {sign}.",
            ],
        )

    def test_increment_that_began_before_the_edge_covers_what_is_left(self):
        event = self._add_event(20, madrid(2026, 10, 5, 19, 59, 50))
        self._rate()
        self.assertIsNone(self._usage(event)["breakdown"])
        self._assert_costs(event, "1.25")

    def test_call_over_several_edges_has_a_part_for_each(self):
        event = self._add_event(13 * 3600, madrid(2026, 10, 5, 7, 30))
        self._rate()
        self.assertEqual(
            [part[:2] for part in self._parts(event)],
            [
                (self.night.id, 1800),
                (self.day.id, 12 * 3600),
                (self.night.id, 1800),
            ],
        )

    def test_edge_at_which_no_price_changes_cuts_nothing(self):
        event = self._add_event(7200, madrid(2026, 10, 5, 23))
        self._rate()
        self.assertIsNone(self._usage(event)["breakdown"])

    def test_call_over_midnight_takes_the_next_days_price(self):
        self.night.valid_to = date(2026, 10, 6)
        self.env.flush_all()
        later = self._create_rate("6", valid_from=date(2026, 10, 6))
        event = self._add_event(180, madrid(2026, 10, 5, 23, 59))
        self._rate()
        self.assertEqual(
            self._parts(event),
            [(self.night.id, 60, 60, Decimal("0.6")), (later.id, 120, 120, 12)],
        )

    def test_call_whose_later_price_is_missing_waits_as_a_whole(self):
        self.night.valid_to = date(2026, 10, 6)
        event = self._add_event(180, madrid(2026, 10, 5, 23, 59))
        self._rate()
        self.assertEqual(self._reason(event), "no_rate")
        self.assertFalse(self._usage(event))

    def test_missing_price_that_no_increment_needs_does_no_harm(self):
        self.night.valid_to = date(2026, 10, 6)
        event = self._add_event(60, madrid(2026, 10, 5, 23, 59, 30))
        self._rate()
        self._assert_costs(event, "0.61")

    def test_parts_take_their_turn_at_an_allowance(self):
        self._create_allowance(150)
        event = self._add_event(200, madrid(2026, 10, 5, 19, 58, 30))
        after = self._add_event(60, madrid(2026, 10, 5, 21))
        self._rate()
        self.assertEqual(
            [part[1:3] for part in self._parts(event)], [(120, 0), (90, 60)]
        )
        self.assertEqual(self._usage(event)["allowance_quantity"], 150)
        self.assertEqual(self._usage(after)["charged_quantity"], 60)

    def test_clock_put_back_brings_the_band_back(self):
        early = self._create_band("EARLY", ("7", 2, 2.5))
        cheap = self._create_rate("0", time_band_id=early.id)
        # 2:20 summer time; 2:30; 2:00 winter time; 2:30 winter time.
        event = self._add_event(5400, madrid(2026, 10, 25, 2, 20, fold=0))
        self._rate()
        self.assertEqual(
            [part[:2] for part in self._parts(event)],
            [
                (cheap.id, 600),
                (self.night.id, 1800),
                (cheap.id, 1800),
                (self.night.id, 1200),
            ],
        )


@tagged("post_install", "-at_install")
class TestRatingNetwork(RatingCommon):
    """On-net is what a number of ours takes part in, at that instant."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_rate("0.10")
        cls.on_net = cls._create_rate("0.02", network="on_net")
        other = cls._create_subscription(cls.offering, state="active")
        cls.number = other.main_resource_name

    def test_call_to_a_number_of_ours_is_on_net(self):
        ours = self._add_event(60, other_number=self.number)
        theirs = self._add_event(60)
        hidden = self._add_event(60, other_number=None)
        self._rate()
        self._assert_costs(ours, "0.02")
        self._assert_costs(theirs, "0.10")
        self.assertEqual(self._usage(ours)["network"], "on_net")
        self.assertEqual(self._usage(theirs)["network"], "off_net")
        self.assertEqual(self._usage(hidden)["network"], "off_net")
        self.assertIn(
            "The other number is in our own network.", self._explanation(ours)
        )

    def test_number_before_it_was_ours_is_off_net(self):
        resource = self.env["telecom.resource"].search([("name", "=", self.number)])
        [assignment] = resource.assignment_ids
        assignment.start_at = madrid(2026, 10, 5, 12)
        before = self._add_event(
            60, madrid(2026, 10, 5, 11, 59, 59), other_number=self.number
        )
        after = self._add_event(60, madrid(2026, 10, 5, 12), other_number=self.number)
        self._rate()
        self._assert_costs(before, "0.10")
        self._assert_costs(after, "0.02")

    def test_allowance_for_the_own_network_covers_no_other(self):
        self._create_allowance(600, network="on_net")
        ours = self._add_event(60, other_number=self.number)
        theirs = self._add_event(60, other_number=FIXED)
        self._rate()
        self._assert_costs(ours, 0)
        self._assert_costs(theirs, "0.10")
