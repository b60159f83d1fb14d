# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Rating again: the same rows, in any order of arrival; what a bill holds stays."""

import random
from datetime import date
from decimal import Decimal

from odoo.exceptions import UserError
from odoo.tests import tagged

from .rating_common import FIXED, MOBILE, PERIOD_END, PERIOD_START, RatingCommon, madrid

NEXT_PERIOD = (date(2026, 11, 1), date(2026, 12, 1))


@tagged("post_install", "-at_install")
class TestRatingRerun(RatingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rate = cls._create_rate("0.60", setup_fee=0.15, first_increment=60)
        cls._create_allowance(600)
        cls.calls = [
            (seconds, madrid(2026, 10, day, 8), number)
            for day, seconds, number in [
                (1, 30, MOBILE),
                (3, 200, FIXED),
                (3, 100, MOBILE),
                (9, 0, MOBILE),
                (20, 500, FIXED),
                (25, 61, MOBILE),
                (31, 7, FIXED),
            ]
        ]

    def _stored(self):
        """Return all rated rows as text, physical place included."""
        return sorted(
            self._rows(
                "telecom_rated_usage",
                "event_id",
                "ctid",
                "allowance_quantity",
                "allowance_used_before",
                "charged_quantity",
                "amount",
                "version",
                "bill_run_id",
                "is_late",
            )
        )

    def _results(self, events):
        """Return what the rating made of events, in their order."""
        return [
            (usage["allowance_quantity"], usage["charged_quantity"], usage["amount"])
            for usage in map(self._usage, events)
        ]

    def test_rating_twice_leaves_every_row_untouched(self):
        for call in self.calls:
            self._add_event(*call)
        first_counters = self._rate()
        first = self._stored()
        self.assertEqual(self._rate(), first_counters)
        self.assertEqual(self._stored(), first)

    def test_order_of_arrival_does_not_matter(self):
        keys = range(1000, 1000 + len(self.calls))
        in_order = {}
        for key, call in zip(keys, self.calls, strict=True):
            event_key = f"00000000-0000-0000-0000-{key:012}"
            in_order[key] = self._add_event(*call, event_key=event_key)
        self._rate()
        expected = self._results(in_order.values())
        other = self._create_subscription(self.offering, state="active")
        shuffled = list(zip(keys, self.calls, strict=True))
        random.Random(7).shuffle(shuffled)
        events = {}
        for key, call in shuffled:
            event_key = f"00000000-0000-0000-0001-{key:012}"
            events[key] = self._add_event(
                *call, event_key=event_key, subscription_id=other.id
            )
        self._rate()
        self.assertEqual(self._results(events[key] for key in keys), expected)

    def test_rating_after_each_batch_ends_like_rating_all_at_once(self):
        other = self._create_subscription(self.offering, state="active")
        batched = []
        for call in reversed(self.calls):
            batched.append(self._add_event(*call))
            self._rate()
        at_once = [
            self._add_event(*call, subscription_id=other.id)
            for call in reversed(self.calls)
        ]
        self._rate()
        self.assertEqual(self._results(batched), self._results(at_once))

    def test_changed_price_makes_the_next_version_of_open_rows(self):
        charged = self._add_event(700, madrid(2026, 10, 2))
        covered = self._add_event(0, madrid(2026, 10, 3))
        self._rate()
        self.rate.unit_price = 1.2
        self._rate()
        self._assert_costs(charged, "2.15")
        self.assertEqual(self._usage(charged)["version"], 2)
        self.assertEqual(self._usage(covered)["version"], 2)
        self._rate()
        self.assertEqual(self._usage(charged)["version"], 2)

    def test_provisional_row_taken_into_a_run_keeps_its_version(self):
        event = self._add_event(60)
        self._rate()
        run = self._create_run()
        self._rate(run=run)
        usage = self._usage(event)
        self.assertEqual(usage["bill_run_id"], run.id)
        self.assertEqual(usage["version"], 1)

    def test_invoiced_row_stays_when_its_price_changes(self):
        run = self._create_run()
        event = self._add_event(700)
        self._rate(run=run)
        self._invoice(run)
        before = self._stored()
        self.rate.unit_price = 1.2
        self._rate(run=run)
        self._rate()
        self._rate(*NEXT_PERIOD)
        self.assertEqual(self._stored(), before)
        self._assert_costs(event, "1.15")

    def test_accounts_of_a_run_without_invoice_are_rated_again(self):
        run = self._create_run()
        other = self._create_subscription(self.offering, state="active")
        invoiced = self._add_event(700)
        held = self._add_event(700, subscription_id=other.id)
        self._rate(run=run)
        self._invoice(run)
        self.rate.unit_price = 1.2
        self._rate(run=run)
        self._assert_costs(invoiced, "1.15")
        self._assert_costs(held, "2.15")

    def test_usage_of_another_run_is_left_to_it(self):
        run = self._create_run()
        event = self._add_event(60)
        self._rate(run=run)
        self._rate()
        following = self._create_run(date(2026, 11, 1))
        self._rate(*NEXT_PERIOD, run=following)
        self.assertEqual(self._usage(event)["bill_run_id"], run.id)
        self.assertFalse(self._usage(event)["is_late"])

    def test_usage_of_a_cancelled_run_goes_to_the_next_as_late(self):
        run = self._create_run()
        event = self._add_event(60)
        self._rate(run=run)
        run.state = "cancelled"
        following = self._create_run(date(2026, 11, 1))
        self._rate(*NEXT_PERIOD, run=following)
        self.assertEqual(self._usage(event)["bill_run_id"], following.id)
        self.assertTrue(self._usage(event)["is_late"])

    def test_usage_that_comes_after_the_bill_stays_open_for_the_next_run(self):
        run = self._create_run()
        self._add_event(60, madrid(2026, 10, 3))
        self._rate(run=run)
        self._invoice(run)
        event = self._add_event(60, madrid(2026, 10, 4))
        for rated_by in (None, run, run):
            # Provisional first: the run at hand may not take that row either.
            self._rate(run=rated_by)
            self.assertIsNone(self._usage(event)["bill_run_id"])
        self.assertEqual(self._usage(event)["version"], 1)
        following = self._create_run(date(2026, 11, 1))
        self._rate(*NEXT_PERIOD, run=following)
        self.assertEqual(self._usage(event)["bill_run_id"], following.id)
        self.assertTrue(self._usage(event)["is_late"])

    def test_usage_of_a_cancelled_account_goes_to_the_next_run(self):
        run = self._create_run()
        event = self._add_event(60)
        self._rate(run=run)
        account = self._invoice(run)
        account.write({"move_id": False, "state": "cancelled"})
        following = self._create_run(date(2026, 11, 1))
        self._rate(*NEXT_PERIOD, run=following)
        self.assertEqual(self._usage(event)["bill_run_id"], following.id)

    def test_event_that_lost_its_price_loses_its_row(self):
        event = self._add_event(60)
        self._rate()
        self.rate.valid_to = date(2026, 10, 5)
        self._rate()
        self.assertFalse(self._usage(event))
        self.assertEqual(self._reason(event), "no_rate")

    def test_other_company_is_left_alone(self):
        event = self._add_event(60)
        other = self.env["res.company"].create({"name": "Other cooperative"})
        counters = self.Rated._rate(other, PERIOD_START, PERIOD_END)
        self.assertEqual(counters["event_count"], 0)
        self.assertFalse(self._usage(event))

    def test_counters_tell_what_became_of_the_events(self):
        self._add_event(600, madrid(2026, 10, 1))
        self._add_event(60, madrid(2026, 10, 2))
        self._add_event(0, madrid(2026, 10, 3))
        self._add_event(60, madrid(2026, 9, 30))
        self._add_event(60, other_number="99912345")
        self.assertEqual(
            self._rate(),
            {
                "event_count": 5,
                "rated_count": 4,
                "late_count": 1,
                "allowance_count": 2,
                "charged_count": 1,
                "no_tariff_count": 0,
                "no_destination_count": 1,
                "no_rate_count": 0,
                "amount": Decimal("0.75"),
            },
        )

    def test_second_rating_at_the_same_time_is_refused(self):
        with self.registry.cursor() as other_cursor:
            self.Rated.with_env(self.env(cr=other_cursor))._lock_rating(self.company)
            with self.assertRaisesRegex(UserError, "being rated"):
                self._rate()

    def test_number_of_queries_does_not_grow_with_the_events(self):
        self._add_event(60)
        self._rate()
        with self.assertQueryCount(150):
            self._rate()
        for day in range(1, 30):
            for _number in range(10):
                self._add_event(60, madrid(2026, 10, day))
        with self.assertQueryCount(150):
            self._rate()


@tagged("post_install", "-at_install")
class TestRatingSuspense(RatingCommon):
    """Events that can't be priced wait with a reason, and are tried again."""

    def _assert_waits(self, event, reason):
        self._rate()
        self.assertEqual(self._reason(event), reason)
        self.assertEqual(self.Event.browse(event).state, "received")
        self.assertFalse(self._usage(event))

    def _assert_recycled(self, event):
        self._rate()
        self.assertEqual(self.Event.browse(event).state, "recycled")
        self.assertIsNone(self._reason(event))
        self.assertTrue(self._usage(event))

    def test_event_without_tariff_waits_until_its_offering_has_one(self):
        self._create_rate()
        offering = self.offering.product_tmpl_id
        offering.telecom_tariff_id = False
        event = self._add_event(60)
        self._assert_waits(event, "no_tariff")
        offering.telecom_tariff_id = self.tariff
        self._assert_recycled(event)

    def test_event_before_the_first_tariff_line_has_no_tariff(self):
        self._create_rate()
        event = self._add_event(60, madrid(2026, 8, 31, 23, 59, 59))
        self._assert_waits(event, "no_tariff")

    def test_tariff_of_another_company_is_no_tariff(self):
        other = self.env["res.company"].create({"name": "Other cooperative"})
        self.offering.product_tmpl_id.telecom_tariff_id = self._create_tariff(
            "TEST-THEIRS", company_id=other.id
        )
        event = self._add_event(60)
        self._assert_waits(event, "no_tariff")

    def test_call_to_no_known_prefix_waits_until_there_is_one(self):
        self._create_rate()
        event = self._add_event(60, other_number="99912345678")
        self._assert_waits(event, "no_destination")
        self.env["telecom.destination"].create(
            {
                "name": "Nowhere",
                "code": "TEST",
                "kind": "international",
                "prefix_ids": [(0, 0, {"prefix": "999"})],
            }
        )
        self._assert_recycled(event)

    def test_event_without_rate_waits_until_there_is_one(self):
        self._create_rate(valid_to=date(2026, 10, 5))
        event = self._add_event(60)
        self._assert_waits(event, "no_rate")
        self._create_rate(valid_from=date(2026, 10, 5))
        self._assert_recycled(event)

    def test_reason_changes_with_what_is_missing(self):
        event = self._add_event(60, other_number="99912345678")
        self.offering.product_tmpl_id.telecom_tariff_id = False
        self._assert_waits(event, "no_tariff")
        self.offering.product_tmpl_id.telecom_tariff_id = self.tariff
        self._assert_waits(event, "no_destination")

    def test_event_that_mediation_suspended_is_not_rated(self):
        self._create_rate()
        event = self._add_event(
            60, subscription_id=None, state="received", reason="unknown_number"
        )
        self.assertEqual(self._rate()["event_count"], 0)
        self.assertEqual(self._reason(event), "unknown_number")

    def test_suspended_event_takes_nothing_of_the_allowance(self):
        self._create_rate(destination_id=self.to_mobile.id)
        self._create_allowance(60)
        self._add_event(60, madrid(2026, 10, 1), other_number=FIXED)
        event = self._add_event(60, madrid(2026, 10, 2))
        self._rate()
        self.assertEqual(self._usage(event)["allowance_quantity"], 60)
