# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Each SQL step of the rating alone: rows given, rows expected."""

from datetime import date

from odoo.tests import tagged

from .rating_common import (
    FIXED,
    FRENCH_MOBILE,
    MOBILE,
    RatingCommon,
    as_number,
    madrid,
)


@tagged("post_install", "-at_install")
class TestRatingSteps(RatingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rate = cls._create_rate("0.10", first_increment=60, next_increment=30)

    def _assert_rows(self, table, columns, expected):
        """Assert the rows of a table, numbers by value and not by their zeros.

        :param str columns: names separated by spaces
        :param expected: rows in any order
        """
        found = self._rows(table, *columns.split())
        self.assertCountEqual(
            [tuple(map(as_number, row)) for row in found],
            [tuple(map(as_number, row)) for row in expected],
        )

    def test_32_open_usage_is_what_no_bill_holds(self):
        open_event = self._add_event(60)
        self._rate()
        run = self._create_run()
        other = self._create_subscription(self.offering, state="active")
        billed_event = self._add_event(60, subscription_id=other.id)
        self._rate(run=run)
        self._invoice(run, other.telecom_billing_account_id)
        self._rate(run=run)
        self._assert_rows("rating_open_usage", "event_id", [(open_event,)])
        self._rate()
        self._assert_rows("rating_open_usage", "event_id", [])
        self.assertTrue(self._usage(billed_event))

    def test_33_events_are_selected_with_their_civil_dates(self):
        last_of_september = self._add_event(1, madrid(2026, 9, 30, 23, 59, 59))
        first_of_october = self._add_event(2, madrid(2026, 10, 1))
        self._add_event(3, madrid(2026, 11, 1))
        self._add_event(
            4, subscription_id=None, state="received", reason="unknown_number"
        )
        retried = self._add_event(5, state="received", reason="no_rate")
        prefixes = self.env["telecom.destination.prefix"].search([])
        head = MOBILE[: max(map(len, prefixes.mapped("prefix")))]
        self._rate()
        self._assert_rows(
            "rating_event",
            "event_id started_date month_date is_late quantity number_head",
            [
                (last_of_september, "2026-09-30", "2026-09-01", "true", 1, head),
                (first_of_october, "2026-10-01", "2026-10-01", "false", 2, head),
                (retried, "2026-10-05", "2026-10-01", "false", 5, head),
            ],
        )

    def test_34_longest_active_prefix_gives_the_destination(self):
        longer = self.env["telecom.destination"].create(
            {
                "name": "An exchange",
                "code": "TEST",
                "kind": "special",
                "prefix_ids": [(0, 0, {"prefix": "349312345"})],
            }
        )
        for number in (MOBILE, FIXED, FIXED[:8] + "99", "34112", "99912345678", None):
            self._add_event(1, other_number=number)
        self._rate()
        self._assert_rows(
            "rating_destination",
            "number_head destination_id",
            [
                (MOBILE[:9], self.to_mobile.id),
                (FIXED[:9], longer.id),
                (FIXED[:8] + "9", self.to_fixed.id),
                ("34112", self._billing_ref("destination_es_free").id),
            ],
        )

    def test_35_tariff_lines_become_half_open_days(self):
        self.offering_mobile_large.product_tmpl_id.telecom_tariff_id = self.tariff
        self.subscription.change_offering(self.offering_mobile_large, "2026-10-20")
        self._rate()
        found = [
            row[1:]
            for row in self._rows(
                "rating_tariff",
                *("subscription_id", "product_id", "valid_from", "valid_to"),
            )
            if row[0] == str(self.subscription.id)
        ]
        self.assertCountEqual(
            found,
            [
                (str(self.offering.id), "2026-09-01", "2026-10-20"),
                (str(self.offering_mobile_large.id), "2026-10-20", "infinity"),
            ],
        )

    def test_36_key_names_all_that_the_price_depends_on(self):
        template = self.offering.product_tmpl_id.id
        head = f"{template},{self.tariff.id},{self.voice.id}"
        days = (date(2026, 10, 5) - date(2000, 1, 1)).days
        october_5 = f"{days},0,0,0,0"
        home = self._add_event(1)
        roaming = self._add_event(
            1, other_number=FRENCH_MOBILE, visited_country="FR", direction="incoming"
        )
        no_zone = self._add_event(1, other_number=None, visited_country="XX")
        nowhere = self._add_event(1, other_number="99912345678")
        self._rate()
        self._assert_rows(
            "rating_classified",
            "event_id situation_key reason",
            [
                (home, f"{{{head},1,{self.to_mobile.id},0,{october_5}}}", None),
                (
                    roaming,
                    f"{{{head},0,{self.to_france.id},{self.zone_eu.id},{october_5}}}",
                    None,
                ),
                (no_zone, f"{{{head},1,0,-1,{october_5}}}", None),
                (nowhere, f"{{{head},1,0,0,{october_5}}}", "no_destination"),
            ],
        )

    def test_37_events_of_one_key_share_a_situation(self):
        for seconds in (1, 2, 3):
            self._add_event(seconds)
        self._add_event(1, madrid(2026, 10, 6))
        self._add_event(1, other_number="99912345678")
        self._rate()
        offering = self.offering.product_tmpl_id.id
        self._assert_rows(
            "rating_situation",
            "product_tmpl_id direction destination_key zone_key started_date",
            [
                (offering, "outgoing", self.to_mobile.id, 0, "2026-10-05"),
                (offering, "outgoing", self.to_mobile.id, 0, "2026-10-06"),
            ],
        )

    def test_38_named_destination_gives_the_rate_before_any(self):
        named = self._create_rate("0.50", destination_id=self.to_fixed.id)
        self._add_event(1)
        self._add_event(1, other_number=FIXED)
        self._add_event(1, usage_type_id=self.sms.id)
        self._rate()
        self._assert_rows("rating_rate", "rate_id", [(self.rate.id,), (named.id,)])

    def test_39a_months_of_usage_and_of_the_period_are_active(self):
        self._add_event(1, madrid(2026, 9, 30))
        self._add_event(1, madrid(2026, 10, 1), other_number="99912345678")
        other = self._create_subscription(self.offering, state="active")
        self._rate()
        mine, theirs = self.subscription.id, other.id
        found = self._rows("rating_active_month", "subscription_id", "month_date")
        self.assertCountEqual(
            [row for row in found if int(row[0]) in (mine, theirs)],
            [
                (str(mine), "2026-09-01"),
                (str(mine), "2026-10-01"),
                (str(theirs), "2026-10-01"),
            ],
        )

    def test_39b_sources_stand_in_the_order_of_drawing(self):
        last = self._create_allowance(100, priority=3)
        second = self._create_allowance(200, priority=2, sequence=1)
        third = self._create_allowance(300, priority=2, sequence=2)
        first = self._create_allowance(400, priority=2, rollover_months=1, sequence=9)
        self._add_event(1)
        self._rate()
        rows = self._rows(
            "rating_source", "source_id", "allowance_id", "month_date", "origin_date"
        )
        ordered = sorted(
            (int(source), int(allowance), origin)
            for source, allowance, month, origin in rows
            if month == "2026-10-01"
        )
        self.assertEqual(
            [row[1:] for row in ordered],
            [
                # Ends with October, as the others do, but comes after by sequence.
                (second.id, "2026-10-01"),
                (third.id, "2026-10-01"),
                (first.id, "2026-09-01"),
                (first.id, "2026-10-01"),
                (last.id, "2026-10-01"),
            ],
        )

    def test_39c_sources_that_fit_are_found(self):
        self._create_allowance(
            400, priority=1, destination_ids=[(6, 0, self.to_fixed.ids)]
        )
        self._create_allowance(100, usage_type_id=self.sms.id)
        self._create_allowance(100, network="on_net")
        self._create_allowance(100, include_home=False)
        fitting = self._create_allowance(200)
        self._add_event(1)
        self._rate()
        self._assert_rows("rating_draw_list", "allowance_id", [(fitting.id,)])

    def test_39d_source_is_drawn_on_after_all_that_come_before_it_in_a_list(self):
        mobile = self._create_allowance(
            1, priority=1, destination_ids=self.to_mobile.ids
        )
        fixed = self._create_allowance(1, priority=2, destination_ids=self.to_fixed.ids)
        both = self._create_allowance(1, priority=3)
        money = self._create_allowance(
            0, kind="money", amount=1, is_unlimited=False, priority=0
        )
        self._add_event(1)
        self._add_event(1, other_number=FIXED)
        self._rate()
        found = self._rows("rating_draw_list", "allowance_id", "pass_number")
        self.assertEqual(
            {(int(allowance), int(number)) for allowance, number in found},
            {(mobile.id, 1), (fixed.id, 1), (both.id, 2), (money.id, 1)},
        )

    def test_40_units_are_counted_and_the_missing_rate_noted(self):
        counted = [self._add_event(seconds) for seconds in (0, 59, 60, 61, 91)]
        unrated = self._add_event(1, usage_type_id=self.sms.id)
        self._rate()
        chargeable = dict(zip(counted, (0, 60, 60, 90, 120), strict=True))
        self._assert_rows(
            "rating_counted",
            "event_id chargeable_quantity reason",
            [
                *((event, units, None) for event, units in chargeable.items()),
                (unrated, None, "no_rate"),
            ],
        )

    def test_41a_what_bills_took_of_the_month_is_summed(self):
        allowance = self._create_allowance(1000)
        run = self._create_run()
        for day in (3, 4):
            self._add_event(60, madrid(2026, 10, day))
        self._add_event(60, madrid(2026, 9, 30, 23, 59, 59))
        self._rate(run=run)
        self._invoice(run)
        self._add_event(60, madrid(2026, 10, 2))
        self._rate(date(2026, 11, 1), date(2026, 12, 1))
        self._assert_rows(
            "rating_closed_draw",
            "owner_key allowance_id month_date origin_date quantity",
            [(self.subscription.id, allowance.id, "2026-10-01", "2026-10-01", 120)],
        )

    def test_41b_allowances_are_given_to_their_owners(self):
        own = self._create_allowance(100)
        shared = self._create_allowance(200, sharing="account")
        self._add_event(1)
        self._rate()
        account = self.subscription.telecom_billing_account_id
        found = self._rows("rating_monthly_grant", "owner_key", "allowance_id")
        self.assertIn((str(self.subscription.id), str(own.id)), found)
        self.assertIn((str(-account.id), str(shared.id)), found)

    def test_41c_bucket_begins_with_what_closed_usage_took(self):
        allowance = self._create_allowance(100)
        self._add_event(30)
        run = self._create_run()
        self._rate(run=run)
        self._invoice(run)
        self._rate()
        found = self._rows(
            "rating_bucket",
            *("owner_key", "allowance_id", "limit_quantity", "closed_quantity"),
        )
        self.assertIn(
            [self.subscription.id, allowance.id, 100, 60],
            [[as_number(value) for value in row] for row in found],
        )

    def test_42_allowance_covers_in_order_and_the_last_in_part(self):
        self._create_allowance(150)
        events = [self._add_event(60, madrid(2026, 10, day)) for day in (3, 1, 2, 4)]
        self._rate()
        self._assert_rows(
            "rating_covered",
            "event_id allowance_used_before allowance_quantity",
            [
                (events[1], 0, 60),
                (events[2], 60, 60),
                (events[0], 120, 30),
                (events[3], 150, 0),
            ],
        )

    def test_43_what_is_left_is_priced_and_rounded(self):
        self.rate.write({"setup_fee": 0.15, "next_increment": 1})
        self._create_allowance(61)
        covered = self._add_event(60, madrid(2026, 10, 1))
        partly = self._add_event(62, madrid(2026, 10, 2))
        self._rate()
        self._assert_rows(
            "rating_priced",
            "event_id charged_quantity amount_exact amount",
            [
                (covered, 0, "0.000000000000", "0.000000"),
                (partly, 61, "0.251666666667", "0.251667"),
            ],
        )

    def test_42d_later_pass_draws_what_is_left(self):
        self._create_allowance(60, priority=1)
        self._create_allowance(50, priority=2)
        event = self._add_event(120)
        self._rate()
        self._assert_rows(
            "rating_draw",
            "event_id pass_number quantity used_before",
            [(event, 2, 50, 0)],
        )
        self._assert_rows("rating_queue", "event_id quantity", [(event, 10)])

    def test_43a_positions_of_tiers_count_what_is_charged(self):
        self.rate.write({"price_mode": "package", "price_unit": 100})
        self._create_allowance(60)
        self._add_event(60, madrid(2026, 10, 1))
        second = self._add_event(90, madrid(2026, 10, 2))
        third = self._add_event(60, madrid(2026, 10, 3))
        self._rate()
        self._assert_rows(
            "rating_position",
            "event_id before_quantity total_quantity amount",
            [(second, 0, 150, "0.1"), (third, 90, 150, "0.1")],
        )

    def test_43h_simple_events_have_no_breakdown(self):
        self._create_allowance(60)
        self._add_event(90)
        self._rate()
        self._assert_rows("rating_breakdown", "event_id", [])

    def test_31_months_of_the_instants_are_listed(self):
        self._add_event(1, madrid(2026, 9, 15))
        self._add_event(1, madrid(2026, 10, 1))  # still September in UTC
        self._add_event(1, madrid(2026, 10, 15))
        self._rate()
        self.env.cr.execute("SELECT to_regclass('telecom_rated_usage_2026_09')")
        self.assertTrue(self.env.cr.fetchone()[0])
        self._assert_rows("telecom_rated_usage_2026_09", "quantity", [(1,), (1,)])
        self._assert_rows("telecom_rated_usage_2026_10", "quantity", [(1,)])
