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

    def test_31_open_usage_is_what_no_bill_holds(self):
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

    def test_32_events_are_selected_with_their_civil_dates(self):
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

    def test_33_longest_active_prefix_gives_the_destination(self):
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

    def test_34_tariff_lines_become_half_open_days(self):
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

    def test_35_key_names_all_that_the_price_depends_on(self):
        template = self.offering.product_tmpl_id.id
        head = f"{template},{self.tariff.id},{self.voice.id}"
        october_5 = (date(2026, 10, 5) - date(2000, 1, 1)).days
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

    def test_36_events_of_one_key_share_a_situation(self):
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

    def test_37_named_destination_gives_the_rate_before_any(self):
        named = self._create_rate("0.50", destination_id=self.to_fixed.id)
        self._add_event(1)
        self._add_event(1, other_number=FIXED)
        self._add_event(1, usage_type_id=self.sms.id)
        self._rate()
        self._assert_rows("rating_rate", "rate_id", [(self.rate.id,), (named.id,)])

    def test_38_first_fitting_allowance_is_chosen(self):
        self._create_allowance(100, priority=3)
        chosen = self._create_allowance(200, priority=2, sequence=1)
        self._create_allowance(300, priority=2, sequence=2)
        self._create_allowance(
            400, priority=1, destination_ids=[(6, 0, self.to_fixed.ids)]
        )
        self._add_event(1)
        self._rate()
        self._assert_rows(
            "rating_allowance", "allowance_id limit_quantity", [(chosen.id, 200)]
        )

    def test_39_units_are_counted_and_the_missing_rate_noted(self):
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

    def test_40_what_bills_took_of_the_month_is_summed(self):
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
            "rating_billed_allowance",
            "subscription_id allowance_id month_date used_quantity",
            [(self.subscription.id, allowance.id, "2026-10-01", 120)],
        )

    def test_41_allowance_covers_in_order_and_the_last_in_part(self):
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

    def test_42_what_is_left_is_priced_and_rounded(self):
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

    def test_43_months_of_the_instants_are_listed(self):
        self._add_event(1, madrid(2026, 9, 15))
        self._add_event(1, madrid(2026, 10, 1))  # still September in UTC
        self._add_event(1, madrid(2026, 10, 15))
        self._rate()
        self.env.cr.execute("SELECT to_regclass('telecom_rated_usage_2026_09')")
        self.assertTrue(self.env.cr.fetchone()[0])
        self._assert_rows("telecom_rated_usage_2026_09", "quantity", [(1,), (1,)])
        self._assert_rows("telecom_rated_usage_2026_10", "quantity", [(1,)])
